/**
 * Weighted quorums over (peerId, storeId) voters, both halves of a joint view (DESIGN 3, 9; Raft section 6).
 *
 * While the number of voters is even one of them, the anchor, counts twice, so that an even split has one winning half.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { Member, View } from './frames.ts';

interface Half {
  readonly voters: readonly Member[];
  readonly anchor: PeerId | null;
}

/** The member with this number, in this view. */
export function findByNo(view: View | null, memberNo: number): Member | undefined {
  return view === null ? undefined : membersOf(view).find((m) => m.memberNo === memberNo);
}

function weight(half: Half, member: Member): number {
  return half.anchor === member.peerId && half.voters.length % 2 === 0 ? 2 : 1;
}

function majority(half: Half, has: (member: Member) => boolean): boolean {
  let total = 0;
  let sum = 0;
  for (const member of half.voters) {
    const w = weight(half, member);
    total += w;
    if (has(member)) sum += w;
  }
  return sum * 2 > total;
}

/** Do the members for which `has` holds form a quorum of both halves? */
export function isQuorum(view: View, has: (member: Member) => boolean): boolean {
  return majority(view, has) && (view.old === null || majority(view.old, has));
}

/** Views never change, and the leader asks for these lists at every step: they are made once per view. */
const lists = new WeakMap<View, { readonly voters: readonly Member[]; readonly members: readonly Member[] }>();

function listsOf(view: View): { readonly voters: readonly Member[]; readonly members: readonly Member[] } {
  const known = lists.get(view);
  if (known !== undefined) return known;
  const voters = [...view.voters];
  for (const member of view.old?.voters ?? []) {
    if (!voters.some((m) => m.peerId === member.peerId && m.storeId === member.storeId)) voters.push(member);
  }
  const members = [...voters];
  for (const member of view.observers) if (!members.some((m) => m.peerId === member.peerId)) members.push(member);
  const made = { voters, members };
  lists.set(view, made);
  return made;
}

/** Every voter of either half once. */
export function votersOf(view: View): readonly Member[] {
  return listsOf(view).voters;
}

export function membersOf(view: View): readonly Member[] {
  return listsOf(view).members;
}

export function findMember(view: View | null, peerId: PeerId): Member | undefined {
  if (view === null) return undefined;
  return (
    view.voters.find((m) => m.peerId === peerId) ??
    view.old?.voters.find((m) => m.peerId === peerId) ??
    view.observers.find((m) => m.peerId === peerId)
  );
}

export function isVoter(view: View | null, peerId: PeerId, storeId: string): boolean {
  return view !== null && votersOf(view).some((m) => m.peerId === peerId && m.storeId === storeId);
}

/** A simple view of exactly two: ordinary entries need both acknowledgements (DESIGN 9.2). */
export function needsBoth(view: View): boolean {
  return view.old === null && view.voters.length === 2;
}
