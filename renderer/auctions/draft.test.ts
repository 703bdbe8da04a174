import { expect, test } from 'vitest';
import { moneyOf } from '../format/useMoney.ts';
import { complete, draftParams, emptyDraft, kinds, mayHaveBackups, problemsOf, startOf } from './draft.ts';
import { rulesSentence } from './preview.ts';

const money = moneyOf('EUR', 2);
const NOW = Date.UTC(2026, 0, 1);
const helmet = { ...emptyDraft, name: ' Roman helmet ', startPrice: '20', reserve: '30', increment: '1,50' };

test('[U9] the preview states the rules in words', () => {
  expect(rulesSentence(helmet, 'Roman helmet', money)).toBe(
    '1 × Roman helmet: bidding starts at €20.00; each bid must be at least €1.50 higher. ' +
      'It sells to the highest bid, but not below €30.00. It runs for 2 min from now. ' +
      'A bid in the last 10 s moves the end to 10 s after it, at most 2 min in all. ' +
      'Of equal bids the earliest entry wins. The clock stops while no bid can be accepted.',
  );
});

test('[U9] every kind has a sentence of its own, with its amounts in it', () => {
  const typed = { ...helmet, quantity: '3', floorPrice: '5', dropBy: '0.50', deposit: '2' };
  const sentences = kinds.map((kind) => rulesSentence({ ...typed, kind }, 'Menhir', money));
  expect(new Set(sentences).size).toBe(kinds.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^3 × Menhir.*€20\.00/);
  expect(sentences[1]).toContain('3 rounds of sealed bids of at least €20.00; the highest sum wins');
  expect(sentences[4]).toContain('falls by €0.50 every 5 s, down to €5.00');
});

test('[U9] only a complete and unambiguous auction can be started', () => {
  expect(complete(helmet, money, NOW)).toBe(true);
  for (const wrong of [
    { name: ' ' },
    { startPrice: '' },
    { startPrice: '1,234' },
    { quantity: '0' },
    { increment: 'abc' },
    { reserve: '19' },
    { buyNow: '25' },
    { ticks: '0' },
    { start: 'at', startAt: '2025-12-31T10:00' },
    { kind: 'dutch' },
    { kind: 'dutch', floorPrice: '20', dropBy: '1' },
    { kind: 'multi' },
    { kind: 'rounds', minBidders: '1' },
    { kind: 'rounds', rounds: '21' },
  ] as const) {
    expect(complete({ ...helmet, ...wrong }, money, NOW), JSON.stringify(wrong)).toBe(false);
  }
  expect(problemsOf({ ...helmet, reserve: '19.99' }, money, NOW)).toEqual({ reserve: 'The reserve is below the start price.' });
});

test('[U9] what is sent is what was typed, without what was left empty or belongs to another kind', () => {
  expect(draftParams({ ...helmet, reserve: '', softCloseMs: 0 })).toEqual({
    name: 'Roman helmet',
    source: 'new',
    quantity: 1,
    kind: 'open',
    startPrice: '20',
    increment: '1,50',
    autoBid: true,
    durationMs: 120_000,
    softCloseMs: 0,
    softCloseMaxMs: 0,
    start: 'now',
  });
  expect(draftParams({ ...helmet, itemId: 'i7', increment: '' })).toMatchObject({ itemId: 'i7', source: 'stock', increment: 'auto' });
  expect(draftParams({ ...helmet, kind: 'rounds', rounds: '2' })).toEqual({
    name: 'Roman helmet',
    source: 'new',
    quantity: 1,
    kind: 'rounds',
    minimum: '20',
    rounds: 2,
    minBidders: 2,
    durationMs: 120_000,
    start: 'manual',
  });
  expect(draftParams({ ...helmet, kind: 'dutch', floorPrice: '5', dropBy: '1' })).not.toHaveProperty('durationMs');
});

test('[U9] backups are sent and said where a lot can have them', () => {
  const backed = { ...helmet, backups: 2 } as const;
  expect(draftParams(backed)).toMatchObject({ backups: 2 });
  expect(draftParams(helmet)).not.toHaveProperty('backups');
  expect(rulesSentence(backed, 'Roman helmet', money)).toContain('One desktop hosts it and 2 others keep every bid as well');
  for (const other of [{ kind: 'rounds' }, { ticks: '100' }] as const) {
    expect(draftParams({ ...backed, ...other })).not.toHaveProperty('backups');
    expect(rulesSentence({ ...backed, ...other }, 'Roman helmet', money)).not.toContain('One desktop hosts it');
  }
  expect(mayHaveBackups(backed, false)).toBe(false);
});

test('[U9] sealed rounds cannot start before anybody has joined', () => {
  expect(startOf({ ...helmet, kind: 'rounds', start: 'now' })).toBe('manual');
});
