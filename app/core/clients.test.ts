/** A desktop's own requests: from the outbox to an answer, exactly once. */
import { expect, test } from 'vitest';
import { type Script, settled, stage } from '../sim/script.ts';
import { presets } from './config.ts';
import { messageSchema, signedSchema } from './frames.ts';
import { decode, encode } from './schema.ts';
import { sent, type Solo, solo } from './test/solo.ts';

const submit = (requestId: string) => ({ kind: 'submit', requestId, body: `{"type":"count","no":"${requestId}"}` }) as const;
const answered = (s: Script): boolean => s.world.clients.pending.length === 0;

const assembled = (desks: number): Script => settled(desks, 500);

test('[Q1] a request leaves when it is on disk, and again until it is answered', () => {
  const s = solo(1);
  s.heartbeat(3);
  s.slowDisk = true;
  expect(sent(s.give(submit('a')), 'submit')).toEqual([]);
  expect(sent(s.sync(), 'submit')).toHaveLength(1);
  let more = 0;
  for (let i = 0; i < 6; i++) {
    s.heartbeat(3);
    more += sent(s.wait(100), 'submit').length;
  }
  expect(more).toBeGreaterThan(1);
});

test('[Q1] without a leader a request is queued, and leaves the moment one appears', () => {
  const s = solo(1);
  s.wait(400);
  const did = s.give(submit('a'));
  expect(did.requests.map((r) => r.state)).toEqual(['sending', 'queued']);
  expect(sent(did, 'submit')).toEqual([]);
  expect(sent(s.hear(3, { type: 'coordinator', term: s.term, branch: s.branch, viewIndex: 1, previous: null }), 'submit')).toHaveLength(1);
});

test('[Q1] [C1] the same request id twice is one request', () => {
  const s = solo(1);
  s.heartbeat(3);
  s.give(submit('a'));
  expect(s.give(submit('a')).persist).toEqual([]);
  expect(s.core.info().queue).toBe(1);
});

test('[Q1] a request survives the crash of its own desktop and of the leader', () => {
  const s = assembled(3);
  const [one, three] = [s.world.desk(1), s.world.desk(3)];
  s.world.crash(three);
  s.world.clients.submit(s.world.desks, one);
  s.wait(20);
  s.world.crash(one);
  expect(s.world.clients.pending).toHaveLength(1);
  s.world.start(one);
  expect(s.until(() => answered(s), 5_000)).toBe(true);
  expect(s.world.clients.answered).toBe(1);
});

test('[Q1] the newest request that never left can be taken back; an older one keeps its number and does nothing', () => {
  const s = solo(1);
  s.wait(400);
  for (const id of ['a', 'b', 'c']) s.give(submit(id));
  expect(s.give({ kind: 'cancel', requestId: 'a' }).requests.map((r) => r.state)).toEqual(['cancelled']);
  expect(s.give({ kind: 'cancel', requestId: 'c' }).persist).toContainEqual(
    expect.objectContaining({ kind: 'outbox', remove: [3], nextSeq: 3 }),
  );
  expect(s.core.info().queue).toBe(1);
  const did = s.hear(3, { type: 'coordinator', term: s.term, branch: s.branch, viewIndex: 1, previous: null });
  expect(sent(did, 'submit')).toHaveLength(2);
  expect(s.give({ kind: 'cancel', requestId: 'b' }).requests).toEqual([]);
});

test('[Q1] [C2] what the disk knows is taken back only when the disk has forgotten it', () => {
  const s = solo(1);
  s.wait(400);
  s.give(submit('a'));
  s.slowDisk = true;
  expect(s.give({ kind: 'cancel', requestId: 'a' }).requests).toEqual([]);
  expect(s.core.takesBack('a')).toBe(true);
  // Nothing more to take back, and no new request either.
  expect(s.give({ kind: 'cancel', requestId: 'a' }).persist).toEqual([]);
  expect(s.give(submit('a')).persist).toEqual([]);
  expect(s.sync().requests).toMatchObject([{ requestId: 'a', state: 'cancelled' }]);
  expect(s.core.info().queue).toBe(0);
});

test('[Q2] [C3] a request that overtook the one before it waits for that one', () => {
  const s = solo(2);
  s.leadOpenly(1);
  const start = s.core.info().lastIndex;
  s.hear(1, { type: 'submit', bundle: s.command(1, 2), hops: 0 });
  s.wait(20);
  expect(s.core.info().lastIndex).toBe(start);
  s.hear(1, { type: 'submit', bundle: s.command(1, 1), hops: 0 });
  const did = s.ack(1, start + 1);
  expect(did.applied.map((a) => a.command.seq)).toEqual([1, 2]);
});

