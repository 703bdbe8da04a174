/**
 * M1..M5 and A1..A6: the business state of a replica is sound after every step that applied something.
 *
 * The rules themselves belong to the market (`checkMarket`) and to the bank; here they only get called. A5, the same winner on every
 * replica whatever fails, follows from S10: the digest covers the lots.
 */
import type { Machine } from '../../core/types.ts';
import { Bank } from '../bank.ts';
import { checkTrade } from '../trade.ts';
import type { Facts, Observed } from './facts.ts';

function checkMachine(machine: Machine, fromEntry: number): void {
  if (machine instanceof Bank) machine.check();
  else checkTrade(machine, fromEntry);
}

/** M and A after a step that applied entries. */
export function mSoundBooks(_f: Facts, o: Observed): void {
  if (o.info.applied === o.before.applied) return;
  const machine = o.core.machine();
  if (machine !== null) checkMachine(machine, o.before.applied + 1);
}
