import { expect, test } from 'vitest';
import { noticeKind } from '../../../app/market/records.ts';
import { commandTypes } from '../../../shared/commands.ts';
import type { TextFormat } from '../../../shared/errors.ts';
import { lotKeys, lotText } from '../../../shared/lotSaid.ts';
import { kindLots, lots } from '../../test/goods.ts';
import { logEntries } from '../../test/logbook.ts';
import { eventLine } from './events.ts';
import { logEntryText } from './logEntry.ts';
import { lotRules, lotSentence, reasonText } from './lots.ts';
import { said } from './said.ts';
import { askedText, ledgerReason, noticeText, resultText } from './told.ts';

const format: TextFormat = {
  money: (minor) => `${(minor / 100).toFixed(2).replace('.', ',')} €`,
  nameOf: (id) => (id === '' ? 'niemand' : `Desk-${id.slice(1)}`),
  time: () => '14:03:10',
};
const request = {
  requestId: '00000000-0000-4000-8000-000000000001',
  seq: 1,
  summary: 'English',
  state: 'accepted' as const,
  code: null,
  text: 'English',
  details: {},
  entry: 4,
  term: 1,
  at: 0,
  concurrentWith: [],
};
const notice = { id: 'n1', entry: 1, at: 0, text: 'English', ref: 'lot-3', seen: false };
test('[U23] every sentence about a lot is German, with its facts in it', () => {
  for (const key of lotKeys) {
    const said = { key, d: { who: 'p2', minor: 4600, ms: 47_000, clock: 41_000, reason: 'zerbrochen' }, rows: [] };
    expect(lotSentence(said, format), key).not.toBe(lotText(said, format));
  }
  const outbid = { key: 'outbid' as const, d: { who: 'p2', minor: 4600 }, rows: [] };
  expect(lotSentence(outbid, format)).toBe('Überboten: Desk-2 führt mit 46,00 €');
  const paused = { key: 'pausedElecting' as const, d: { clock: 41_000 }, rows: [] };
  expect(lotSentence(paused, format)).toBe('Angehalten: Ein Leiter wird gewählt (Uhr steht bei 00:41)');
  const many = { key: 'soldMany' as const, d: {}, rows: [1, 2, 3].map((n) => ({ who: `p${n}`, minor: n * 100 })) };
  expect(lotSentence(many, format)).toBe('Verkauft an Desk-1 für 1,00 €, Desk-2 für 2,00 € und Desk-3 für 3,00 €');
  const rounds = { key: 'soldRounds' as const, d: { who: 'p3', minor: 1700, parts: '8.00 + 9.00' }, rows: [] };
  expect(lotSentence(rounds, format)).toBe('Zuschlag: Desk-3 mit zusammen 17,00 € (8,00 + 9,00)');
});

test('[U23] a reason of the market is German, one of a person stays as it was written', () => {
  const said = (reason: string) => ({ key: 'notSold' as const, d: { reason }, rows: [] });
  expect(lotSentence(said('reserve not met'), format)).toBe('Nicht verkauft: Mindestpreis nicht erreicht');
  expect(lotSentence(said(''), format)).toBe('Nicht verkauft: keine Gebote');
  expect(reasonText('broken in transport')).toBe('broken in transport');
});

test('[U23] a bound is named in German, with its number', () => {
  const limit = (text: string): string => said.refusal('LIMIT_REACHED', { limit: text }, format);
  expect(limit('1000 offers of one item')).toBe('Die Grenze ist erreicht: 1000 Angebote eines Artikels.');
  expect(limit('200 pictures')).toBe('Die Grenze ist erreicht: 200 Bilder.');
  expect(limit('amount of one bid')).toBe('Die Grenze ist erreicht: der Betrag eines Gebots.');
});

test('[U23] every kind of notice, request and result has a German sentence', () => {
  const said = (sentences: readonly (string | null)[]) => sentences.filter((one) => one === null || one === 'English' || one === '');
  expect(said(noticeKind.options.map((kind) => noticeText({ ...notice, kind, data: {} }, format)))).toEqual([]);
  expect(noticeText({ ...notice, kind: 'ending', data: { title: 'Menhir', seconds: 60 } }, format)).toBe('Endet bald: Menhir, noch 60 s.');
  expect(said(commandTypes.map((type) => askedText({ ...request, type, asked: { title: 'Menhir' } }, format)))).toEqual([]);
  // A receipt is signed by the desktop itself: nobody waits for what it says.
  const told = commandTypes.filter((type) => type !== 'receipt.sign');
  expect(said(told.map((type) => resultText({ ...request, type, asked: {}, data: {} }, format)))).toEqual([]);
});

