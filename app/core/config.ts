/**
 * Every timer and bound of the protocol in one place (DESIGN appendix B), with what raising and lowering it does.
 *
 * Times are milliseconds of the monotonic clock. Presets change the scale of failure detection only; no preset changes safety.
 */
export interface Config {
  /** Distance of ticks. Lower: finer timers, more idle CPU. A tick later than `stallMs` decides nothing (own stall). */
  readonly tickMs: number;
  readonly stallMs: number;
  /** Leader to all. Lower: faster detection, more idle traffic (linear in peers). */
  readonly heartbeatMs: number;
  /** Silence after which the leader is suspected (yellow, shown only). */
  readonly suspectMs: number;
  /** Silence after which an election may start (red). Higher: fewer false alarms, slower failover. */
  readonly failMs: number;
  /** Random addition to `failMs`, drawn per election, against simultaneous candidates. */
  readonly failJitterMs: number;
  /** How long a candidate waits for stronger peers to answer (T_ok) and for the winner to show itself (T_coord). */
  readonly okMs: number;
  readonly coordinatorMs: number;
  readonly electionMs: number;
  readonly prepareMs: number;
  readonly prepareResendMs: number;
  /** Leader without a quorum of acknowledgements for this long steps down (E11). Must exceed `failMs` of nobody, only fences reads. */
  readonly checkQuorumMs: number;
  readonly handoverMs: number;
  /** A stronger peer must be caught up this long before it takes over; doubles with every flap. */
  readonly takeoverMs: number;
  /** A former leader that stepped down on request keeps quiet this long. */
  readonly cooldownMs: number;
  readonly downMs: number;
  readonly evictMs: number;
  /** 3 -> 2 voters takes longer, because two cannot lose one (DESIGN 9.2). */
  readonly evictToTwoMs: number;
  readonly evictToOneMs: number;
  /** How long a starting desktop waits for the others to judge its memory. Lower: a faster restart beside a dead desktop, less chance to learn of an old memory. */
  readonly startCheckMs: number;
  /** Silence of the leader before an operator may continue alone, and before the rule `available` does it. Lower: more histories to reconcile. */
  readonly aloneAfterMs: number;
  readonly availableAfterMs: number;
  readonly promoteStableMs: number;
  readonly promoteLag: number;
  readonly maxVoters: number;
  readonly maxObservers: number;
  readonly pingMs: number;
  /** Entries in flight to one follower before an acknowledgement is needed. */
  readonly windowEntries: number;
  /** Datagrams in flight: at first, at least, and at most. The most is what a usual receive buffer holds while its desktop is busy. */
  readonly windowStart: number;
  readonly windowMin: number;
  readonly windowMax: number;
  /** What of a message one datagram holds. */
  readonly datagramBytes: number;
  readonly messageBytes: number;
  readonly nakDelayMs: number;
  readonly nakLingerMs: number;
  /** Time-out of the log stream before a round trip was measured; then between the two bounds. Lower: spurious repeats. */
  readonly resendMs: number;
  readonly resendMinMs: number;
  readonly resendMaxMs: number;
  readonly reorderSlots: number;
  readonly maxUncommittedEntries: number;
  readonly maxUncommittedBytes: number;
  readonly batchCommands: number;
  readonly batchBytes: number;
  /** Requests of this long share a batch, and a lottery decides their order (DESIGN 11). 0: who comes first. Higher: fairer and slower. */
  readonly intakeMs: number;
  /** A batch waits for the one before it to be committed, unless this many commands wait: then up to `batchesInFlight` are under way. */
  readonly batchFull: number;
  /** More pipelines over long links, fewer makes larger batches and costs less per command. */
  readonly batchesInFlight: number;
  readonly clientWindow: number;
  /** What a leader that has too much to do asks its clients to wait. */
  readonly busyMs: number;
  readonly clientRetryMs: number;
  readonly clientRetryMaxMs: number;
  readonly outboxMax: number;
  readonly sessionResults: number;
  readonly maxSessions: number;
  readonly snapshotEntries: number;
  readonly snapshotTrail: number;
  /** How far the log may grow past a snapshot that a follower is still pulling. Lower: less memory; too low: a follower on a slow link never catches up. */
  readonly snapHoldEntries: number;
  readonly snapChunk: number;
  readonly snapWindow: number;
  readonly logTickMs: number;
  readonly joinRetryMs: number;
  readonly readTimeoutMs: number;
}

const lan: Config = {
  tickMs: 10,
  stallMs: 50,
  heartbeatMs: 50,
  suspectMs: 150,
  failMs: 300,
  failJitterMs: 60,
  okMs: 50,
  coordinatorMs: 250,
  electionMs: 150,
  prepareMs: 150,
  prepareResendMs: 25,
  checkQuorumMs: 600,
  handoverMs: 250,
  takeoverMs: 5_000,
  cooldownMs: 10_000,
  downMs: 2_000,
  evictMs: 10_000,
  evictToTwoMs: 60_000,
  evictToOneMs: 2_000,
  startCheckMs: 1_000,
  aloneAfterMs: 3_000,
  availableAfterMs: 5_000,
  promoteStableMs: 500,
  promoteLag: 64,
  maxVoters: 7,
  maxObservers: 57,
  pingMs: 500,
  windowEntries: 256,
  windowStart: 16,
  windowMin: 4,
  windowMax: 64,
  datagramBytes: 1_100,
  messageBytes: 48 * 1024,
  nakDelayMs: 2,
  nakLingerMs: 10,
  resendMs: 60,
  resendMinMs: 20,
  resendMaxMs: 1_000,
  reorderSlots: 64,
  maxUncommittedEntries: 4_096,
  maxUncommittedBytes: 4 * 1024 * 1024,
  batchCommands: 128,
  batchBytes: 40_000,
  intakeMs: 3,
  batchFull: 64,
  batchesInFlight: 4,
  clientWindow: 64,
  busyMs: 250,
  clientRetryMs: 100,
  clientRetryMaxMs: 1_000,
  outboxMax: 4_096,
  sessionResults: 256,
  maxSessions: 4_096,
  snapshotEntries: 10_000,
  snapshotTrail: 2_000,
  snapHoldEntries: 40_000,
  snapChunk: 16_384,
  snapWindow: 4,
  logTickMs: 1_000,
  joinRetryMs: 500,
  readTimeoutMs: 2_000,
};

/** The script of PRODUCT section 6: slow enough to watch. */
const demo: Config = {
  ...lan,
  heartbeatMs: 500,
  suspectMs: 1_000,
  failMs: 2_000,
  failJitterMs: 400,
  okMs: 500,
  coordinatorMs: 1_000,
  electionMs: 900,
  prepareMs: 500,
  prepareResendMs: 100,
  checkQuorumMs: 3_000,
  takeoverMs: 1_000,
  evictMs: 60_000,
  resendMs: 100,
};

export const presets = {
  lan,
  demo,
  classroom: { ...lan, evictMs: 2_000, evictToTwoMs: 2_000, takeoverMs: 1_000 },
  wifi: {
    ...lan,
    heartbeatMs: 100,
    suspectMs: 350,
    failMs: 700,
    failJitterMs: 120,
    okMs: 100,
    coordinatorMs: 500,
    electionMs: 300,
    prepareMs: 300,
    checkQuorumMs: 1_400,
  },
  event: { ...demo, heartbeatMs: 1_000, suspectMs: 2_000, failMs: 4_000, failJitterMs: 800, checkQuorumMs: 6_000, evictMs: 120_000 },
} as const satisfies Record<string, Config>;
export type PresetName = keyof typeof presets;
