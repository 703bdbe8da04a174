import { expect, test } from 'vitest';
import { csvText, isoTime } from './csv.ts';

test('[U35] a field with a comma, a quote, a line end or a space at its ends is quoted', () => {
  const rows = [['plain', 'a,b', 'say "so"', 'two\nlines', ' wide ', 3]];
  expect(csvText(['a', 'b', 'c', 'd', 'e', 'f'], rows)).toBe('a,b,c,d,e,f\r\nplain,"a,b","say ""so""","two\nlines"," wide ",3');
});

test('[U35] nothing is run as a formula, and a negative number stays a number', () => {
  expect(csvText(['x'], [['=1+1'], ['@SUM(A1)'], ['-2.50'], ['-x'], [-5]])).toBe("x\r\n'=1+1\r\n'@SUM(A1)\r\n-2.50\r\n'-x\r\n-5");
  expect(isoTime(0)).toBe('1970-01-01T00:00:00.000Z');
});
