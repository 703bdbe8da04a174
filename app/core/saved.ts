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

/** Results and commands never change, and most of them stand in the next snapshot again: each is put into words once. */
const texts = new WeakMap<object, string>();

function textOf(row: object): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const text = JSON.stringify(row);
  texts.set(row, text);
  return text;
}

function sessionText({ results, ...session }: Session): string {
  return `${JSON.stringify(session).slice(0, -1)},"results":[${[...results.values()].map(textOf).join()}]}`;
}

/** Canonical JSON text: equal states give equal text (S10). */
export function saveState(s: State): string {
  const sessions = (mutated(s, 'snapshotForgetsSessions') ? [] : [...s.sessions.values()])
    .toSorted((a, b) => (sessionKey(a.clientId, a.storeId) < sessionKey(b.clientId, b.storeId) ? -1 : 1))
    .map(sessionText);
  const recent = s.recent.map((r) => `{"index":${r.index},"command":${textOf(r.command)}}`);
  const rest = JSON.stringify({ version: 1, lead: s.currentLead, lamport: s.marketLamport, machine: s.machine?.snapshot() });
  return `${rest.slice(0, -1)},"sessions":[${sessions.join()}],"recent":[${recent.join()}]}`;
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
