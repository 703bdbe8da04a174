/** Bundles of requests to hosts: what they hold, whose they are, how large they get. */
import { expect, test } from 'vitest';
import { cheapCrypto, peerIdOf } from '../../sim/cheapCrypto.ts';
import type { Member, PodRequest, View } from '../frames.ts';
import { authorOf, fitting, isSignedBy, MAX_REQUESTS, openRequests, requestOf, sealRequests } from './bundle.ts';

const KEY = 'ab'.repeat(32);
const me: Member = {
  peerId: peerIdOf(KEY),
  memberNo: 3,
  storeId: '0'.repeat(16),
  publicKey: KEY,
  name: 'Desk-3',
  address: '',
  priority: 100,
};
const view: View = { viewNo: 1, voters: [me], anchor: null, old: null, observers: [], removed: [], nextMemberNo: 4, forks: [] };

function request(seq: number, change: Partial<PodRequest> = {}): PodRequest {
  return { podId: 'lot-1', clientId: me.peerId, storeId: me.storeId, memberNo: 3, seq, prev: seq - 1, body: `{"n":${seq}}`, ...change };
}

test('[P4] a bundle gives back what was signed, also for several lots, each by its place', () => {
  const requests = [request(1), request(2, { podId: 'lot-2' }), request(3)];
  const bundle = sealRequests(cheapCrypto(KEY), requests);
  expect(openRequests(bundle)).toEqual(requests);
  expect(requestOf({ bundle, item: 1 })).toEqual(requests[1]);
  expect(requestOf({ bundle, item: 3 })).toBeUndefined();
});

test('[P1] a bundle counts only as its author signed it', () => {
  const bundle = sealRequests(cheapCrypto(KEY), [request(1)]);
  expect(isSignedBy(cheapCrypto(KEY), me, bundle)).toBe(true);
  const forged = sealRequests(cheapCrypto('cd'.repeat(32)), [request(1)]);
  expect(isSignedBy(cheapCrypto(KEY), me, forged)).toBe(false);
  expect(isSignedBy(cheapCrypto(KEY), me, { ...bundle, signed: forged.signed.slice(1) })).toBe(false);
});

test('[P4] requests of two authors, or under the number of another member, are nobody\u2019s', () => {
  const crypto = cheapCrypto(KEY);
  expect(openRequests(sealRequests(crypto, [request(1), request(2, { clientId: 'f'.repeat(32) })]))).toBeNull();
  expect(openRequests(sealRequests(crypto, [request(1), request(2, { memberNo: 4 })]))).toBeNull();
  expect(openRequests(sealRequests(crypto, []))).toBeNull();
  expect(openRequests({ signed: new Uint8Array([1, 2, 3]), signature: new Uint8Array(64) })).toBeNull();
  expect(authorOf(view, request(1))).toBe(me);
  expect(authorOf(view, request(1, { memberNo: 4 }))).toBeUndefined();
});

test('[P4] a bundle stays small, and holds at least one request', () => {
  expect(fitting(Array.from({ length: 20 }, () => '{}'))).toBe(MAX_REQUESTS);
  expect(fitting(['x'.repeat(2_000), 'x'.repeat(900), 'x'.repeat(200)])).toBe(2);
  expect(fitting(['x'.repeat(4_000), '{}'])).toBe(1);
});
