import { expect, test } from 'vitest';
import { sceneOf } from '../test/scenes.ts';
import { badRowsText, ignoredText, type Market, readCsv, toCsv } from './csv.ts';
import { isOfOthers, stepsOf } from './csvRequests.ts';

const scene = sceneOf('busy');
const mine = scene.stock.filter((row) => row.owner.peerId === 'p1');
const isPrice = (text: string): boolean => /^\d+(\.\d\d)?$/.test(text);
const empty: Market = { items: [], stock: [], isPrice };

test('[U26] what is exported can be imported again, codes and the price of the own offer with it', () => {
  const { ready, bad } = readCsv(toCsv(mine, scene.items), empty);
  expect(bad).toEqual([]);
  expect(ready.map(({ name, quantity, lowLevel, sku, category, barcode }) => [name, quantity, lowLevel, sku, category, barcode])).toEqual(
    mine.map((row) => [row.name, row.onHand, row.lowLevel, row.sku, row.category, row.barcode]),
  );
  expect(ready.map(({ name, price }) => [name, price])).toContainEqual(['fish', '2.00']);
  expect(toCsv(mine, scene.items).split('\r\n')[0]).toBe('sku,name,description,price,quantity,low_level,category,barcode');
});

test('[U26] every wrong row says what is wrong with it, the others stay ready', () => {
  const { ready, bad } = readCsv('Name;Quantity;Low level\nsalt;10;2\nboar;ten;0\n;5;0\nsalt;1;0\nfish;3;x\n', empty);
  expect(ready).toEqual([
    { row: 2, name: 'salt', description: '', price: '', quantity: 10, lowLevel: 2, sku: '', category: '', barcode: '' },
  ]);
  expect(badRowsText(bad)).toBe(
    "row 3 quantity 'ten' is not a number; row 4 has no name; row 5 names salt a second time; row 6 low level 'x' is not a number",
  );
});

const faults: readonly (readonly [string, string])[] = [
  ['a,4006381333932,,', "barcode '4006381333932' has a wrong check digit"],
  ['a,036000291452,,', 'has the barcode 036000291452 of salt'],
  ['a,0036000291452,,', 'has the barcode 0036000291452 of salt'],
  ['a,,GA-430,', 'has the SKU GA-430 of your fish'],
  [`a,,${'x'.repeat(41)},`, 'SKU: more than 40 characters'],
  ['a,,,ten', "price 'ten' is not an amount"],
];
test.each(faults)('[U26] [M10] the row %s: %s', (line, why) => {
  const { ready, bad } = readCsv(`name,barcode,sku,price,quantity\n${line},1\nother,,,,1`, { items: scene.items, stock: mine, isPrice });
  expect(bad).toEqual([{ row: 2, why }]);
  expect(ready.map(({ name }) => name)).toEqual(['other']);
});

test('[U26] [M10] codes that occur twice in the file are named, and a price needs something to offer', () => {
  const text = 'name,sku,barcode,price,quantity\na,S,96385074,,1\nb,s,,,1\nc,,96385074,,1\nd,,,1.00,\n';
  expect(badRowsText(readCsv(text, empty).bad)).toBe(
    'row 3 has the SKU s a second time; row 4 has the barcode 96385074 a second time; row 5 has a price, and no quantity that could be offered',
  );
});

test('[U26] columns may have German titles; what is read from none is named, of two for the same thing the second', () => {
  const { ready, ignored } = readCsv(
    'Name;Preis;Menge;Strichcode;Artikelnummer;Beschreibung;Meldebestand;Kategorie;Farbe;;price\nVase;12.50;3;4006381333931;V-1;blau;2;Glas;x;y;1.00\n',
    empty,
  );
  expect(ready).toEqual([
    {
      row: 2,
      name: 'Vase',
      description: 'blau',
      price: '12.50',
      quantity: 3,
      lowLevel: 2,
      sku: 'V-1',
      category: 'Glas',
      barcode: '4006381333931',
    },
  ]);
  expect(ignoredText(ignored)).toBe('Farbe, price');
  expect(ignoredText(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('a, b, c, d, e, and 2 more');
  expect(readCsv(toCsv(mine, scene.items), empty).ignored).toEqual([]);
});

test('[U26] [M10] a barcode that a spreadsheet took for a number is refused, also of an item that has the right one', () => {
  const why = (barcode: string, market: Market = empty): string =>
    badRowsText(readCsv(`name;barcode\nVase;${barcode}\n`, market).bad).replace(/^row 2 /, '');
  for (const rounded of ['4.00638E+12', '4,00638e+12', '4E+12']) expect(why(rounded)).toContain('was rounded by a spreadsheet');
  for (const short of ['12345678905', '1234565', '1234558']) expect(why(short)).toContain('lost the 0 it began with');
  const has = (barcode: string): Market => ({ ...empty, items: [{ name: 'Vase', barcode }] });
  expect(why('12345678905', has('012345678905'))).toContain('lost the 0 it began with');
  // Not of a retail code, or the code it has: what is exported can be imported again.
  for (const own of ['1234567', '12345678901', '1234565E', '012345678905', '123456']) expect(why(own)).toBe('');
  expect(why('1234565', has('1234565'))).toBe('');
});

test('[U26] a file without the column for names is refused as a whole', () => {
  expect(readCsv('a,b\n1,2', empty)).toMatchObject({ ready: [], ignored: [] });
  expect(badRowsText(readCsv('', empty).bad)).toContain('name');
});

test('[U26] a spreadsheet does not run an exported name as a formula, and it comes back as it was', () => {
  const [row] = scene.stock;
  const text = toCsv([{ ...row!, name: '=1+1', sku: '@A' }], []);
  expect(text).toContain("'=1+1");
  expect(readCsv(text, empty).ready).toMatchObject([{ name: '=1+1', sku: '@A' }]);
});

test('[U26] a new row is an item, or an offer when it has a price', () => {
  const { ready } = readCsv('name,price,quantity,category,sku\na,,2,food,S\nb,3.00,4,,\n', empty);
  expect(ready.flatMap((row) => stepsOf(row, undefined))).toEqual([
    { method: 'item.create', params: { name: 'a', quantity: 2, category: 'food', sku: 'S' } },
    { method: 'offer.place', params: { name: 'b', price: '3.00', quantity: 4, source: 'new' } },
  ]);
});

test('[U26] a known row changes what is the importer’s to change, takes in, and offers', () => {
  const item = scene.items.find(({ name }) => name === 'salt')!;
  const goods = mine.find(({ name }) => name === 'salt')!;
  const [row] = readCsv('name,price,quantity,category,sku,low level\nsalt,3.00,4,Kitchen,NEW,2\n', empty).ready;
  const rest = [
    { method: 'stock.in', params: { itemId: 'salt', quantity: 4, reason: 'Stock in (CSV)' } },
    { method: 'offer.place', params: { itemId: 'salt', price: '3.00', quantity: 4, source: 'stock' } },
  ];
  const edit = (params: object) => ({ method: 'item.edit', params: { itemId: 'salt', ...params } });
  const made = { item, mine: goods, made: true };
  expect(stepsOf(row!, made)).toEqual([edit({ sku: 'NEW', category: 'Kitchen' }), ...rest]);
  const foreign = { item, mine: goods, made: false };
  expect(stepsOf(row!, foreign)).toEqual([edit({ sku: 'NEW' }), ...rest]);
  expect([isOfOthers(row!, made), isOfOthers(row!, foreign), isOfOthers(row!, undefined)]).toEqual([false, true, false]);
});
