/**
 * The market: one rule per command, applied in log order, with a hash chain over all that changed.
 *
 * Every rule first decides and then changes, so a refusal leaves no trace. The digest costs one hash an entry; two replicas with the
 * same applied index and different digests have diverged, and the protocol stops them (S10).
 */
import { hash } from 'node:crypto';
import type { MarketCommand } from '../../shared/commands.ts';
import type { PeerId } from '../../shared/ids.ts';
import { auctionAutobid, auctionBid, auctionBuyNow, auctionReveal, auctionSeal } from './bids.ts';
import { applySystem, dueClosings } from './closing.ts';
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
import { itemCreate, itemEdit, stockAdjust, stockIn, stockOut } from './goods.ts';
import { auctionCreate, auctionJoin, auctionPublish, auctionRelist, auctionStart } from './lots.ts';
import { admitMember, credit, setProfile, settlePay } from './members.ts';
import { isTimed } from './auctions/index.ts';
import { offerPlace, offerWithdraw } from './offers.ts';
import { orderBuy } from './orders.ts';
import { receiptAsk, receiptSign } from './receipts.ts';
import type { MarketGenesis, SystemCommand } from './records.ts';
import { refused } from './results.ts';
import { setRules } from './rules.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';
import { type Books, emptyBooks } from './state.ts';
import type { ApplyContext, CommandResult, Market } from './types.ts';

const nobody = (): boolean => false;

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

function apply(books: Books, ctx: ApplyContext, author: PeerId, command: MarketCommand): CommandResult {
  switch (command.type) {
    case 'market.rules':
      return setRules(books, ctx, author, command);
    case 'profile.set':
      return setProfile(books, ctx, author, command);
    case 'item.create':
      return itemCreate(books, ctx, author, command);
    case 'item.edit':
      return itemEdit(books, ctx, author, command);
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

/** Extends the hash chain by what the entry changed; an entry that changed nothing leaves it alone. */
function seal(books: Books, ctx: ApplyContext): void {
  if (books.journal === '') return;
  books.digest = sha256(`${books.digest}\n${ctx.index}|${ctx.t}\n${books.journal}`);
  books.journal = '';
}

function marketOf(books: Books): Market {
  return {
    execute(ctx, author, command) {
      if (!books.members.has(author)) return refused('NOT_MEMBER');
      books.lamport = ctx.lamport;
      const result = apply(books, ctx, author, command);
      seal(books, ctx);
      return result;
    },
    system(ctx, command: SystemCommand) {
      books.lamport = ctx.lamport;
      applySystem(books, ctx, command);
      seal(books, ctx);
    },
    admit(ctx, peerId, name, memberNo) {
      admitMember(books, ctx, peerId, name, memberNo);
      seal(books, ctx);
    },
    due: (t, silent = nobody) => dueClosings(books, t, silent),
    wantsTick: () => [...books.liveLots.values()].some(isTimed),
    snapshot: () => writeSnapshot(books),
    digest: () => books.digest,
    state: books,
  };
}

/** A new, empty market. Equal geneses start equal digests. */
export function createMarket(genesis: MarketGenesis): Market {
  const { allowNegative, commissionBps, commissionTo, creator, currency, decimals, marketId, name } = genesis;
  const fixed: MarketGenesis = { allowNegative, commissionBps, commissionTo, creator, currency, decimals, marketId, name };
  return marketOf(emptyBooks(fixed, sha256(JSON.stringify(fixed))));
}

export type Restored =
  | { readonly ok: true; readonly market: Market }
  | { readonly ok: false; readonly code: 'SNAPSHOT_BAD'; readonly message: string };

/** The market of a snapshot, after checking its shape, its references and all invariants. Never throws. */
export function restoreMarket(json: unknown): Restored {
  const read = readSnapshot(json);
  return read.ok ? { ok: true, market: marketOf(read.books) } : { ok: false, code: 'SNAPSHOT_BAD', message: read.message };
}
