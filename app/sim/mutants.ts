/**
 * The seeded bugs, and within how many seeds the simulator has to find each.
 *
 * A checker that never fails proves nothing: every obligation of the protocol is broken on purpose once, and must be noticed.
 */
import type { Mutation } from '../core/mutations.ts';

export interface Mutant {
  readonly name: Mutation;
  readonly within: number;
}

export const MUTANTS: readonly Mutant[] = [
  { name: 'winnerKeepsOwnLog', within: 60 },
  { name: 'noQuorum', within: 20 },
  { name: 'commitAlone', within: 10 },
  { name: 'oldLeaderNotFenced', within: 20 },
  { name: 'ackBeforeDurable', within: 10 },
  { name: 'doublePromise', within: 200 },
  { name: 'noJointConsensus', within: 10 },
  { name: 'noSessionTable', within: 10 },
];
