/** This desktop's bids over all auctions, newest first: amounts, seals, limits, and how each stands. */
import type { MyBidView } from '../../../shared/views.ts';
import { auctions } from '../../market/index.ts';
import { BIDS_IN_DETAIL } from './lots.ts';
import type { Reader } from './reader.ts';

export function myBidsView(reader: Reader): MyBidView[] {
  const rows: MyBidView[] = [];
  for (const lot of reader.state?.lots.values() ?? []) {
    if (!lot.joined.includes(reader.me)) continue;
    const ahead = new Set(auctions.leaders(lot));
    const base = { lotId: lot.lotId, title: lot.title };
    const over = !auctions.isLive(lot);
    const won = lot.awards.some((award) => award.winner === reader.me);
    for (const bid of lot.bids) {
      if (bid.bidder !== reader.me) continue;
      const state = ahead.has(bid) ? (over ? (won ? 'won' : 'lost') : 'winning') : over ? 'lost' : 'outbid';
      rows.push({
        ...base,
        entry: bid.entry,
        at: bid.t,
        round: null,
        amount: reader.amount(bid.amount),
        auto: bid.auto,
        bot: bid.bot,
        state,
      });
    }
    for (const seal of lot.seals) {
      if (seal.bidder !== reader.me) continue;
      const known = seal.amount ?? reader.port.sealedAmount(lot.lotId, seal.round);
      const state = over ? (won ? 'won' : 'lost') : seal.amount === null ? 'sealed' : 'open';
      const amount = known === null ? null : reader.amount(known);
      rows.push({ ...base, entry: seal.entry, at: seal.t, round: seal.round, amount, auto: false, bot: false, state });
    }
  }
  return rows.sort((a, b) => b.entry - a.entry).slice(0, BIDS_IN_DETAIL);
}
