/** What people call goods and accounts: what might be something else is asked about. */
import { expect, test } from 'vitest';
import { createService } from '../api/service.ts';
import { desk, type FakePeer, fakePeer, START_MS } from '../api/testing/fakePeer.ts';
import { type Context, createContext } from './context.ts';
import { findAccount, findItem } from './find.ts';

function desktop(): { readonly peer: FakePeer; readonly context: Context } {
  const peer = fakePeer();
  const service = createService(peer, { wallNow: () => START_MS });
  const context = createContext(
    { profile: 'default', dataDir: undefined, desk: undefined, json: false, quiet: true, timeoutMs: 1_000 },
    { data: () => undefined, say: () => undefined, colour: false },
    async () => ({ call: (method, params) => service.call(method, params), subscribe: () => () => undefined }),
  );
  return { peer, context };
}

test('[A7] of two guests with one name, or a guest and a desktop, the command line asks whose account is meant', async () => {
  const { peer, context } = desktop();
  peer.apply(desk(5), { type: 'guest.add', name: 'desk-2' });
  const which = `Which account do you mean: guest-101 (#101 desk-2), ${desk(2)} (Desk-2)? Give its id.`;
  await expect(findAccount(context, 'Desk-2')).rejects.toThrow(which);
  peer.apply(desk(5), { type: 'guest.add', name: 'Desk-2' });
  await expect(findAccount(context, 'Desk-2')).rejects.toThrow('guest-101 (#101 desk-2), guest-102 (#102 Desk-2)');
  expect(await findAccount(context, '#102')).toBe('guest-102');
  expect(await findAccount(context, desk(2))).toBe(desk(2));
  expect(await findAccount(context, 'Desk-3')).toBe(desk(3));
});

test('[A7] part of a name is that of a guest as well as that of a desktop: money goes to neither until it is said which', async () => {
  const { peer, context } = desktop();
  peer.apply(desk(5), { type: 'guest.add', name: 'Anna Berg' });
  peer.apply(desk(5), { type: 'guest.add', name: 'Ben Kott' });
  peer.apply(desk(2), { type: 'profile.set', name: "Anna's laptop" });
  const which = `Which account do you mean: guest-101 (#101 Anna Berg), ${desk(2)} (Anna's laptop)? Give its id.`;
  await expect(findAccount(context, 'Anna')).rejects.toThrow(which);
  await expect(findAccount(context, 'anna')).rejects.toThrow(which);
  expect(await findAccount(context, 'Anna Berg')).toBe('guest-101');
  expect(await findAccount(context, 'Ben')).toBe('guest-102');
  expect(await findAccount(context, 'laptop')).toBe(desk(2));
  await expect(findAccount(context, 'nobody')).rejects.toThrow('There is no account called nobody.');
});

test('[M10] goods whose barcode is the name of other goods are not taken for them', async () => {
  const { peer, context } = desktop();
  peer.apply(desk(2), { type: 'offer.place', name: 'salt', price: 100, quantity: 5 });
  peer.apply(desk(3), { type: 'offer.place', name: 'sand', price: 100, quantity: 5, barcode: 'salt' });
  await expect(findItem(context, 'salt')).rejects.toThrow('Which item do you mean: item-2 (sand), item-1 (salt)? Give its id.');
  expect(await findItem(context, 'item-1')).toMatchObject({ name: 'salt' });
});
