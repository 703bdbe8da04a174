/**
 * L: what must come true once everything is repaired (DESIGN 16): a leader, answers to all that is pending, equal states, quiet.
 *
 * Bounds are generous multiples of the timers of the run, because the repair starts from the worst state chance could make; that it
 * comes true at all is what random testing can show. Each function says what is still missing, or null.
 */
import { membersOf } from '../../core/quorum.ts';
import { compareBully } from '../../../shared/ids.ts';
import type { Clients } from '../clients.ts';
import type { Desk } from '../desk.ts';

export interface Healed {
  readonly desks: readonly Desk[];
  readonly clients: Clients;
}

const inMarket = (w: Healed): Desk[] => w.desks.filter((d) => !d.gone);

/** L1: one leader, and everybody follows it. */
export function l1Leader(w: Healed): string | null {
  const infos = inMarket(w).map((d) => ({ d, info: d.core?.info() }));
  const leaders = infos.filter((i) => i.info?.role === 'leader');
  const [only] = leaders;
  if (only === undefined) return 'no desktop leads';
  if (leaders.length > 1) return `${leaders.map((l) => l.d.name).join(' and ')} lead`;
  const stray = infos.find((i) => i.info?.leader !== only.d.id);
  return stray === undefined ? null : `${stray.d.name} (${stray.info?.role}) does not follow ${only.d.name}`;
}

/** L2: every pending request is answered. */
export function l2Answers(w: Healed): string | null {
  const [first, ...more] = w.clients.pending;
  return first === undefined ? null : `request ${first.id} of ${first.desk.name} has no answer, nor have ${more.length} others`;
}

/** L3: all replicas have applied the same and have the same state. */
export function l3EqualStates(w: Healed): string | null {
  const infos = inMarket(w).map((d) => ({ name: d.name, info: d.core?.info() }));
  const first = infos[0];
  for (const { name, info } of infos) {
    if (info?.marketId == null) return `${name} is in no market`;
    if (info.applied !== first?.info?.applied) return `${name} has applied #${info.applied}, ${first?.name} #${first?.info?.applied}`;
    if (info.digest !== first?.info?.digest) return `${name} and ${first?.name} have different states`;
  }
  return null;
}

/** L4: every desktop is a member again, and nobody who left is. */
export function l4Members(w: Healed): string | null {
  const leader = inMarket(w).find((d) => d.core?.info().role === 'leader');
  const view = leader?.core?.info().view ?? null;
  const members = view === null ? [] : membersOf(view);
  const missing = inMarket(w).find((d) => !members.some((m) => m.peerId === d.id && m.storeId === d.disk.storeId));
  return missing === undefined ? null : `${missing.name} is not a member`;
}

/** Does the strongest voter lead, so that nobody will ask to take over? */
export function strongestLeads(w: Healed): boolean {
  const info = inMarket(w)
    .find((d) => d.core?.info().role === 'leader')
    ?.core?.info();
  const leader = info?.view?.voters.find((m) => m.peerId === info.leader);
  return leader !== undefined && info?.view?.voters.every((m) => compareBully(m, leader) <= 0) === true;
}

/** In the order in which they come true. */
export const LIVENESS = [l1Leader, l4Members, l2Answers, l3EqualStates] as const;
