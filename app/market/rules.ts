/**
 * `market.rules`: the operator changes a rule of the running market.
 *
 * Every commission is kept with the sales it began after, so that old sales can still be checked. While an auction is open nobody's
 * share of it may change.
 */
import { accepted, refused, type Rule } from './results.ts';
import type { MarketState } from './state.ts';
import { withRules } from '../../shared/rules.ts';

/** Rates remembered; the operator of a market changes them a few times in its life. */
const MAX_RATES = 1_000;

/** The commission in force, basis points. */
export function commissionNow(books: Pick<MarketState, 'genesis' | 'rates'>): number {
  return books.rates.at(-1)?.commissionBps ?? books.genesis.commissionBps;
}

/** The commission that the order or lot of this number pays. */
export function commissionOfNo(state: Pick<MarketState, 'genesis' | 'rates'>, what: 'lots' | 'orders', no: number): number {
  return state.rates.findLast((rate) => rate[what] < no)?.commissionBps ?? state.genesis.commissionBps;
}

/** Data: what was asked for. */
export const setRules: Rule<'market.rules'> = (books, _ctx, author, { type: _type, ...asked }) => {
  if (author !== books.operator) return refused('NOT_OPERATOR');
  const bps = asked.commissionBps;
  if (bps !== undefined && bps !== commissionNow(books)) {
    if (books.liveLots.size > 0) return refused('AUCTIONS_OPEN', { open: books.liveLots.size });
    if (books.rates.length >= MAX_RATES) return refused('LIMIT_REACHED', { limit: 'changes of the commission' });
    books.rates.push({ commissionBps: bps, lots: books.counters.lot, orders: books.counters.order });
  }
  books.rules = withRules(books.rules, asked);
  books.journal += `r|${JSON.stringify(books.rules)}\n`;
  return accepted({ ...asked });
};
