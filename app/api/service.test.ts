/** The service over a real market: what people ask, what they are told. */
import { expect, test } from 'vitest';
import { apiError, methodNames, methods } from '../../shared/contract.ts';
import { createService, type Service } from './service.ts';
import { desk, type FakePeer, fakePeer, fakeTimers, START_MS } from './testing/fakePeer.ts';

function setUp(): { peer: FakePeer; service: Service; run: (ms: number) => void } {
  const peer = fakePeer();
  const { timers, run } = fakeTimers();
  return { peer, service: createService(peer, { timers, wallNow: () => START_MS }), run };
}

/** Desk-2 offers salt; gives the item id. */
function offerSalt(peer: FakePeer, quantity = 10): string {
  const result = peer.apply(desk(2), { type: 'offer.place', name: 'salt', price: 1_000, quantity });
  return result.ok ? String(result.data['itemId']) : '';
}

function auctionHelmet(peer: FakePeer): string {
  const result = peer.apply(desk(2), {
    type: 'auction.create',
    name: 'Roman helmet',
    kind: 'open',
    startPrice: 2_000,
    increment: 100,
    reserve: 3_000,
    durationMs: 120_000,
    softCloseMs: 10_000,
    softCloseMaxMs: 120_000,
    start: 'now',
  });
  return result.ok ? String(result.data['lotId']) : '';
}

async function sentence(service: Service, lotId: string): Promise<string> {
  const lot = await service.call('auction', { lotId });
  return lot.ok ? lot.value.value.sentence : lot.error.message;
}

test('every method of the contract answers with a value of its schema, or with a code and a sentence', async () => {
  const { peer, service } = setUp();
  const itemId = offerSalt(peer);
  const lotId = auctionHelmet(peer);
  const samples: Record<string, unknown> = {
    'ledger': { itemId },
    'item': { itemId },
    'receipt': { ref: 'order-1' },
    'receipt.verify': { document: '{}' },
    'receipt.ask': { ref: 'order-1' },
    'auction': { lotId },
    'request': { requestId: crypto.randomUUID() },
    'market.create': { name: 'Room 2' },
    'market.join': { name: 'Room 2' },
    'desk.rename': { name: 'Ann' },
    'peers.add': { address: '127.0.0.1:9' },
    'peers.evict': { peerId: desk(2) },
    'trouble.dismiss': { code: 'EVICTED' },
    'item.create': { name: 'fish', quantity: 3 },
    'item.edit': { itemId, lowLevel: 2 },
    'picture': { itemId },
    'item.picture': { itemId, picture: null },
    'offer.place': { name: 'fish', price: '2', quantity: 1 },
    'market.operator': { peerId: desk(2) },
    'offer.withdraw': { offerId: 'offer-9' },
    'order.buy': { itemId, quantity: 1 },
    'guest.rename': { paddle: 101, name: 'Anna' },
    'stock.in': { itemId, quantity: 1 },
    'stock.out': { itemId, quantity: 1 },
    'stock.adjust': { itemId, delta: 1, reason: 'count' },
    'stock.count': { rows: [{ itemId, counted: 3 }], reason: 'count' },
    'account.credit': { peerId: desk(1), amount: '5', reason: 'gift' },
    'auction.create': { name: 'vase', startPrice: '1', durationMs: 5_000 },
    'auction.start': { lotId },
    'auction.join': { lotId },
    'auction.bid': { lotId, amount: '20' },
    'auction.cancel': { lotId, reason: 'broken' },
    'auction.resume': { lotId },
    'auction.publish': { lotId },
    'auction.autobid': { lotId, amount: '20' },
    'auction.buyNow': { lotId },
    'auction.void': { lotId, reason: 'broken' },
    'auction.pause': { lotId },
    'auction.extend': { lotId, byMs: 5_000 },
    'auction.close': { lotId },
    'auction.confirm': { lotId },
    'auction.reopen': { lotId, byMs: 5_000 },
    'auction.relist': { lotId },
    'desk.reset': { name: 'Desk-1' },
    'watch': { lotId, on: true },
    'bot.start': { kind: 'buyer' },
    'bot.stop': { id: 'bot-1' },
    'settle.pay': { debtor: desk(2), creditor: desk(1), amount: '1' },
    'request.cancel': { requestId: crypto.randomUUID() },
    'fault.crash': { target: 'leader' },
    'leader.continueAlone': {},
    'divergence.replay': { requestId: crypto.randomUUID() },
  };
  const answered: string[] = [];
  for (const method of methodNames) {
    const outcome = await service.callUnknown(method, samples[method] ?? {});
    const schema = outcome.ok ? methods[method].result : apiError;
    expect(schema.safeParse(outcome.ok ? outcome.value : outcome.error).error, method).toBeUndefined();
    if (!outcome.ok) answered.push(`${method} ${outcome.error.code}`);
  }
  expect(answered).toEqual([
    'request REQUEST_NOT_FOUND',
    'receipt SALE_NOT_FOUND',
    'peers.add NO_ANSWER',
    'request.cancel REQUEST_NOT_FOUND',
    'leader.continueAlone CANNOT_CONTINUE_ALONE',
    'divergence.replay REQUEST_NOT_FOUND',
  ]);
});

