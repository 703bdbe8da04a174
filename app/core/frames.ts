/**
 * Frames: what peers say to each other (DESIGN appendix A), and payloads: what lies in the log.
 *
 * One frame travels in one message; the transport splits a message over datagrams when it is larger than one. Hash fields named
 * `...Hash` are full SHA-256 in hex. Wall clocks are ms since 1970 and are used for offsets only, never for decisions.
 */
import { bool, bytes, hex, type Infer, list, nullable, record, since, text, u53, union, word } from './schema.ts';

const peerId = hex(16);
const storeId = hex(8);
const hash = hex(32);

/** A vector clock on the wire: [memberNo, count] pairs in ascending memberNo. */
export const clockSchema = list(list(u53, 2), 64);

export const entryTypes = ['genesis', 'view', 'config', 'batch', 'system', 'noop', 'fork'] as const;
export const entrySchema = record({
  index: u53,
  term: u53,
  /** Log time, ms since 1970, never falling. */
  t: u53,
  type: word(entryTypes),
  payload: bytes(65_000),
  /** SHA-256 chain over everything before. */
  hash,
});
export type Entry = Infer<typeof entrySchema>;

export const memberSchema = record({
  peerId,
  storeId,
  memberNo: u53,
  priority: u53,
  name: text(80),
  address: text(64),
  publicKey: hex(32),
});
export type Member = Infer<typeof memberSchema>;

/** Forks that a view names; of more the oldest go. Higher: larger views; who was away for that many is asked about its log either way. */
export const MAX_FORKS = 8;
/** Some went on without the others (9.3): from `index` (whose hash is `hash`) on, this history is not theirs. */
export const forkSchema = record({
  branch: u53,
  parent: u53,
  index: u53,
  hash,
  survivors: list(peerId, 9),
  lost: list(peerId, 64),
  /** Whose operator decided it; nobody when the market's rule `available` did. */
  by: nullable(peerId),
  reason: text(200),
  /** Wall clock of the desktop that did it, ms. */
  wall: u53,
  /** An operator has declared it final. */
  accepted: bool,
});
export type Fork = Infer<typeof forkSchema>;

/** Who votes, with which weights; `old` is the other half of a joint view. Source: DESIGN 3 and 9. */
export const viewSchema = record({
  viewNo: u53,
  voters: list(memberSchema, 9),
  /** The voter that counts twice while the number of voters is even. */
  anchor: nullable(peerId),
  old: nullable(record({ voters: list(memberSchema, 9), anchor: nullable(peerId) })),
  observers: list(memberSchema, 64),
  removed: list(peerId, 64),
  nextMemberNo: u53,
  /** Oldest first. */
  forks: since(list(forkSchema, MAX_FORKS), []),
});
export type View = Infer<typeof viewSchema>;

export const genesisSchema = record({
  marketId: hex(16),
  name: text(80),
  currency: text(3),
  decimals: u53,
  commissionBps: u53,
  allowNegative: bool,
  faultsAllowed: bool,
  commissionTo: word(['leader', 'club']),
  preset: word(['lan', 'demo', 'classroom', 'wifi', 'event']),
  takeover: word(['onCaughtUp', 'never', 'demo']),
  creator: memberSchema,
  /** `available`: survivors that hear each other go on by themselves (9.3). */
  availability: since(word(['safe', 'available']), 'safe'),
});
export type Genesis = Infer<typeof genesisSchema>;

/** What a client signs: everything but the signature, and the market it is meant for. */
export const commandSchema = record({
  clientId: peerId,
  storeId,
  seq: u53,
  requestId: text(36),
  ackedBelow: u53,
  /** Log index applied at the author when it was made. */
  seen: u53,
  /** The author's member number: its own slot in `clock`. */
  slot: u53,
  clock: clockSchema,
  lamport: u53,
  /** JSON text of a market command; opaque to the core. The longest are pictures: 16 kB in base64. */
  body: text(24_000),
});
export type Command = Infer<typeof commandSchema>;
/** What a client signs at once: its commands that became durable together, in order, numbers without a gap. */
export const bundleSchema = list(commandSchema, 64);
/** `signed` are the exact bytes of a bundle; they are hashed, stored and verified verbatim. */
export const signedSchema = record({ signed: bytes(40_000), signature: bytes(64) });
export type Signed = Infer<typeof signedSchema>;