test('[Q2] a request that is already in the log does not enter it again', () => {
  const s = solo(2);
  s.leadOpenly(1);
  for (let i = 0; i < 3; i++) s.hear(1, { type: 'submit', bundle: s.command(1, 1), hops: 0 });
  const start = s.core.info().lastIndex;
  s.ack(1, start);
  s.hear(1, { type: 'submit', bundle: s.command(1, 1), hops: 0 });
  s.wait(20);
  expect(s.core.info().lastIndex).toBe(start);
});

test('[Q2] what its author did not sign, or a stranger asks, is refused by name', () => {
  const s = solo(2);
  s.leadOpenly(1);
  const why = (command: ReturnType<typeof s.command>): string[] =>
    sent(s.hear(1, { type: 'submit', bundle: command, hops: 0 }), 'refused').map((m) => m.code);
  expect(why(s.command(1, 1, 3))).toEqual(['BAD_SIGNATURE']);
  const stranger = solo(2);
  Object.assign(stranger.desk(1), { storeId: 'ff'.repeat(8) });
  expect(why(stranger.command(1, 1))).toEqual(['NOT_MEMBER']);
});

test('[Q2] a leader that cannot decide yet is busy and does not guess', () => {
  const s = solo(2);
  s.leadOpenly(1);
  s.mono += 300;
  s.give({ kind: 'tick' });
  expect(sent(s.hear(1, { type: 'submit', bundle: s.command(1, 1), hops: 0 }), 'refused').map((m) => m.code)).toEqual(['BUSY']);
});

test('[Q2] who is told that the leader is busy asks again after about that time, and not with the others', () => {
  const s = solo(1);
  s.heartbeat(3);
  const { id } = s.me;
  expect(sent(s.give(submit('a')), 'submit')).toHaveLength(1);
  s.hear(3, { type: 'refused', clientId: id, seq: 1, code: 'BUSY', retryMs: 400 });
  const times: number[] = [];
  for (let ms = 0; ms < 600; ms += 10) {
    s.heartbeat(3);
    if (sent(s.wait(10), 'submit').length > 0) times.push(ms);
  }
  expect(times).toHaveLength(1);
  expect(times[0]).toBeGreaterThanOrEqual(0.8 * 400 - 20);
  expect(times[0]).toBeLessThanOrEqual(1.2 * 400);
});

test('[R1] [C5] requests that arrive within the fairness window share a batch, and the leader’s own waits as long', () => {
  const s = solo(2, { intakeMs: 3 });
  s.leadOpenly(1);
  s.ack(1, s.core.info().lastIndex);
  const start = s.core.info().lastIndex;
  s.give(submit('mine'));
  expect(s.core.info().lastIndex).toBe(start);
  s.mono += 2;
  s.hear(1, { type: 'submit', bundle: s.command(1, 1), hops: 0 });
  expect(s.core.info().lastIndex).toBe(start);
  s.mono += 1;
  s.give({ kind: 'flush' });
  expect(s.core.info().lastIndex).toBe(start + 1);
  const did = s.ack(1, start + 1);
  expect(did.applied.map((a) => a.index)).toEqual([start + 1, start + 1]);
});

test('[Q3] a session that was given up is expired and its request never executed', () => {
  const s = stage(3, { maxSessions: 2 });
  const [one, two, three] = [s.world.desk(1), s.world.desk(2), s.world.desk(3)];
  s.world.found(three);
  s.world.start(two);
  s.until(() => two.core?.info().view?.voters.length === 2, 5_000);
  s.world.clients.submit(s.world.desks, three);
  s.wait(500);
  s.world.start(one);
  s.until(() => one.core?.info().view?.voters.length === 3, 5_000);
  const { answered: before } = s.world.clients;
  const { commit } = three.core?.info() ?? { commit: 0 };
  s.world.clients.submit(s.world.desks, two);
  expect(s.until(() => answered(s), 3_000)).toBe(true);
  expect(s.world.clients.answered).toBe(before);
  expect(three.core?.entryAt(commit + 1)?.type).not.toBe('batch');
});

test('[C1] [C2] every message twice: every request is executed once and answered once', () => {
  const s = assembled(3);
  s.world.net.weather = { ...s.world.net.weather, duplicate: 1 };
  for (let i = 0; i < 30; i++) {
    s.world.clients.submit(s.world.desks);
    s.wait(15);
  }
  expect(s.until(() => answered(s), 5_000)).toBe(true);
  const { answered: done, submitted, cancelled } = s.world.clients;
  expect(done).toBe(submitted - cancelled);
  expect(s.world.facts.answers.size).toBe(done);
});

