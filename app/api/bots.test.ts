/** Bots over a real market: what they do at their turns, and that they stop. */
import { expect, test } from 'vitest';
import { createService } from './service.ts';
import { desk, fakePeer, fakeTimers } from './testing/fakePeer.ts';

const { timers, run } = fakeTimers();
const pass = async (ms: number): Promise<void> => {
  run(ms);
  await new Promise((resolve) => setImmediate(resolve));
};

test('an outbidder answers every bid up to its limit and says that it is a program', async () => {
  const peer = fakePeer();
  const service = createService(peer, { timers, wallNow: () => 0, random: () => 0 });
  peer.apply(desk(2), {
    type: 'auction.create',
    kind: 'open',
    name: 'vase',
    startPrice: 100,
    increment: 100,
    durationMs: 600_000,
    softCloseMs: 0,
    softCloseMaxMs: 0,
    start: 'now',
  });
  const started = await service.call('bot.start', { kind: 'outbidder', lotId: 'lot-1', limit: '3', everyMs: 1_000 });
  expect(started).toMatchObject({ ok: true, value: { id: 'bot-1', running: true } });
  await pass(1_000);
  peer.apply(desk(3), { type: 'auction.bid', lotId: 'lot-1', amount: 200 });
  await pass(1_000);
  const lot = await service.call('auction', { lotId: 'lot-1' });
  expect(lot.ok ? lot.value.value.bids.map((bid) => [bid.amount.text, bid.bot]) : []).toEqual([
    ['3.00', true],
    ['2.00', false],
    ['1.00', true],
  ]);
  peer.apply(desk(3), { type: 'auction.bid', lotId: 'lot-1', amount: 400 });
  await pass(1_000);
  expect(await service.call('bots', {})).toMatchObject({ ok: true, value: [{ running: false, text: 'Its limit is passed.', acted: 2 }] });
  expect(await service.call('bot.stop', { id: 'bot-9' })).toMatchObject({ ok: false, error: { code: 'BOT_NOT_FOUND' } });
  service.close();
});
