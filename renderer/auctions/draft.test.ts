import { expect, test } from 'vitest';
import { moneyOf } from '../format/useMoney.ts';
import { complete, draftParams, emptyDraft, reserveProblem, rulesSentence } from './draft.ts';

const money = moneyOf('EUR', 2);
const helmet = { ...emptyDraft, name: ' Roman helmet ', startPrice: '20', reserve: '30', increment: '1,50' };

test('[U9] the preview states the rules in words', () => {
  expect(rulesSentence(helmet, 'Roman helmet', money)).toBe(
    '1 × Roman helmet: bidding starts at €20.00; each bid must be at least €1.50 higher. ' +
      'It sells to the highest bid, but not below €30.00. It runs for 2 min from now. ' +
      'A bid in the last 10 s moves the end to 10 s after it, at most 2 min in all. ' +
      'Of equal bids the earliest entry wins. The clock stops while no bid can be accepted.',
  );
});

test('[U9] only a complete and unambiguous auction can be started', () => {
  expect(complete(helmet, money)).toBe(true);
  for (const wrong of [
    { name: ' ' },
    { startPrice: '' },
    { startPrice: '1,234' },
    { quantity: '0' },
    { increment: 'abc' },
    { reserve: '19' },
  ]) {
    expect(complete({ ...helmet, ...wrong }, money), JSON.stringify(wrong)).toBe(false);
  }
  expect(reserveProblem({ ...helmet, reserve: '19.99' }, money)).toBe('The reserve is below the start price.');
});

test('[U9] what is sent is what was typed, without what was left empty', () => {
  expect(draftParams({ ...helmet, reserve: '', softCloseMs: 0 })).toEqual({
    name: 'Roman helmet',
    source: 'new',
    quantity: 1,
    startPrice: '20',
    increment: '1,50',
    durationMs: 120_000,
    softCloseMs: 0,
    softCloseMaxMs: 0,
    start: 'now',
  });
  expect(draftParams({ ...helmet, itemId: 'i7' })).toMatchObject({ itemId: 'i7', source: 'stock' });
});
