import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIRST_GUEST_PADDLE, LAST_GUEST_PADDLE } from '../../shared/guests.ts';
import { maskOf, mayName, paddleNo, publicName } from './bidders.ts';
import { Desk } from './fixture.ts';

test('[M11] in any market no two members have the same paddle, and none has one that a guest can have', () => {
  fc.assert(
    fc.property(fc.string(), (marketId) => {
      const paddles = Array.from({ length: 400 }, (_, i) => paddleNo(marketId, i + 1));
      expect(new Set(paddles).size).toBe(400);
      expect(paddles.filter((no) => no >= FIRST_GUEST_PADDLE && no <= LAST_GUEST_PADDLE)).toEqual([]);
      expect(Math.min(...paddles)).toBeGreaterThan(0);
    }),
  );
});

test('[M11] the paddle is not the member number, which stands beside names elsewhere', () => {
  const same = Array.from({ length: 100 }, (_, i) => i + 1).filter((no) => paddleNo('Room 1', no) === no);
  expect(same).toEqual([]);
});

test.each([
  ['Anna Berg', 'A***g'],
  ['Desk-1', 'D***1'],
  ['X', 'X***X'],
  ['🦊 fox', '🦊***x'],
  ['', '***'],
])('[M11] %s is masked as %s', (name, mask) => {
  expect(maskOf(name)).toBe(mask);
});

/** Desks p1 to p5; p1 is the operator, p2 sells, a guest has paddle 101. */
function room(bidders?: 'names' | 'paddles' | 'masked'): Desk {
  const desk = new Desk({ creator: 'p1' });
  desk.ok('p1', { type: 'guest.add', name: 'Anna Berg' });
  if (bidders !== undefined) desk.ok('p1', { type: 'market.rules', bidders });
  return desk;
}
const shown = (desk: Desk, ...who: string[]): string[] => who.map((id) => publicName(desk.market.state, id));

test('[M11] by the rule bidders are names, paddles, or masks; a guest is its paddle where names are hidden', () => {
  expect(shown(room(), 'p3', 'guest-101')).toEqual(['Desk-3', '#101 Anna Berg']);
  const paddles = room('paddles');
  expect(shown(paddles, 'p3', 'guest-101')).toEqual([`#${paddleNo(paddles.market.state.genesis.marketId, 3)}`, '#101']);
  expect(shown(room('masked'), 'p3', 'guest-101')).toEqual(['D***3', '#101']);
  const desk = room('paddles');
  desk.ok('p1', { type: 'market.rules', bidders: 'names' });
  expect(shown(desk, 'p3')).toEqual(['Desk-3']);
});

test('[M11] a new name changes no paddle; masks that look the same are told apart by it, and the earlier member keeps its mask', () => {
  const desk = room('masked');
  const before = shown(desk, 'p3');
  desk.ok('p4', { type: 'profile.set', name: 'Dora 3' });
  const [first, second] = shown(desk, 'p3', 'p4');
  expect(first).toBe(before[0]);
  expect(second).toBe(`D***3 #${paddleNo(desk.market.state.genesis.marketId, 4)}`);
  desk.ok('p1', { type: 'market.rules', bidders: 'paddles' });
  const paddle = shown(desk, 'p4');
  desk.ok('p4', { type: 'profile.set', name: 'Emil' });
  expect(shown(desk, 'p4')).toEqual(paddle);
});

test.each([
  ['names', 'p5', true],
  ['paddles', 'p5', false],
  ['masked', 'p5', false],
  ['masked', 'p1', true],
  ['masked', 'p2', true],
  ['masked', 'p3', true],
] as const)('[M11] with %s %s may read the name of p3 who bid on a lot of p2: %s', (rule, viewer, may) => {
  expect(mayName(room(rule).market.state, viewer, 'p2', 'p3')).toBe(may);
});
