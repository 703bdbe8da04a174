/** Which rule decides about which command. */
import type { MarketCommand } from '../../shared/commands.ts';
import type { PeerId } from '../../shared/ids.ts';
import { auctionAutobid, auctionBid, auctionBuyNow, auctionReveal, auctionSeal } from './bids.ts';
import {
  auctionCancel,
  auctionClose,
  auctionConfirm,
  auctionEndAll,
  auctionExtend,
  auctionPause,
  auctionReopen,
  auctionResume,
  auctionVoid,
} from './directing.ts';
import { stockCount } from './count.ts';
import { guestAdd, guestRename } from './guests.ts';
import { itemCreate, itemEdit, stockAdjust, stockIn, stockOut } from './goods.ts';
import { auctionCreate, auctionJoin, auctionPublish, auctionRelist, auctionStart } from './lots.ts';
import { credit, handRole, setProfile, settlePay } from './members.ts';
import { itemPicture } from './pictures.ts';
import { offerPlace, offerWithdraw } from './offers.ts';
import { orderBuy } from './orders.ts';
import { receiptAsk, receiptSign } from './receipts.ts';
import { setRules } from './rules.ts';
import type { Books } from './state.ts';
import type { ApplyContext, CommandResult } from './types.ts';

export function apply(books: Books, ctx: ApplyContext, author: PeerId, command: MarketCommand): CommandResult {
  switch (command.type) {
    case 'market.rules':
      return setRules(books, ctx, author, command);
    case 'market.operator':
      return handRole(books, ctx, author, command);
    case 'profile.set':
      return setProfile(books, ctx, author, command);
    case 'item.create':
      return itemCreate(books, ctx, author, command);
    case 'item.edit':
      return itemEdit(books, ctx, author, command);
    case 'item.picture':
      return itemPicture(books, ctx, author, command);
    case 'offer.place':
      return offerPlace(books, ctx, author, command);
    case 'offer.withdraw':
      return offerWithdraw(books, ctx, author, command);
    case 'stock.in':
      return stockIn(books, ctx, author, command);
    case 'stock.out':
      return stockOut(books, ctx, author, command);
    case 'stock.adjust':
      return stockAdjust(books, ctx, author, command);
    case 'stock.count':
      return stockCount(books, ctx, author, command);
    case 'order.buy':
      return orderBuy(books, ctx, author, command);
    case 'account.credit':
      return credit(books, ctx, author, command);
    case 'settle.pay':
      return settlePay(books, ctx, author, command);
    case 'guest.add':
      return guestAdd(books, ctx, author, command);
    case 'guest.rename':
      return guestRename(books, ctx, author, command);
    case 'receipt.ask':
      return receiptAsk(books, ctx, author, command);
    case 'receipt.sign':
      return receiptSign(books, ctx, author, command);
    case 'auction.create':
      return auctionCreate(books, ctx, author, command);
    case 'auction.publish':
      return auctionPublish(books, ctx, author, command);
    case 'auction.start':
      return auctionStart(books, ctx, author, command);
    case 'auction.join':
      return auctionJoin(books, ctx, author, command);
    case 'auction.bid':
      return auctionBid(books, ctx, author, command);
    case 'auction.autobid':
      return auctionAutobid(books, ctx, author, command);
    case 'auction.buyNow':
      return auctionBuyNow(books, ctx, author, command);
    case 'auction.seal':
      return auctionSeal(books, ctx, author, command);
    case 'auction.reveal':
      return auctionReveal(books, ctx, author, command);
    case 'auction.cancel':
      return auctionCancel(books, ctx, author, command);
    case 'auction.void':
      return auctionVoid(books, ctx, author, command);
    case 'auction.pause':
      return auctionPause(books, ctx, author, command);
    case 'auction.resume':
      return auctionResume(books, ctx, author, command);
    case 'auction.extend':
      return auctionExtend(books, ctx, author, command);
    case 'auction.close':
      return auctionClose(books, ctx, author, command);
    case 'auction.endAll':
      return auctionEndAll(books, ctx, author, command);
    case 'auction.confirm':
      return auctionConfirm(books, ctx, author, command);
    case 'auction.reopen':
      return auctionReopen(books, ctx, author, command);
    case 'auction.relist':
      return auctionRelist(books, ctx, author, command);
  }
}