test('[Q4] [C6] a read is answered when a quorum has confirmed the leader after it was asked', () => {
  const s = solo(2);
  s.leadOpenly(1);
  const did = s.give({ kind: 'read', id: 1 });
  const probe = sent(did, 'heartbeat')[0]?.probe ?? 0;
  expect(did.reads).toEqual([]);
  expect(s.heartbeatAck(1, probe - 1).reads).toEqual([]);
  expect(s.heartbeatAck(1, probe).reads).toEqual([{ id: 1, ok: true, index: s.core.info().commit }]);
});

test('[Q4] a read that nobody confirms fails in time instead of answering from old data', () => {
  const s = solo(2);
  s.leadOpenly(1);
  s.give({ kind: 'read', id: 1 });
  expect(s.wait(2_200).reads).toEqual([{ id: 1, ok: false, index: s.core.info().applied }]);
});

test('[Q1] a bundle is bounded in bytes, so that long words in any script still reach the disk', () => {
  const s = solo(1);
  s.heartbeat(3);
  s.slowDisk = true;
  s.give(submit('first'));
  const body = JSON.stringify({ type: 'note', text: '\u6f22'.repeat(2_000) });
  for (let i = 0; i < 8; i++) s.give({ kind: 'submit', requestId: `long-${i}`, body });
  s.slowDisk = false;
  const did = s.sync();
  for (let i = 0; i < 8; i++) did.persist.push(...s.wait(10).persist);
  const sealed = did.persist.flatMap((p) => (p.kind === 'outbox' ? p.put : []));
  expect(sealed.length).toBeGreaterThan(1);
  for (const record of sealed) expect(decode(signedSchema, encode(signedSchema, record.bundle)).ok).toBe(true);
});

test('[Q1] [W2] the longest text a command may have fits into every message, and is not kept beside its result', () => {
  const s = solo(2);
  s.leadOpenly(1);
  const body = JSON.stringify({ type: 'count', no: 'x'.repeat(23_970) });
  const did = s.give({ kind: 'submit', requestId: 'long', body });
  const told = [...sent(did, 'seq'), ...sent(s.sync(), 'seq'), ...sent(s.wait(10), 'seq')];
  const full = told.filter(({ entries }) => entries.some(({ type }) => type === 'batch'));
  expect(full.length).toBeGreaterThan(0);
  for (const frame of full) {
    const bytes = encode(messageSchema, { from: s.me.id, boot: 1, lamport: 1, clock: [], frame });
    expect(decode(messageSchema, bytes).ok).toBe(true);
    expect(bytes.length).toBeLessThan(presets.lan.messageBytes);
  }
  const { applied, requests } = s.ack(1, s.core.info().lastIndex);
  expect(applied.map(({ command }) => command.body)).toEqual([body]);
  expect(requests).toMatchObject([{ requestId: 'long', state: 'done', body }]);
  expect(s.core.resultOf('long')).toMatchObject({ result: { ok: true }, command: { requestId: 'long', body: '' } });
});

const MADE_UP: readonly (readonly number[])[] = [
  [Number.MAX_SAFE_INTEGER, 7],
  ...Array.from({ length: 63 }, (_, i) => [1 + i, Number.MAX_SAFE_INTEGER]),
];

/** Can the others read what this desktop says now? */
function isHeard(s: Solo): boolean {
  const to = s.desk(3).id;
  const { lamport, clock } = s.core.envelope(to);
  const message = { from: s.me.id, boot: 1, lamport, clock, frame: { type: 'ping', seq: 1 } } as const;
  return decode(messageSchema, encode(messageSchema, message)).ok;
}

test('[W2] [W3] counts that a member made up do not silence who hears them', () => {
  const s = solo(1);
  const frame = { type: 'ping', seq: 1 } as const;
  const from = s.desk(3).id;
  s.give({ kind: 'message', message: { from, boot: 9, lamport: Number.MAX_SAFE_INTEGER, clock: MADE_UP, frame } });
  const fresh = Array.from({ length: 64 }, (_, i) => [1_000 + i, 1]);
  s.give({ kind: 'message', message: { from, boot: 9, lamport: 1, clock: fresh, frame } });
  s.wait(50);
  expect(isHeard(s)).toBe(true);
});

test('[W2] [W3] nor do counts in a command, which every desktop executes', () => {
  const s = solo(1);
  s.leadOpenly(3);
  s.hear(2, { type: 'submit', hops: 0, bundle: s.command(2, 1, 2, MADE_UP) });
  s.wait(20);
  s.ack(3, s.core.info().lastIndex);
  s.wait(20);
  expect(s.core.hasExecuted(s.desk(2).id, s.desk(2).storeId, 1)).toBe(true);
  s.give(submit('a'));
  expect(isHeard(s)).toBe(true);
});
