import { expect, test } from 'vitest';
import { href, parseRoute } from './route.ts';

test('[U6] every address leads to a page; what is unknown leads to the market', () => {
  expect(parseRoute('#/auctions/lot/a%2Fb')).toEqual({ page: 'auctions', rest: ['lot', 'a/b'] });
  expect(parseRoute(href('auctions', 'lot', 'a/b'))).toEqual({ page: 'auctions', rest: ['lot', 'a/b'] });
  for (const hash of ['', '#', '#/', '#/nowhere', '#/__proto__', '#/%E0%A4%A']) expect(parseRoute(hash).page).toBe('market');
});
