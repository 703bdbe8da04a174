import { expect, test } from 'vitest';
import type { LogEntry } from '../../shared/logView.ts';
import { found, kindOf, merged } from './logRows.ts';

const entry = (no: number, text: string, kind: LogEntry['kind'] = 'batch'): LogEntry => ({
  entry: no,
  term: 1,
  at: 0,
  kind,
  hash: `${no}f3a9`,
  committed: true,
  text,
  facts: {},
  commands: [],
  more: 0,
});
const say = ({ text }: LogEntry): string => text;
const tick: LogEntry = { ...entry(4, 'Time goes on', 'system'), facts: { what: 'tick' } };
const log = [entry(3, 'Desk-1: Buy 5 × salt'), entry(2, 'Desk-5 leads term 1', 'view'), entry(1, 'The market begins', 'genesis')];

test('[U39] pages of the log are one list, newest first, each entry once', () => {
  expect(merged([entry(4, 'new'), entry(3, 'again')], log).map(({ entry: no, text }) => `${no} ${text}`)).toEqual([
    '4 new',
    '3 again',
    '2 Desk-5 leads term 1',
    '1 The market begins',
  ]);
});

test('[U39] the log is searched by words, number and digest, and filtered by kind', () => {
  const numbers = (text: string, off: LogEntry['kind'][] = []): number[] =>
    found(log, { text, off: new Set(off) }, say).map(({ entry: no }) => no);
  expect(numbers('SALT desk-1')).toEqual([3]);
  expect(numbers('#2')).toEqual([2]);
  expect(numbers('1f3a')).toEqual([1]);
  expect(numbers('', ['batch'])).toEqual([2, 1]);
  expect(numbers('boar')).toEqual([]);
});

test('[U39] the ticks of the clock are a kind of their own, which can be left out', () => {
  expect(kindOf(tick)).toBe('tick');
  expect(found([tick, ...log], { text: '', off: new Set(['tick']) }, say)).toEqual(log);
  expect(found([tick, ...log], { text: '', off: new Set(['system']) }, say)).toEqual([tick, ...log]);
});
