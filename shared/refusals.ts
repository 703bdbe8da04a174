/**
 * Why datagrams are not used: every reason by its name, and the group in which a person is told of it.
 *
 * - usual: late, doubled or meant for others: networks do that, and so do desktops that begin a session at the same time.
 * - strange: of other programs, of another version, or sealed with another key.
 * - damaged: what was inside is no message, or says another sender than its seal.
 * - busy: what this desktop could not send or keep.
 */
export const refusalGroups = ['usual', 'strange', 'damaged', 'busy', 'simulated'] as const;
export type RefusalGroup = (typeof refusalGroups)[number];

export const refusals = {
  // the outer shell
  short: 'strange',
  oversized: 'strange',
  foreign: 'strange',
  version: 'strange',
  unknownKind: 'strange',
  // sealing
  noKey: 'strange',
  unopened: 'strange',
  replayed: 'usual',
  tooOld: 'usual',
  notForMe: 'usual',
  // the handshake
  helloBad: 'strange',
  helloUnknown: 'strange',
  helloBusy: 'usual',
  helloCrossed: 'usual',
  identityBad: 'strange',
  sessionUnknown: 'usual',
  lostUnknown: 'usual',
  // what was inside
  malformed: 'damaged',
  undecodable: 'damaged',
  fragmentBad: 'damaged',
  reassemblyExpired: 'usual',
  reassemblyFull: 'busy',
  fromSelf: 'usual',
  fromMismatch: 'damaged',
  staleBoot: 'usual',
  twin: 'damaged',
  // discovery
  beaconBad: 'strange',
  beaconUnwanted: 'usual',
  answerUnasked: 'usual',
  askedTooOften: 'usual',
  // sending
  noAddress: 'usual',
  tooLarge: 'busy',
  sendError: 'busy',
  sendQueueFull: 'busy',
  notSealed: 'busy',
  waitedTooLong: 'usual',
  // simulated
  faultDropped: 'simulated',
  faultBlocked: 'simulated',
  faultOverflow: 'simulated',
} as const satisfies Readonly<Record<string, RefusalGroup>>;
export type Refusal = keyof typeof refusals;

const groups: ReadonlyMap<string, RefusalGroup> = new Map(Object.entries(refusals));

/** A reason that is not known here (of a later version) counts as damage. */
export const refusalGroup = (why: string): RefusalGroup => groups.get(why) ?? 'damaged';

/** How many of each group; groups without any are left out. */
export function refusalsByGroup(counts: Iterable<readonly [why: string, count: number]>): ReadonlyMap<RefusalGroup, number> {
  const sums = new Map<RefusalGroup, number>();
  for (const [why, count] of counts) sums.set(refusalGroup(why), (sums.get(refusalGroup(why)) ?? 0) + count);
  return new Map(refusalGroups.flatMap((group) => (sums.has(group) ? [[group, sums.get(group) ?? 0] as const] : [])));
}
