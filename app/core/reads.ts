/**
 * Q4: linearizable reads by ReadIndex (Ongaro 6.4). No leases: clocks stand still while a laptop sleeps.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { FrameOf } from './frames.ts';
import { isQuorum } from './quorum.ts';
import { heartbeat } from './lead.ts';
import { mutated, send, type State, viewOf } from './state.ts';

const RESEND_MS = 100;
const MAX_READS = 1_024;

export function read(s: State, id: number): void {
  s.reads.set(id, { at: s.now.mono, sentAt: Number.NEGATIVE_INFINITY, index: null });
  pumpReads(s);
}

export function onReadIndex(s: State, from: PeerId, m: FrameOf<'readIndex'>): void {
  if (s.leading !== null) registerRead(s, from, m.id);
}

function registerRead(s: State, from: PeerId | null, id: number): void {
  const ld = s.leading;
  if (ld === null || ld.probation !== null || s.commit < ld.viewIndex || ld.reads.length >= MAX_READS) return;
  if (ld.reads.some((r) => r.from === from && r.id === id)) return;
  ld.probe += 1;
  ld.reads.push({ from, id, index: s.commit, probe: ld.probe, at: s.now.mono });
  heartbeat(s);
  answerReads(s);
}

/** Leader: answers what a quorum has confirmed by a newer probe. Called on every heartbeat acknowledgement. */
export function answerReads(s: State): void {
  const ld = s.leading;
  const view = viewOf(s);
  if (ld === null || view === null || ld.probation !== null) return;
  while (ld.reads[0] !== undefined) {
    const first = ld.reads[0];
    const confirmed = isQuorum(view, (m) => m.peerId === s.self.peerId || (ld.followers.get(m.peerId)?.probe ?? 0) >= first.probe);
    if (!confirmed && !mutated(s, 'readUnconfirmed')) return;
    ld.reads.shift();
    if (first.from === null) onReadIndexAck(s, { id: first.id, index: first.index });
    else send(s, first.from, { type: 'readIndexAck', id: first.id, index: first.index });
  }
}

export function onReadIndexAck(s: State, m: { readonly id: number; readonly index: number }): void {
  const waiting = s.reads.get(m.id);
  if (waiting !== undefined && waiting.index === null) waiting.index = m.index;
  pumpReads(s);
}

/** Reader: asks (again), answers when applied far enough, gives up in time. A leader on probation says nothing, not even to itself (D2). */
export function pumpReads(s: State): void {
  if (s.leading !== null && s.leading.probation !== null) return;
  for (const [id, waiting] of s.reads) {
    if (waiting.index !== null && (s.applied >= waiting.index || mutated(s, 'readTooEarly'))) {
      s.reads.delete(id);
      s.out.reads.push({ id, ok: true, index: waiting.index });
    } else if (s.now.mono - waiting.at > s.config.readTimeoutMs) {
      s.reads.delete(id);
      s.out.reads.push({ id, ok: false, index: s.applied });
    } else if (waiting.index === null && s.now.mono - waiting.sentAt >= RESEND_MS) {
      waiting.sentAt = s.now.mono;
      if (s.leading !== null) registerRead(s, null, id);
      else if (s.leader !== null) send(s, s.leader, { type: 'readIndex', id });
    }
  }
}
