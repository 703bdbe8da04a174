import { expect, test } from 'vitest';
import { without } from './black.ts';

test.each([
  ['as it is', 'Anna says hello', [['Anna', 'desktop 1']], 'desktop 1 says hello'],
  ['with a quote, inside JSON', JSON.stringify({ name: 'O"Neil' }), [['O"Neil', 'desktop 1']], '{"name":"desktop 1"}'],
  ['with a backslash, inside JSON', JSON.stringify({ code: 'a\\b' }), [['a\\b', '•']], '{"code":"•"}'],
  [
    'the longer one first',
    'Anna and Annabel',
    [
      ['Anna', 'one'],
      ['Annabel', 'two'],
    ],
    'one and two',
  ],
  ['no word at all', 'Anna', [['', 'desktop 1']], 'Anna'],
  ['replaced by what looks like a pattern', 'Anna', [['Anna', '$&$&']], '$&$&'],
] as const)('[U28] [U39] a word is taken out %s', (_how, text, words, expected) => {
  expect(without(text, words)).toBe(expected);
});
