/**
 * The seeded bugs: which rule each breaks, who has to notice, and within how many seeds.
 *
 * A checker that never fails proves nothing: every obligation of the protocol is broken on purpose once, and must be noticed by name.
 */
import type { Mutation } from '../core/mutations.ts';
import { runSeed } from './storm.ts';

export interface Mutant {
  readonly name: Mutation;
  /** The rule that is broken in the code. */
  readonly rule: string;
  /** Seeds from 1 on within which some rule notices. */
  readonly within: number;
  /** In a market where lots have hosts of their own; then the rule that is broken must notice. */
  readonly hosted?: boolean;
}

/** Those that chance finds; schedules-mutants.test.ts has those that need a told schedule. The cheapest first. */
export const MUTANTS: readonly Mutant[] = [
  { name: 'noQuorum', rule: 'E3', within: 5 },
  { name: 'vetoIgnored', rule: 'E3', within: 20 },
  { name: 'promiseBeforeDurable', rule: 'E5', within: 5 },
  { name: 'ackBeforeDurable', rule: 'R2', within: 5 },
  { name: 'commitAlone', rule: 'R3', within: 5 },
  { name: 'ownDiskNotAwaited', rule: 'R3', within: 5 },
  { name: 'timeFalls', rule: 'T1', within: 5 },
  { name: 'numberGivenTwice', rule: 'V2', within: 5 },
  { name: 'noJointConsensus', rule: 'V3', within: 5 },
  { name: 'aloneTooSoon', rule: 'V6', within: 5 },
  { name: 'sentBeforeDurable', rule: 'Q1', within: 5 },
  { name: 'snapshotForgetsSessions', rule: 'R5', within: 10 },
  { name: 'stateOfThisDesk', rule: 'R6', within: 10 },
  { name: 'noSessionTable', rule: 'Q2', within: 10 },
  { name: 'oldLeaderNotFenced', rule: 'E10', within: 10 },
  { name: 'livingLeaderForgotten', rule: 'E2', within: 10 },
  { name: 'winnerKeepsOwnLog', rule: 'E8', within: 20 },
  { name: 'snapshotOfNewestView', rule: 'R5', within: 20 },
  { name: 'numberForgotten', rule: 'Q1', within: 25 },
  { name: 'ownClockOnly', rule: 'T1', within: 25 },
  { name: 'noProbation', rule: 'D2', within: 25 },
  { name: 'ownPromiseNotDurable', rule: 'E4', within: 30 },
  { name: 'lateTickDecides', rule: 'D1', within: 30 },
  { name: 'commitUnverified', rule: 'R2', within: 50 },
  { name: 'anyStorePromises', rule: 'E7', within: 70 },
  { name: 'anyStoreCounts', rule: 'V7', within: 70 },
  { name: 'orderOfArrival', rule: 'C5', within: 5 },
  { name: 'sessionOpenedAgain', rule: 'Q3', within: 5 },
  { name: 'readTooEarly', rule: 'Q4', within: 20 },
  { name: 'adoptedViewNotChecked', rule: 'E8', within: 90 },
  { name: 'podAckBeforeDurable', rule: 'P1', within: 5, hosted: true },
  { name: 'staleEpochAccepted', rule: 'P2', within: 20, hosted: true },
  { name: 'soloCommit', rule: 'P3', within: 10, hosted: true },
  { name: 'selfPromotion', rule: 'P3', within: 10, hosted: true },
  { name: 'podSettledTwice', rule: 'P5', within: 5, hosted: true },
];

/** Runs seeds with the bug until a rule breaks; null when it survives them. An exception is no rule. */
export function huntMutant(
  { name, rule, hosted = false, within }: Mutant,
  from: number,
): { readonly rule: string; readonly seeds: number } | null {
  for (let i = 0; i < within; i++) {
    const { violation } = runSeed(from + i, { mutations: [name], params: hosted ? { market: 'hosted' } : {} });
    if (violation !== null && (hosted ? violation.rule === rule : violation.rule !== 'crash'))
      return { rule: violation.rule, seeds: i + 1 };
  }
  return null;
}