test('[U23] amounts, names and numbers stand where they belong', () => {
  const sold = { quantity: 5, item: 'Salz', buyer: 'p3', net: 4500, bps: 1000 };
  expect(noticeText({ ...notice, kind: 'sold', data: sold }, format)).toBe('5 × Salz an Desk-3 verkauft: 45,00 € nach 10 % Provision.');
  expect(noticeText({ ...notice, kind: 'commission', data: { amount: 500 } }, format)).toBe('Provision 5,00 € aus Auktion #3.');
  const bought = { quantity: 8, item: 'Salz', sellers: 'p3,p4,p2', total: 7400 };
  const words = '8 × Salz von Desk-3, Desk-4 und Desk-2 für 74,00 € gekauft.';
  expect(resultText({ ...request, type: 'order.buy', asked: {}, data: bought }, format)).toBe(words);
  const bid = { amount: 4500, title: 'Menhir' };
  expect(askedText({ ...request, type: 'auction.bid', asked: bid }, format)).toBe('45,00 € auf Menhir bieten');
  expect(askedText({ ...request, type: 'stock.adjust', asked: { goods: 'Salz', delta: -2 } }, format)).toBe('Salz um −2 berichtigen');
});

test('[U23] why stock changed', () => {
  const by = { peerId: 'p3', name: 'Desk-3' };
  const row = { entry: 1, at: 0, itemId: 'i', owner: by, change: -5, balance: 5, reason: 'English', what: 'Sale', by, ref: 'order-1' };
  expect(ledgerReason(row)).toBe('Verkauf #1 an Desk-3');
  expect(ledgerReason({ ...row, what: 'Auction purchase', ref: 'lot-2', change: 1 })).toBe('Ersteigert #2 von Desk-3');
  expect(ledgerReason({ ...row, what: 'Stock in', ref: '' })).toBe('Eingelagert');
  expect(ledgerReason({ ...row, what: 'Mäuse', ref: 'count-7' })).toBe('Mäuse');
});

test('[U23] the rules of every kind', () => {
  for (const lot of [...lots, ...kindLots]) {
    const rules = lotRules(lot, 1000, format);
    expect(rules.at(-1)).toBe('Der Verkäufer zahlt 10 % Provision.');
    expect(rules.join(' ')).not.toMatch(/undefined|NaN|\bthe\b/);
  }
});

test('[U23] events by their kind; one that is not known is shown as the peer said it', () => {
  const event = {
    seq: 1,
    wall: 0,
    desk: { peerId: 'p2', name: 'Desk-2' },
    term: 2,
    entry: 3,
    clock: [],
    lamport: 1,
    group: 'election' as const,
    text: 'English',
  };
  expect(eventLine({ ...event, kind: 'failed', data: { peerId: 'p5', silentMs: 2000 } }, format)).toBe(
    'Desk-5 ausgefallen (kein Lebenszeichen seit 2,0 s)',
  );
  expect(eventLine({ ...event, kind: 'electionStarted', data: { nextTerm: 2 } }, format)).toBe('Desk-2 beginnt eine Wahl, Amtszeit 2');
  expect(eventLine({ ...event, kind: 'unheardOf', data: {} }, format)).toBe('English');
});

test('[U23] [U39] every kind of entry of the log is German, with the names and amounts in it', () => {
  expect(logEntries.map((entry) => logEntryText(entry, format))).toEqual([
    'Desk-2: 45,00 € auf Roman helmet bieten',
    'Desk-3: Höchstgebot auf Roman helmet',
    'Was bei Short sword ansteht',
    '5 Rechner stimmen ab, 0 schauen zu',
    'Desk-4 leitet Amtszeit 2',
    'Desk-1: 5 × salt kaufen; Desk-3: 10 × boar zu 1,00 € anbieten',
    'Der Markt beginnt',
  ]);
});
