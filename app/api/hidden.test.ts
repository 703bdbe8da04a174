/** Ways that led from what stands for a bidder back to its name, and other things that are not for everybody. This is Desk-1. */
import { expect, test } from 'vitest';
import { paddleNo } from '../market/index.ts';
import { desk } from './testing/fakePeer.ts';
import { type Room, room, terms } from './testing/room.ts';

const PADDLE = `#${paddleNo('ab'.repeat(16), 3)}`;

/** Desk-2 puts up a vase, and Zoe wins it. */
function zoeWins({ peer }: Room): void {
  peer.apply(desk(2), { type: 'auction.create', name: 'vase', kind: 'open', start: 'now', ...terms });
  peer.apply(desk(3), { type: 'auction.bid', lotId: 'lot-1', amount: 300 });
  peer.advance(61_000);
  peer.system({ type: 'close', lotId: 'lot-1' });
}

test('[M11] who orders what was sold at an auction does not learn from the refusal who won it', async () => {
  const here = room('paddles');
  zoeWins(here);
  expect(await here.value('order.buy', { itemId: 'item-1', quantity: 1 })).toMatchObject({
    code: 'OUT_OF_STOCK',
    text: `Not bought: vase sold out a moment ago (${PADDLE} was first).`,
    details: { first: PADDLE },
  });
});

test('[A7] [M11] a guest that cannot pay is refused without what it has free: with that its secret limit elsewhere could be worked out', async () => {
  const here = room('names', { debts: false });
  here.peer.apply(desk(5), { type: 'account.credit', peerId: 'guest-101', amount: 10_000, reason: 'cash' });
  here.peer.apply(desk(2), { type: 'auction.create', name: 'vase', kind: 'open', start: 'now', ...terms });
  here.peer.apply(desk(2), { type: 'auction.autobid', lotId: 'lot-1', amount: 7_300, guest: 101 });
  here.peer.apply(desk(1), { type: 'auction.create', name: 'map', kind: 'open', start: 'now', ...terms });
  const refused = await here.value('auction.bid', { lotId: 'lot-2', amount: '999', guest: 101 });
  expect(refused).toMatchObject({
    code: 'NO_COVER',
    text: '#101 Anna Berg needs €999.00 but has less free. The operator credits what is paid at the desk.',
  });
  expect(JSON.stringify(refused)).not.toMatch(/\b(2700|27\.00)\b/);
  here.peer.apply(desk(5), { type: 'market.operator', peerId: desk(1) });
  expect(await here.value('auction.bid', { lotId: 'lot-2', amount: '998', guest: 101 })).toMatchObject({
    text: '#101 Anna Berg needs €998.00 but has €27.00 free. The operator credits what is paid at the desk.',
  });
});
