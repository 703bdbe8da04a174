import { expect, test } from 'vitest';
import { sceneOf } from '../test/scenes.ts';
import { badRowsText, readCsv, toCsv } from './csv.ts';

test('[U26] what is exported can be imported again', () => {
  const stock = sceneOf('busy').stock.filter((row) => row.owner.peerId === 'p1');
  const { ready, bad } = readCsv(toCsv(stock));
  expect(bad).toEqual([]);
  expect(ready.map(({ name, quantity, lowLevel }) => [name, quantity, lowLevel])).toEqual(
    stock.map((row) => [row.name, row.onHand, row.lowLevel]),
  );
});

test('[U26] every wrong row says what is wrong with it, the others stay ready', () => {
  const { ready, bad } = readCsv('Name;Quantity;Low level\nsalt;10;2\nboar;ten;0\n;5;0\nsalt;1;0\nfish;3;x\n');
  expect(ready).toEqual([{ row: 2, name: 'salt', description: '', quantity: 10, lowLevel: 2 }]);
  expect(badRowsText(bad)).toBe(
    "row 3 quantity 'ten' is not a number; row 4 has no name; row 5 names salt a second time; row 6 low level 'x' is not a number",
  );
});

test('[U26] a file without the column for names is refused as a whole', () => {
  expect(readCsv('a,b\n1,2').ready).toEqual([]);
  expect(badRowsText(readCsv('').bad)).toContain('name');
});

test('[U26] a spreadsheet does not run an exported name as a formula', () => {
  const [row] = sceneOf('busy').stock;
  expect(toCsv([{ ...row!, name: '=1+1' }])).toContain("'=1+1");
});
