/** What a desktop tells about itself and its market, and what it keeps to itself. */
import { expect, test } from 'vitest';
import { createService, type Service } from './service.ts';
import { type FakePeer, fakePeer, fakeTimers, JOIN_CODE, START_MS } from './testing/fakePeer.ts';

function setUp(): { peer: FakePeer; service: Service } {
  const peer = fakePeer();
  return { peer, service: createService(peer, { timers: fakeTimers().timers, wallNow: () => START_MS }) };
}

test('[U28] a report names its six files; join code and token are in none of them, names only when wanted', async () => {
  const { peer, service } = setUp();
  peer.addEvent('joinRefused', { why: `wrong code ${JOIN_CODE}` });
  const open = await service.call('report', {});
  const masked = await service.call('report', { maskNames: true });
  if (!open.ok || !masked.ok) throw new Error('no report');
  expect(open.value.files.map((file) => file.name)).toEqual([
    'about.json',
    'settings.json',
    'doctor.txt',
    'network.json',
    'events.txt',
    'peer.log',
  ]);
  const textOf = (report: typeof open.value): string => report.files.map((file) => file.text).join('\n');
  expect(textOf(open.value)).toContain('Desk-5');
  expect(textOf(open.value)).not.toContain(JOIN_CODE);
  expect(textOf(open.value)).toContain('wrong code •••••');
  expect(textOf(masked.value)).not.toMatch(/Desk-\d|Room 1/);
});

test('[U28] an invitation holds the code, the link does not', async () => {
  const { service } = setUp();
  const asked = await service.call('invitation', {});
  expect(asked).toMatchObject({ ok: true, value: { market: 'Room 1', code: JOIN_CODE } });
  expect(asked.ok && asked.value.link).toBe('tradepost://join?market=Room%201&address=127.0.0.1%3A47101');
});

test('[U29] a change of the market’s rules is a request like any other, in basis points', async () => {
  const { service, peer } = setUp();
  expect(await service.call('market.rules', { commissionPercent: 2.5, preset: 'lan' })).toMatchObject({
    ok: true,
    value: { state: 'refused', code: 'NOT_OPERATOR' },
  });
  expect(peer.requests()[0]?.command).toEqual({ type: 'market.rules', commissionBps: 250, preset: 'lan' });
});
