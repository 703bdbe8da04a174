import { expect, test } from 'vitest';
import { href, parseJoin, parseRoute } from './route.ts';

test('[U6] every address leads to a page; what is unknown leads to the market', () => {
  expect(parseRoute('#/auctions/lot/a%2Fb')).toEqual({ page: 'auctions', rest: ['lot', 'a/b'] });
  expect(parseRoute(href('auctions', 'lot', 'a/b'))).toEqual({ page: 'auctions', rest: ['lot', 'a/b'] });
  for (const hash of ['', '#', '#/', '#/nowhere', '#/__proto__', '#/%E0%A4%A']) expect(parseRoute(hash).page).toBe('market');
});

test('[U6] a link to join fills a form, and nothing else is one', () => {
  expect(parseJoin('#/join/Room%201/192.168.1.23%3A47100')).toEqual({ market: 'Room 1', address: '192.168.1.23:47100' });
  expect(parseJoin('#/join/Room%201')).toEqual({ market: 'Room 1', address: '' });
  for (const hash of ['', '#/join', '#/join/', '#/market/join/x']) expect(parseJoin(hash)).toBeNull();
});
