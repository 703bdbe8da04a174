import { expect, test } from 'vitest';
import { againFor, freeProfile } from './another.ts';
import { linkAmong, placeOf } from './links.ts';
import { menuTemplate } from './menu.ts';
import { de } from './text/de.ts';
import { en } from './text/en.ts';

test.each([
  ['tradepost://lot/lot-1', '/auctions/lot/lot-1'],
  ['tradepost://item/item-9', '/market/item/item-9'],
  ['tradepost://network', '/network'],
  ['tradepost://join?market=Room%201&address=192.168.1.23:47100', '/join/Room%201/192.168.1.23%3A47100'],
  ['tradepost://join?market=Bazaar', '/join/Bazaar'],
  ['tradepost://join?market=', null],
  ['tradepost://join?market=x&address=javascript:alert(1)', null],
  ['tradepost://lot/lot-1/bid/45', null],
  ['tradepost://bid/lot-1/45', null],
  ['tradepost://user@lot/lot-1', null],
  ['tradepost://lot/%2e%2e', null],
  ['tradepost://lot/lot-1?bid=45', null],
  ['tradepost://network#/settings', null],
  ['https://lot/lot-1', null],
  ['tradepost:lot', null],
  [`tradepost://lot/${'a'.repeat(600)}`, null],
  ['', null],
])('the link %s leads to %s', (link, place) => {
  expect(placeOf(link)).toBe(place);
});

test('the first link among the words of a second start counts', () => {
  expect(linkAmong(['--profile', 'x', 'tradepost://lot/a', 'tradepost://lot/b'])).toBe('tradepost://lot/a');
  expect(linkAmong(['C:\\tradepost'])).toBeNull();
});

test('another desktop takes the next profile without data, and needs no path when packaged', () => {
  expect(freeProfile(() => '/nowhere/at/all')).toBe('desk-2');
  expect(freeProfile(() => '/')).toBeNull();
  expect(againFor('desk-2', { execPath: '/e', appPath: '/a.js', packaged: false })).toEqual(['/e', ['/a.js', '--profile', 'desk-2']]);
  expect(againFor('desk-2', { execPath: '/e', appPath: '/a.js', packaged: true })).toEqual(['/e', ['--profile', 'desk-2']]);
});

const nothing = { go: () => {}, press: () => {}, another: () => {}, dataFolder: () => {}, about: () => {}, quit: () => {} };
const labels = (template: ReturnType<typeof menuTemplate>): string[] => template.map((item) => item.label ?? '');

test('the menu stands where each system has it, in both languages', () => {
  expect(labels(menuTemplate(en, 'linux', nothing))).toEqual(['File', 'Edit', 'Go', 'Window', 'Help']);
  expect(labels(menuTemplate(de, 'darwin', nothing))).toEqual(['Tradepost', 'Datei', 'Bearbeiten', 'Gehe zu', 'Fenster', 'Hilfe']);
});