test('unknown methods and wrong parameters are refused and nothing is submitted', async () => {
  const { peer, service } = setUp();
  const bad: readonly (readonly [unknown, unknown, string])[] = [
    ['nope', {}, 'UNKNOWN_METHOD'],
    ['__proto__', {}, 'UNKNOWN_METHOD'],
    ['constructor', {}, 'UNKNOWN_METHOD'],
    [null, {}, 'UNKNOWN_METHOD'],
    ['order.buy', null, 'BAD_REQUEST'],
    ['order.buy', [], 'BAD_REQUEST'],
    ['order.buy', { itemId: 'item-1', quantity: '5' }, 'BAD_REQUEST'],
    ['order.buy', { itemId: 'item-1', quantity: 0 }, 'BAD_REQUEST'],
    ['order.buy', { itemId: 'item-1', quantity: 1, extra: 1 }, 'BAD_REQUEST'],
    ['status', { extra: 1 }, 'BAD_REQUEST'],
    ['auction.bid', { lotId: 'lot-1', amount: 45 }, 'BAD_REQUEST'],
    ['order.buy', { itemId: 'item-1', quantity: 1, requestId: 'abc' }, 'BAD_REQUEST'],
  ];
  for (const [method, params, code] of bad) {
    const outcome = await service.callUnknown(method, params);
    expect(outcome.ok ? 'accepted' : outcome.error.code).toBe(code);
  }
  expect(peer.requests()).toEqual([]);
});

test('[A4] amounts are read with the market’s decimals, and what is ambiguous is asked back', async () => {
  const { service } = setUp();
  const price = async (typed: string): Promise<string> => {
    const outcome = await service.call('offer.place', { name: 'salt', price: typed, quantity: 1 });
    return outcome.ok ? (outcome.value.text ?? '') : outcome.error.message;
  };
  expect(await price('1,234')).toBe('Is 1,234 one thousand or one point two? Type 1234 or 1.23.');
  expect(await price('abc')).toBe('Enter an amount like 45 or 45.50.');
  expect(await price('45,5')).toBe('Offered 1 × salt at €45.50.');
});

test('[A2] a purchase is told to buyer, seller and ledger in the words of the script', async () => {
  const { peer, service } = setUp();
  const itemId = offerSalt(peer);
  const bought = await service.call('order.buy', { itemId, quantity: 5 });
  expect(bought).toMatchObject({
    ok: true,
    value: { state: 'accepted', summary: 'Buy 5 × salt', text: 'Bought 5 × salt from Desk-2 for €50.00.' },
  });
  const items = await service.call('items', {});
  expect(items).toMatchObject({
    ok: true,
    value: { value: [{ name: 'salt', available: 5, buyable: 5, myStock: 5, priceFrom: { minor: 1_000, text: '10.00' } }] },
  });
  const ledger = await service.call('ledger', { itemId, owner: desk(2) });
  expect(ledger).toMatchObject({ ok: true, value: { value: [{ change: -5, balance: 5, reason: 'Sale #1 to Desk-1' }, { change: 10 }] } });
  const balance = await service.call('balance', {});
  expect(balance).toMatchObject({ ok: true, value: { value: { me: { balance: { minor: -5_000, text: '-50.00' } } } } });
  const notices = await service.call('notices', {});
  expect(notices.ok && notices.value[0]?.text).toBe('Bought 5 × salt from Desk-2 for €50.00.');
});

test('[U43] a watched lot that ends soon stands among the news, the newest first', async () => {
  const { peer, service } = setUp();
  offerSalt(peer);
  const said = { lotId: 'lot-7', title: 'Menhir', seconds: 60, entry: 3, seen: false };
  peer.apply(desk(5), { type: 'account.credit', peerId: desk(1), amount: 100, reason: 'start' });
  const at = peer.core()?.logTimeNow ?? 0;
  peer.addEnding({ ...said, at: at + 1 });
  const notices = await service.call('notices', {});
  expect(notices).toMatchObject({
    ok: true,
    value: [{ kind: 'ending', ref: 'lot-7', seen: false, text: 'Ending soon: Menhir, 60 s left.' }, { kind: 'credited' }],
  });
});

