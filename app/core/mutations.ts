/**
 * Seeded bugs that the simulator must catch; empty in production. Each name says which obligation is broken (DESIGN 17.3).
 */
export type Mutation =
  | 'winnerKeepsOwnLog'
  | 'noQuorum'
  | 'commitAlone'
  | 'oldLeaderNotFenced'
  | 'ackBeforeDurable'
  | 'doublePromise'
  | 'noJointConsensus'
  | 'noSessionTable';
