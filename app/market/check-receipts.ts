/** Receipts are one chain: each hashes to what it says, and names the one before it. */
import type { Report } from './check.ts';
import { FIRST_PREV, hashOf } from './receipts.ts';
import type { MarketState } from './state.ts';

/** @param fromEntry hashes of receipts made earlier are not worked out again; the chain always is */
export function checkReceipts(state: MarketState, fromEntry: number, report: Report): void {
  let prev = FIRST_PREV;
  let no = 0;
  for (const receipt of state.receipts.values()) {
    no += 1;
    if (receipt.no !== no || receipt.prev !== prev)
      report('M6', `receipt ${receipt.no} of ${receipt.ref} does not follow the one before it`);
    if (receipt.entry >= fromEntry && hashOf(receipt.body) !== receipt.hash) report('M6', `receipt ${receipt.no} was changed`);
    prev = receipt.hash;
  }
  if ((state.lastReceipt?.hash ?? FIRST_PREV) !== prev) report('M6', 'the last receipt is another one');
}