test('one item with all that is known of it; a count without a book means the book as it is', async () => {
  const { peer, service } = setUp();
  const itemId = offerSalt(peer);
  await service.call('stock.in', { itemId, quantity: 4 });
  const counted = await service.call('stock.count', { rows: [{ itemId, counted: 3 }], reason: 'spring' });
  expect(counted).toMatchObject({ ok: true, value: { state: 'accepted', text: 'Counted: 1 of 1 differ, 0 found and 1 missing.' } });
  const lot = peer.apply(desk(2), {
    type: 'auction.create',
    kind: 'dutch',
    itemId,
    startPrice: 500,
    floorPrice: 100,
    dropBy: 100,
    dropEveryMs: 1_000,
    start: 'draft',
    source: 'new',
  });
  expect(lot).toMatchObject({ ok: true });
  peer.apply(desk(1), {
    type: 'auction.create',
    kind: 'dutch',
    itemId,
    startPrice: 500,
    floorPrice: 100,
    dropBy: 100,
    dropEveryMs: 1_000,
    start: 'now',
  });
  const found = await service.call('item', { itemId });
  expect(found).toMatchObject({ ok: true, value: { value: { item: { name: 'salt' }, maker: { name: 'Desk-2' } } } });
  if (!found.ok) return;
  const { stock, ledger, lots } = found.value.value;
  expect(stock.map((row) => [row.owner.name, row.onHand, row.maker.name])).toEqual([
    ['Desk-1', 3, 'Desk-2'],
    ['Desk-2', 11, 'Desk-2'],
  ]);
  expect(ledger.map((row) => row.change).slice(-3)).toEqual([-1, 4, 10]);
  // The draft of another desktop is nobody's business.
  expect(lots.map((one) => [one.kind, one.state, one.seller.name])).toEqual([['dutch', 'live', 'Desk-1']]);
  expect(await service.call('item', { itemId: 'item-9' })).toMatchObject({ ok: false, error: { code: 'ITEM_NOT_FOUND' } });
});

test('[A4] a refusal of the market is a result with its code and its sentence', async () => {
  const { peer, service } = setUp();
  const itemId = offerSalt(peer, 5);
  const refused = await service.call('order.buy', { itemId, quantity: 6 });
  expect(refused).toMatchObject({
    ok: true,
    value: { state: 'refused', code: 'INSUFFICIENT', text: 'Only 5 × salt are available. Buy 5?', details: { available: 5 } },
  });
});

test('repeating a requestId gives the first result and buys once', async () => {
  const { peer, service } = setUp();
  const itemId = offerSalt(peer);
  const requestId = crypto.randomUUID();
  const first = await service.call('order.buy', { itemId, quantity: 2, requestId });
  const again = await service.call('order.buy', { itemId, quantity: 2, requestId });
  expect(again).toEqual(first);
  expect(peer.market()?.state.orders).toHaveLength(1);
});

test('[A5] the sentence of a lot follows the bidding as each desktop sees it', async () => {
  const { peer, service } = setUp();
  const lotId = auctionHelmet(peer);
  expect(await sentence(service, lotId)).toBe('Live. Reserve not met');
  await service.call('auction.bid', { lotId, amount: '20' });
  expect(await sentence(service, lotId)).toBe('You are winning at €20.00');
  peer.apply(desk(3), { type: 'auction.bid', lotId, amount: 3_000 });
  expect(await sentence(service, lotId)).toBe('Outbid: Desk-3 leads with €30.00');
  const low = await service.call('auction.bid', { lotId, amount: '30.50' });
  expect(low.ok && low.value.text).toBe('Not accepted: Desk-3 already leads with €30.00. The next bid is €31.00.');
  peer.advance(115_000);
  await service.call('auction.bid', { lotId, amount: '41' });
  const lot = await service.call('auction', { lotId });
  expect(lot).toMatchObject({
    ok: true,
    value: {
      value: {
        extended: 1,
        endsAt: START_MS + 125_000,
        reserveMet: true,
        nextBid: { text: '42.00' },
        bids: [{ state: 'winning' }, { state: 'outbid' }, { state: 'outbid' }],
      },
    },
  });
  peer.advance(10_001);
  expect(await sentence(service, lotId)).toBe('Closing, checking the last bids…');
  peer.system({ type: 'close', lotId });
  expect(await sentence(service, lotId)).toBe('Sold to Desk-1 for €41.00');
});

test('[A7] without a leader clocks stand still, bids queue and say so', async () => {
  const { peer, service } = setUp();
  const lotId = auctionHelmet(peer);
  peer.advance(79_000);
  peer.set({ leader: null, role: 'electing', stoppedAt: START_MS + 79_000 });
  peer.advance(5_000);
  expect(await sentence(service, lotId)).toBe('Paused: electing a leader (clock stopped at 00:41)');
  peer.mode = 'queued';
  const bid = await service.call('auction.bid', { lotId, amount: '45' });
  expect(bid).toMatchObject({ ok: true, value: { state: 'queued', code: 'NO_LEADER' } });
  expect(await sentence(service, lotId)).toBe('Queued: no leader right now. It will be sent first when one is elected.');
  const lot = await service.call('auction', { lotId });
  expect(lot).toMatchObject({ ok: true, value: { value: { state: 'paused', clockStoppedRemainingMs: 41_000 } } });
});

