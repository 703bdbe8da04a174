/**
 * The replicated state as canonical JSON: what a snapshot holds beside the log position.
 */
import { z } from 'zod';
import type { Session, State } from './state.ts';
import { assert, mutated, sessionKey } from './state.ts';
import type { Applied, Snapshot } from './types.ts';
import { fromWire } from './vectorClock.ts';
import { expireUpTo, onOwnApplied } from './outbox.ts';

const clock = z.array(z.array(z.int()));
const command = z.object({
  clientId: z.string(),
  storeId: z.string(),
  seq: z.int(),
  requestId: z.string(),
  ackedBelow: z.int(),
  seen: z.int(),
  slot: z.int(),
  clock,
  lamport: z.int(),
  body: z.string(),
});
const result = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.record(z.string(), z.unknown()) }),
  z.object({ ok: z.literal(false), code: z.string(), details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }),
]);
const applied = z.object({
  index: z.int(),
  term: z.int(),
  t: z.int(),
  command,
  result,
  concurrentWith: z.array(z.object({ clientId: z.string(), seq: z.int() })),
});
const saved = z.object({
  version: z.literal(1),
  lead: z.object({ term: z.int(), leader: z.string() }).nullable(),
  lamport: z.int(),
  sessions: z.array(
    z.object({
      clientId: z.string(),
      storeId: z.string(),
      publicKey: z.string(),
      memberNo: z.int(),
      last: z.int(),
      lastT: z.int(),
      results: z.array(applied),
    }),
  ),
  recent: z.array(z.object({ index: z.int(), command })),
  machine: z.unknown(),
});

/** Canonical JSON text: equal states give equal text (S10). */
export function saveState(s: State): string {
  const sessions = (mutated(s, 'snapshotForgetsSessions') ? [] : [...s.sessions.values()])
    .toSorted((a, b) => (sessionKey(a.clientId, a.storeId) < sessionKey(b.clientId, b.storeId) ? -1 : 1))
    .map((session) => ({ ...session, results: [...session.results.values()] }));
  const recent = s.recent.map((r) => ({ index: r.index, command: r.command }));
  return JSON.stringify({ version: 1, lead: s.currentLead, lamport: s.marketLamport, sessions, recent, machine: s.machine?.snapshot() });
}

/** Puts a snapshot's state in place. A snapshot that does not parse is a broken invariant: its checksum was right. */
export function restoreState(s: State, snapshot: Snapshot): void {
  const parsed = saved.safeParse(JSON.parse(snapshot.state));
  assert(parsed.success, 'snapshot state unreadable');
  const state = parsed.data;
  s.machine = s.machines.restore(snapshot.genesis, state.machine);
  s.currentLead = state.lead;
  s.marketLamport = state.lamport;
  s.recent = state.recent.map((r) => ({ index: r.index, command: r.command, clock: fromWire(r.command.clock) }));
  s.sessions = new Map(
    state.sessions.map((x) => {
      const results = new Map<number, Applied>(x.results.map((a) => [a.command.seq, a]));
      const session: Session = { ...x, results };
      return [sessionKey(x.clientId, x.storeId), session] as const;
    }),
  );
  const own = s.sessions.get(sessionKey(s.self.peerId, s.self.storeId));
  for (const mine of own?.results.values() ?? []) onOwnApplied(s, mine);
  if (own !== undefined) expireUpTo(s, own.last);
  if (own !== undefined) s.nextSeq = Math.max(s.nextSeq, own.last + 1);
}
