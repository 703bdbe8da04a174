/**
 * Q2, at the leader: commands in, batches out.
 *
 * Commands of one session enter in the order of their numbers (a missing one holds back the later ones), each at most once. Batches form
 * naturally: whatever arrives within the fairness window, or while the batch before is under way, shares the next (group commit).
 */
import type { PeerId } from '../../shared/ids.ts';
import { appendNew } from './durable.ts';
import { batchSchema, type Signed } from './frames.ts';
import { fairOrder } from './order.ts';
import { onExpired } from './outbox.ts';
import { findMember } from './quorum.ts';
import { encode } from './schema.ts';
import { type Intake, type Leading, mutated, send, sessionKey, sessionOf, type State, viewOf } from './state.ts';
import { stampBundle } from './bundle.ts';
import { logTime } from './time.ts';

/** No timer is finer; a rest smaller than the clock can tell would be waited for without end. */
const GRAIN_MS = 0.1;

/** Takes a bundle into the intake, or says why not. `from` is where the frame came from. */
export function accept(s: State, signed: Signed, from: PeerId): void {
  const ld = s.leading;
  if (ld === null) return;
  const stamped = stampBundle(signed);
  const command = stamped?.[0]?.command;
  if (stamped === null || command === undefined) return;
  const next = command.seq + stamped.length;
  const refuse = (code: 'BUSY' | 'EXPIRED' | 'NOT_MEMBER' | 'BAD_SIGNATURE'): void => {
    const retryMs = code === 'BUSY' ? s.config.busyMs : 0;
    if (from !== s.self.peerId) send(s, from, { type: 'refused', clientId: command.clientId, seq: command.seq, code, retryMs });
    else if (code === 'EXPIRED') onExpired(s, command.seq);
  };
  const session = sessionOf(s, command);
  // The admission of this client may be in the log and not applied yet: that is no expiry.
  if (session === undefined) {
    if (s.applied < Math.max(ld.viewIndex, s.views.at(-1)?.index ?? 0)) return refuse('BUSY');
    return refuse(findMember(viewOf(s), command.clientId)?.storeId === command.storeId ? 'EXPIRED' : 'NOT_MEMBER');
  }
  const view = viewOf(s);
  if (view?.removed.includes(command.clientId) === true && findMember(view, command.clientId) === undefined) return refuse('NOT_MEMBER');
  if (ld.probation !== null || overloaded(s, ld)) return refuse('BUSY');
  const key = sessionKey(command.clientId, command.storeId);
  const expected = ld.expected.get(key) ?? session.last + 1;
  if (mutated(s, 'noSessionTable')) {
    ld.intake.push({ signed, stamped });
    return;
  }
  if (next <= expected || command.seq >= expected + s.config.clientWindow * 2) return;
  const held = ld.held.get(key);
  if (held?.has(command.seq)) return;
  if (from !== s.self.peerId && !s.crypto.verify(session.publicKey, signed.signed, signed.signature)) return refuse('BAD_SIGNATURE');
  if (command.seq > expected) {
    if (held === undefined) ld.held.set(key, new Map([[command.seq, { signed, stamped }]]));
    else held.set(command.seq, { signed, stamped });
    return;
  }
  if (ld.intake.length === 0) ld.intakeSince = s.now.mono;
  admit(ld, key, { signed, stamped });
}

function admit(ld: Leading, key: string, first: Intake): void {
  const held = ld.held.get(key);
  let next: Intake | undefined = first;
  let expected = 0;
  while (next !== undefined) {
    ld.intake.push(next);
    expected = (next.stamped[0]?.command.seq ?? 0) + next.stamped.length;
    next = held?.get(expected);
    held?.delete(expected);
  }
  if (held !== undefined && held.size === 0) ld.held.delete(key);
  ld.expected.set(key, expected);
}

function overloaded(s: State, ld: Leading): boolean {
  return s.log.lastIndex - s.commit > s.config.maxUncommittedEntries || ld.intake.length > s.config.maxUncommittedEntries;
}

function waitingCommands(ld: Leading): number {
  return ld.intake.reduce((sum, { stamped }) => sum + stamped.length, 0);
}

/** How much longer requests are gathered, so that who is a little farther from the leader takes part in the same lottery. */
function windowLeft(s: State, ld: Leading): number {
  if (waitingCommands(ld) >= s.config.batchFull) return 0;
  const left = ld.intakeSince + s.config.intakeMs - s.now.mono;
  return left < GRAIN_MS ? 0 : left;
}

/** When `propose` wants to be asked again although nothing happens; null when something else will. */
export function intakeWait(s: State): number | null {
  const ld = s.leading;
  if (ld === null || ld.intake.length === 0) return null;
  const left = windowLeft(s, ld);
  return left > 0 ? left : null;
}

/** While one batch is on its way to a quorum, what arrives waits and shares the next (group commit over the network). */
function mayPropose(s: State, ld: Leading): boolean {
  const underWay = s.log.lastIndex - s.commit;
  if (ld.intake.length === 0 || windowLeft(s, ld) > 0) return false;
  return underWay === 0 || (waitingCommands(ld) >= s.config.batchFull && underWay < s.config.batchesInFlight);
}

/** R1: turns waiting commands into entries. */
export function propose(s: State): void {
  const ld = s.leading;
  if (ld === null || ld.probation !== null || ld.handover !== null) return;
  while (mayPropose(s, ld)) {
    let size = 0;
    let commands = 0;
    let count = 0;
    for (const { signed, stamped } of ld.intake) {
      size += signed.signed.length + 72;
      commands += stamped.length;
      if (count > 0 && (size > s.config.batchBytes || commands > s.config.batchCommands)) break;
      count += 1;
    }
    appendBatch(s, ld.intake.splice(0, count));
    ld.intakeSince = s.now.mono - s.config.intakeMs;
  }
}

function appendBatch(s: State, taken: readonly Intake[]): void {
  const signed = taken.map((i) => i.signed);
  const commands = taken.flatMap((i, from) => i.stamped.map((stamped) => ({ stamped, from })));
  const stamped = commands.map((c) => c.stamped);
  const order = mutated(s, 'orderOfArrival')
    ? stamped.map((_, i) => i)
    : fairOrder(stamped, s.log.last.hash, (...parts) => s.crypto.sha256(...parts));
  const payload = new Uint8Array(encode(batchSchema, { bundles: signed, order }));
  const entry = appendNew(s, 'batch', payload, logTime(s));
  s.decoded.set(entry.index, { order, signed, commands });
}
