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
