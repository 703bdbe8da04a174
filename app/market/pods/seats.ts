/**
 * Who hosts a lot: seats change through the market's log only, and every change has a number of its own, the epoch (P2).
 *
 * A bid is committed by a host together with all its backups, or, by a host that is alone, through the market's log. Every member of an epoch
 * therefore has all that was committed in it, and who is next must have been one of those ("holders"), unless the market's log has it all
 * ("carried"). Nobody is ever made host because he says so: the first report that the log takes decides, all others are of an older epoch.
 */
import { hash } from 'node:crypto';
import { giveBack } from '../auctions/index.ts';
import type { Lot, Pod, SystemCommand } from '../records.ts';
import type { Books } from '../state.ts';
import type { ApplyContext } from '../types.ts';
import { mayBeHosted } from './hosted.ts';

export type Seats = Pick<Pod, 'host' | 'backups' | 'joining'>;

/** Writes who has the seats into the digest. */
export function recordPod(books: Books, lot: Lot): void {
  books.journal += `k|${lot.lotId}|${JSON.stringify(lot.pod)}\n`;
}

const membersOf = ({ host, backups }: Seats): number[] => [host, ...backups];

/** A new epoch with these seats; false when somebody might be missing what was committed. */
export function changeSeats(books: Books, ctx: ApplyContext, lot: Lot, pod: Pod, seats: Seats): boolean {
  const members = membersOf(seats);
  if (new Set(members).size !== members.length || (seats.joining !== null && members.includes(seats.joining))) return false;
  if (!pod.carried && !pod.holders.includes(seats.host)) return false;
  const alone = seats.backups.length === 0;
  // A lone host commits through the market's log: whoever had everything before still has it.
  const holders = pod.carried ? (alone ? [] : members) : alone ? pod.holders : pod.holders.filter((no) => members.includes(no));
  lot.pod = { ...pod, ...seats, carried: pod.carried && alone, epoch: ctx.index, holders };
  recordPod(books, lot);
  return true;
}

/** What the host had when its epoch began is in this state by now. */
export function noteCarried(pod: Pod): void {
  if (pod.backups.length === 0) {
    pod.carried = true;
    pod.holders = [];
  } else pod.holders = membersOf(pod);
}

/** The leader's word: a host for a lot that has none, another one, or who gets ready to be a backup. */
export function giveSeats(books: Books, ctx: ApplyContext, lot: Lot, command: Extract<SystemCommand, { type: 'seats' }>): void {
  const { epoch, host, backups, joining } = command;
  const { pod } = lot;
  if (epoch !== (pod?.epoch ?? 0)) return;
  if (pod === null) {
    if (!mayBeHosted(books, lot)) return;
    const none: Pod = {
      backups: [],
      carried: true,
      epoch: 0,
      hash: hash('sha256', `${lot.lotId}|${ctx.index}`, 'hex'),
      holders: [],
      host,
      joining: null,
      length: 0,
      operator: books.operator,
      stop: false,
      t: ctx.t,
    };
    changeSeats(books, ctx, lot, none, { host, backups, joining });
    return;
  }
  const same = host === pod.host && backups.join() === pod.backups.join();
  if (!same) return void changeSeats(books, ctx, lot, pod, { host, backups, joining });
  if (joining !== null && membersOf(pod).includes(joining)) return;
  pod.joining = joining;
  recordPod(books, lot);
}

/** Nobody who had everything is a member any more: the lot goes on in the market's log, from what that has, and stays there. */
export function recall(books: Books, ctx: ApplyContext, lot: Lot, epoch: number): void {
  if (lot.pod?.epoch !== epoch) return;
  lot.pod = null;
  lot.backups = 0;
  giveBack(lot, ctx.t, lot.endsAt === null ? 0 : Math.max(1, ctx.t - lot.endsAt + 1));
  recordPod(books, lot);
}

/** To be closed now: its host hears it from the log. */
export function stopHosted(books: Books, lot: Lot, pod: Pod): void {
  pod.stop = true;
  recordPod(books, lot);
}
