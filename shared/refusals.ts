/**
 * Why datagrams are not used, in groups that a person can tell apart. The names are those of app/net/counters.ts; one that is not known
 * here (of a later version) counts as damage.
 */
export const refusalGroups = ['usual', 'strange', 'damaged', 'busy', 'simulated'] as const;
export type RefusalGroup = (typeof refusalGroups)[number];

const MEMBERS: Readonly<Record<Exclude<RefusalGroup, 'damaged'>, readonly string[]>> = {
  /** Late, doubled or meant for others: networks do that, and so do desktops that begin a session at the same time. */
  usual: [
    'replayed',
    'tooOld',
    'notForMe',
    'helloBusy',
    'helloCrossed',
    'sessionUnknown',
    'lostUnknown',
    'reassemblyExpired',
    'fromSelf',
    'staleBoot',
    'beaconUnwanted',
    'answerUnasked',
    'askedTooOften',
    'noAddress',
    'waitedTooLong',
  ],
  /** Of other programs, of another version, or sealed with another key. */
  strange: [
    'short',
    'oversized',
    'foreign',
    'version',
    'unknownKind',
    'noKey',
    'unopened',
    'helloBad',
    'helloUnknown',
    'identityBad',
    'beaconBad',
  ],
  /** What this desktop could not send or keep. */
  busy: ['reassemblyFull', 'tooLarge', 'sendError', 'sendQueueFull', 'notSealed'],
  simulated: ['faultDropped', 'faultBlocked', 'faultOverflow'],
};

export function refusalGroup(why: string): RefusalGroup {
  return refusalGroups.find((group) => group !== 'damaged' && MEMBERS[group].includes(why)) ?? 'damaged';
}

/** How many of each group; groups without any are left out. */
export function refusalsByGroup(counts: Iterable<readonly [why: string, count: number]>): ReadonlyMap<RefusalGroup, number> {
  const sums = new Map<RefusalGroup, number>();
  for (const [why, count] of counts) sums.set(refusalGroup(why), (sums.get(refusalGroup(why)) ?? 0) + count);
  return new Map(refusalGroups.flatMap((group) => (sums.has(group) ? [[group, sums.get(group) ?? 0] as const] : [])));
}
