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
  { name: 'winnerKeepsOwnLog', within: 200 },
  { name: 'noQuorum', within: 20 },
  { name: 'commitAlone', within: 20 },
  { name: 'oldLeaderNotFenced', within: 200 },
  { name: 'ackBeforeDurable', within: 20 },
  { name: 'doublePromise', within: 200 },
  { name: 'noJointConsensus', within: 200 },
  { name: 'noSessionTable', within: 200 },
];
