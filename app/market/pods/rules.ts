/** What the market does with what hosts, backups and those who get ready say. All of it is refused when it is of an older epoch. */
import type { PeerId } from '../../../shared/ids.ts';
import { recordLot } from '../lotBooks.ts';
import type { Lot, Pod } from '../records.ts';
import { accepted, refused } from '../results.ts';
import type { Books } from '../state.ts';
import type { ApplyContext, CommandResult } from '../types.ts';
import type { PodCommand } from './commands.ts';
import { isOver } from './hosted.ts';
import { chainOf, runRow } from './lone.ts';
import { changeSeats, noteCarried, recordPod } from './seats.ts';

type Told<T extends PodCommand['type']> = Extract<PodCommand, { type: T }>;

/** P2, P3: the first report decides; who was accused has no seat in the next epoch. */
function suspect(books: Books, ctx: ApplyContext, lot: Lot, pod: Pod, me: number, { accused }: Told<'pod.suspect'>): boolean {
  const members = [pod.host, ...pod.backups];
  if (me === accused || !members.includes(me) || !members.includes(accused)) return false;
  const host = accused === pod.host ? me : pod.host;
  const backups = pod.backups.filter((no) => no !== accused && no !== host);
  return changeSeats(books, ctx, lot, pod, { host, backups, joining: null });
}

/** It has the market's state, so it has everything once the host has carried there what it had. */
function ready(books: Books, ctx: ApplyContext, lot: Lot, pod: Pod, me: number): boolean {
  if (pod.joining !== me || (!pod.carried && pod.backups.length === 0)) return false;
  return changeSeats(books, ctx, lot, pod, { host: pod.host, backups: [...pod.backups, me], joining: null });
}

/** Rows of the host's log, each once and in order; those of a lone host are committed by this. */
function take(books: Books, ctx: ApplyContext, lot: Lot, pod: Pod, me: number, { from, rows, all }: Told<'pod.take'>): boolean {
  if (pod.host !== me || from > pod.length + 1) return false;
  for (const [i, row] of rows.entries()) {
    if (from + i <= pod.length) continue;
    runRow(books, ctx, lot, row);
    pod.length = from + i;
    pod.t = Math.max(pod.t, row[3]);
    pod.hash = chainOf(pod.hash, row);
    if (isOver(lot)) break;
  }
  if (all) noteCarried(pod);
  if (isOver(lot)) lot.pod = null;
  recordPod(books, lot);
  recordLot(books, lot);
  return true;
}

/** Refused with POD_STALE: it is of an older epoch, or not for its author to say. */
export function applyPodCommand(books: Books, ctx: ApplyContext, author: PeerId, command: PodCommand): CommandResult {
  const lot = books.lots.get(command.lotId);
  const me = books.members.get(author)?.memberNo ?? 0;
  if (lot === undefined || lot.pod === null || lot.pod.epoch !== command.epoch) return refused('POD_STALE', { lotId: command.lotId });
  const { pod } = lot;
  const done =
    command.type === 'pod.suspect'
      ? suspect(books, ctx, lot, pod, me, command)
      : command.type === 'pod.ready'
        ? ready(books, ctx, lot, pod, me)
        : take(books, ctx, lot, pod, me, command);
  return done ? accepted({ lotId: lot.lotId }) : refused('POD_STALE', { lotId: lot.lotId });
}