test('[A9] without a majority the status says how many are reachable', async () => {
  const { peer, service } = setUp();
  const peers = peer.core()?.peers.map((one) => (Number(one.peerId) > 2 ? { ...one, state: 'failed' as const } : one)) ?? [];
  peer.set({ peers, quorate: false, leader: null });
  const status = await service.call('status', {});
  expect(status).toMatchObject({
    ok: true,
    value: {
      trading: { ok: false, code: 'NO_MAJORITY', text: 'Only 2 of 5 desktops reachable. You can look, but not buy or bid.' },
      desktops: { reachable: 2, total: 5, majority: 3 },
    },
  });
});

test('a crashed desktop and one without a market refuse writes before they reach the outbox', async () => {
  const { peer, service } = setUp();
  peer.setPhase('crashed');
  const crashed = await service.call('item.create', { name: 'salt' });
  expect(crashed).toMatchObject({
    ok: false,
    error: { code: 'THIS_CRASHED', message: 'This desktop is simulating a crash. It sends and receives nothing.' },
  });
  peer.setInMarket(false);
  const none = await service.call('item.create', { name: 'salt' });
  expect(none).toMatchObject({ ok: false, error: { code: 'NO_MARKET' } });
  expect(peer.requests()).toEqual([]);
});

test('a write waits for its decision, and after its time gives the request as it stands', async () => {
  const { peer, service, run } = setUp();
  peer.mode = 'sending';
  const decided = service.call('item.create', { name: 'salt', wait: 'committed' });
  const late = service.call('item.create', { name: 'boar', timeoutMs: 500 });
  const unwaited = await service.call('item.create', { name: 'fish', wait: 'queued' });
  expect(unwaited).toMatchObject({ ok: true, value: { state: 'sending' } });
  run(500);
  expect(await late).toMatchObject({ ok: true, value: { state: 'sending', summary: 'Create boar' } });
  peer.drain();
  expect(await decided).toMatchObject({ ok: true, value: { state: 'accepted', text: 'salt created.' } });
});

test('defaults of a market and of a crash are filled in before the peer is asked', async () => {
  const { peer, service } = setUp();
  await service.call('market.create', { name: 'Room 1', currency: 'JPY', commissionPercent: 2.5 });
  await service.call('fault.crash', { target: 'leader', forMs: 30_000 });
  await service.call('fault.recover', {});
  expect(peer.calls).toEqual([
    [
      'createMarket',
      {
        name: 'Room 1',
        code: null,
        currency: 'JPY',
        decimals: 0,
        commissionBps: 250,
        preset: 'lan',
        takeover: 'never',
        availability: 'safe',
        allowNegative: true,
        faultsAllowed: true,
      },
    ],
    ['crashNow', { target: 'leader', forMs: 30_000 }],
    ['recover', 'all'],
  ]);
});

test('events read like the script, and one of an unknown kind is shown by its name', async () => {
  const { peer, service } = setUp();
  peer.addEvent('suspected', { peerId: desk(5), silentMs: 1_000 });
  peer.addEvent('failed', { peerId: desk(5), silentMs: 2_049 });
  peer.addEvent('electionStarted', { reason: 'suspect', nextTerm: 2, of: desk(5) });
  peer.addEvent('leader', { leader: desk(4), term: 2 });
  peer.addEvent('somethingNew', {});
  const events = await service.call('events', {});
  expect(events.ok && events.value.map(({ text, group }) => `${group}: ${text}`)).toEqual([
    'election: Desk-5 suspected',
    'election: Desk-5 failed (no heartbeat for 2.0 s)',
    'election: Desk-1 starts election, term 2',
    'election: Desk-4 is the new leader (term 2)',
    'system: something new',
  ]);
  const later = await service.call('events', { since: 4 });
  expect(later.ok && later.value).toMatchObject([{ seq: 5, clock: [['Desk-1', 5]] }]);
});

test('what is thrown inside becomes INTERNAL and is reported, never a rejection', async () => {
  const peer = fakePeer();
  const seen: unknown[] = [];
  const service = createService(
    {
      ...peer,
      requests: () => {
        throw new Error('broken');
      },
    },
    { onError: (error) => seen.push(error) },
  );
  const outcome = await service.call('status', {});
  expect(outcome).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  expect(seen).toHaveLength(1);
});