export const batchSchema = record({
  /** In the order of arrival at the leader. */
  bundles: list(signedSchema, 256),
  /** Positions among the commands of all bundles, in the order of execution. Recomputed by everybody. */
  order: list(u53, 256),
});
export const leadSchema = record({
  term: u53,
  leader: peerId,
  previous: nullable(peerId),
  reason: word(['genesis', 'suspect', 'takeover', 'operator', 'fork']),
  promisers: list(peerId, 9),
});
export const systemSchema = record({ body: text(1_024) });

/** What a bidder asks a lot's host: the number only rises, over restarts too; `prev` is the one of its request for this lot before. */
const podRequestSchema = record({
  podId: text(64),
  clientId: peerId,
  storeId,
  memberNo: u53,
  seq: u53,
  prev: u53,
  body: text(2_000),
});
export type PodRequest = Infer<typeof podRequestSchema>;
/** What a bidder signs at once, in order; also for several lots. */
export const podRequestsSchema = list(podRequestSchema, 8);
/** A row on its way to a backup: request `item` of bundle number `bundle` of its message; with 0 the host wrote `body` by itself. */
const podRowSchema = record({ t: u53, body: text(200), bundle: u53, item: u53 });

const nil = record({});

export const frameSchema = union({
  heartbeat: record({
    term: u53,
    branch: u53,
    seq: u53,
    probe: u53,
    commit: u53,
    wall: u53,
    logTime: u53,
    digestAt: u53,
    digest: hex(8),
    silent: list(u53, 64),
  }),
  heartbeatAck: record({
    term: u53,
    seq: u53,
    probe: u53,
    last: u53,
    match: u53,
    storeId,
    digestAt: u53,
    digest: hex(8),
    wall: u53,
    slots: u53,
  }),
  ping: record({ seq: u53 }),
  pong: record({ seq: u53, wall: u53, last: u53, incarnation: u53 }),
  goodbye: record({ reason: word(['leave', 'suspend', 'quit']) }),
  election: record({
    eid: u53,
    term: u53,
    branch: u53,
    viewNo: u53,
    lastTerm: u53,
    lastIndex: u53,
    reason: word(['suspect', 'bully', 'takeover', 'operator']),
  }),
  ok: record({ eid: u53, verdict: word(['bully', 'assent', 'veto']), term: u53, leader: nullable(peerId), leaderAgeMs: u53, out: bool }),
  prepare: record({ term: u53, branch: u53, viewNo: u53, handover: bool }),
  promise: record({ term: u53, storeId, lastTerm: u53, lastIndex: u53, commit: u53, firstIndex: u53, wall: u53 }),
  refuse: record({ term: u53, about: u53, why: word(['stale', 'taken', 'alive', 'bully', 'branch', 'out']), leader: nullable(peerId) }),
  fetch: record({ term: u53, at: u53 }),
  fetched: record({ term: u53, at: u53, prevTerm: u53, last: u53, entries: list(entrySchema, 256) }),
  coordinator: record({ term: u53, branch: u53, viewIndex: u53, previous: nullable(peerId) }),
  handover: record({ term: u53, lastIndex: u53 }),
  seq: record({ term: u53, branch: u53, prevIndex: u53, prevTerm: u53, commit: u53, entries: list(entrySchema, 256) }),
  ack: record({ term: u53, storeId, match: u53, matchTerm: u53 }),
  nak: record({ term: u53, want: u53 }),
  commit: record({ term: u53, index: u53 }),
  join: record({ member: memberSchema, boot: u53 }),
  joinAck: record({
    status: word(['accepted', 'member', 'redirect', 'full', 'busy', 'out']),
    leader: nullable(memberSchema),
    marketId: hex(16),
    branch: u53,
  }),
  leave: nil,
  notMember: record({ viewNo: u53, leader: nullable(peerId) }),
  submit: record({ bundle: signedSchema, hops: u53 }),
  refused: record({
    clientId: peerId,
    seq: u53,
    code: word(['BUSY', 'EXPIRED', 'NOT_MEMBER', 'BAD_SIGNATURE']),
    /** When it is worth asking again, ms; 0: not by itself. */
    retryMs: u53,
  }),
  readIndex: record({ id: u53 }),
  readIndexAck: record({ id: u53, index: u53 }),
  snapOffer: record({ id: u53, term: u53, index: u53, indexTerm: u53, size: u53, sha256: hash }),
  snapGet: record({ id: u53, offset: u53, count: u53 }),
  snapChunk: record({ id: u53, offset: u53, bytes: bytes(32_768) }),
  fault: record({ nonce: u53, action: word(['crash', 'recover']), forMs: u53 }),
  evict: record({ peerId }),
  /** A winner that is too far behind leaves its promises to the next. */
  yield: record({ term: u53 }),
  /** A leader that stepped down on request will not run for a while. */
  resign: record({ term: u53, cooldownMs: u53 }),
  /** Who lives although it was missed; also told about a third one. */
  alive: record({ peerId, boot: u53, incarnation: u53 }),
  /** What did you last hear of `target`, and what follows entry `next` - 1 of its log of `term`? */
  pingReq: record({ branch: u53, target: peerId, term: u53, next: u53 }),
  relayed: record({
    branch: u53,
    target: peerId,
    term: u53,
    seq: u53,
    ageMs: u53,
    commit: u53,
    prevIndex: u53,
    prevTerm: u53,
    entries: list(entrySchema, 64),
  }),
  forkPrepare: record({ term: u53, branch: u53, viewNo: u53, automatic: bool }),
  forked: record({ term: u53, parent: u53, branch: u53, index: u53, hash }),
  acceptFork: record({ branch: u53 }),
  /** Another branch of this market: how it came about, hashes of its log, and its own at the entry that was asked for. */
  branchInfo: record({
    branch: u53,
    commit: u53,
    leader: nullable(peerId),
    forks: list(forkSchema, MAX_FORKS),
    probes: list(record({ index: u53, hash }), 24),
    asks: u53,
    asked: u53,
    answer: nullable(hash),
    wants: bool,
  }),
  hello: record({ storeId, life: u53, term: u53, last: u53, branch: u53 }),
  helloAck: record({ storeId, boot: u53, life: u53, verdict: word(['ok', 'rolledBack', 'twin']), term: u53, index: u53 }),
  memories: record({ term: u53, rows: list(record({ memberNo: u53, boot: u53, index: u53 }), 73) }),
  /** `items`: the requests of this bundle that its receiver is asked to decide. */
  podBid: record({ branch: u53, bundle: signedSchema, items: list(u53, 8) }),
  /** The answer to request `seq`; an empty one says who hosts the lot. */
  podReply: record({ podId: text(64), seq: u53, epoch: u53, host: peerId, result: text(2_000) }),
  podRows: record({
    podId: text(64),
    branch: u53,
    epoch: u53,
    prev: u53,
    prevHash: hash,
    committed: u53,
    bundles: list(signedSchema, 64),
    rows: list(podRowSchema, 64),
  }),
  /** `want`: what comes after `match` is missing here. */
  podAck: record({ podId: text(64), epoch: u53, storeId, match: u53, hash, want: bool }),
  podBeat: nil,
});
export type Frame = Infer<typeof frameSchema>;
export type FrameType = Frame['type'];
export type FrameOf<T extends FrameType> = Extract<Frame, { type: T }>;

/** How far a store's memory reached, as others remember it. */
export const memorySchema = record({ peerId, storeId, boot: u53, life: u53, term: u53, index: u53, wasTerm: u53, wasIndex: u53 });

/** Everything a peer says carries who says it, its boot number and its clocks. */
export const messageSchema = record({
  from: peerId,
  boot: u53,
  lamport: u53,
  clock: clockSchema,
  frame: frameSchema,
});
export type Message = Infer<typeof messageSchema>;
