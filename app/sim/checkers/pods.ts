/**
 * P1 to P5: lots with hosts of their own (DESIGN 13, 16), checked against what an observer of all desktops has seen.
 */
import { findByNo, findMember } from '../../core/quorum.ts';
import { openRequests } from '../../core/pods/bundle.ts';
import type { RequestUpdate, Send } from '../../core/types.ts';
import type { Disk } from '../disk.ts';
import type { HostedLots } from '../hosted.ts';
import { Violation } from '../violation.ts';
import type { Facts, Observed } from './facts.ts';

/** Of a lot's row, what this disk has: its own part, or the market's state behind it. */
function holdsRow(disk: Disk, podId: string, n: number, hash: string): boolean {
  const pod = disk.podOf(podId);
  if (pod === null) return false;
  return n < pod.base.n || (n === pod.base.n ? pod.base.hash === hash : pod.entries.find((entry) => entry.n === n)?.hash === hash);
}

/** P1, P3: only the host of an epoch finds rows final, and only when all who have a seat have them on disk, or the market's log took them. */
export function p1p3Committed(f: Facts, lots: HostedLots, o: Observed): void {
  for (const { podId, epoch, n, hash } of o.effects.pods) {
    const key = `${podId}/${epoch}`;
    const seats = lots.seats.get(key);
    const view = o.info.view;
    if (seats === undefined) throw new Violation('P2', `rows of ${podId} are final in epoch ${epoch}, which no log entry made`, o.desk.id);
    if (findByNo(view, seats.host)?.peerId !== o.desk.id && findMember(view, o.desk.id) !== undefined)
      throw new Violation('P3', `row ${n} of ${podId} is final for somebody who does not host epoch ${epoch}`, o.desk.id);
    const known = lots.committers.get(key);
    if (known !== undefined && known !== o.desk.id)
      throw new Violation('P3', `two desktops commit in epoch ${epoch} of ${podId}`, o.desk.id);
    lots.committers.set(key, o.desk.id);
    lots.noteRow(podId, n, hash);
    if ((lots.taken.get(podId) ?? 0) >= n) continue;
    if (seats.backups.length === 0)
      throw new Violation('P3', `a lone host commits row ${n} of ${podId} without the market's log`, o.desk.id);
    for (const no of [seats.host, ...seats.backups]) {
      const storeId = findByNo(view, no)?.storeId;
      const disk = storeId === undefined ? undefined : f.disks.get(storeId);
      // It has said so while it had the seat; who has it now is asked too, if it had one then.
      if (disk !== undefined && !holdsRow(disk, podId, n, hash) && !lots.isRelieved(podId, epoch, no))
        throw new Violation('P1', `row ${n} of ${podId} is final and member ${no} does not have it on disk`, o.desk.id);
    }
  }
}

/** P2: who speaks in an epoch has a seat in it by the market's log, and has been in no later one. */
export function p2OnlyFromTheLog(lots: HostedLots, o: Observed): void {
  for (const { frame } of o.effects.send) {
    if (frame.type !== 'podRows' && frame.type !== 'podAck') continue;
    const { podId, epoch } = frame;
    if (!lots.seats.has(`${podId}/${epoch}`))
      throw new Violation('P2', `speaks in epoch ${epoch} of ${podId}, which no log entry made`, o.desk.id);
    const been = o.desk.disk.podOf(podId)?.epoch ?? 0;
    if (been > epoch) throw new Violation('P2', `speaks in epoch ${epoch} of ${podId} although its disk has been in ${been}`, o.desk.id);
  }
}

/** P1: a backup acknowledges only what is on its disk. */
export function p1OnlyDurableIsSaid(desk: Observed['desk'], send: Send): void {
  const { frame } = send;
  if (frame.type !== 'podAck') return;
  const pod = desk.disk.podOf(frame.podId);
  // One that has moved on since says nothing about what it had then.
  if (pod === null || pod.epoch > frame.epoch) return;
  if (pod.epoch < frame.epoch || !holdsRow(desk.disk, frame.podId, frame.match, frame.hash))
    throw new Violation('P1', `acknowledges row ${frame.match} of ${frame.podId} before it is on disk`, desk.id);
}

/** Q1 for requests to hosts. */
export function q1PodBidsAreDurable(desk: Observed['desk'], send: Send): void {
  if (send.frame.type !== 'podBid') return;
  const { bundle, items } = send.frame;
  for (const { storeId, seq } of items.flatMap((item) => openRequests(bundle)?.[item] ?? [])) {
    if (storeId === desk.disk.storeId && !desk.disk.keepsPodBid(seq))
      throw new Violation('Q1', `request ${seq} leaves for its host before it is on disk`, desk.id);
  }
}

function lotOf(body: string): string {
  const command: unknown = JSON.parse(body);
  const lotId: unknown =
    typeof command === 'object' && command !== null ? Object.getOwnPropertyDescriptor(command, 'lotId')?.value : undefined;
  return typeof lotId === 'string' ? lotId : '';
}

/** P4: what a host answered is what every replica will have. */
export function p4AnswersStand(lots: HostedLots, update: RequestUpdate): void {
  const { applied } = update;
  if (update.state !== 'done' || applied === null || applied.index !== 0) return;
  const { slot: member, seq } = applied.command;
  lots.noteTold({ lotId: lotOf(update.body), member, seq, result: JSON.stringify(applied.result) });
}
