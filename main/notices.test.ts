/** What the system shows of the market's news, and in which language. */
import { expect, test } from 'vitest';
import { watchNotices, type NativeNotice } from './notices.ts';
import { textFor } from './text/index.ts';

const row = { id: 'notice-1', entry: 1, at: 0, ref: 'lot-7', seen: false };
const outbid = { ...row, kind: 'outbid', text: 'Outbid: Desk-2 leads with €46.00', data: { leader: 'p2', price: 4_600 } };
const all = [
  outbid,
  { ...row, kind: 'won', text: 'w', data: { title: 'Helm', price: 4_100 } },
  { ...row, kind: 'lost', text: 'l', data: { title: 'Helm', price: 4_100 } },
  { ...row, kind: 'sold', text: 's', data: { quantity: 5, item: 'Salz', buyer: 'p2', net: 4_500, bps: 1_000 } },
  { ...row, kind: 'lotSold', text: 'ls', data: { title: 'Helm', buyer: 'p2', net: 3_690, bps: 250 } },
  { ...row, kind: 'lotReady', text: 'r', data: { bidders: 2, title: 'Menhir' } },
  { ...row, kind: 'ending', text: 'e', data: { title: 'Menhir', seconds: 60 } },
  { ...row, kind: 'low', text: 'low', data: { item: 'Salz', onHand: 2 } },
];

/** What is shown when these news come one after the other, with every switch on. */
async function shownOf(
  locale: string,
  news: readonly (typeof all)[number][],
  changed: Readonly<Record<string, unknown>> = {},
): Promise<NativeNotice[]> {
  const answers: Record<string, unknown> = {
    status: { market: { currency: 'EUR', decimals: 2 } },
    balance: { value: { accounts: [{ account: 'p2', name: 'Desk-2' }] } },
    peers: [],
    notices: [],
    ...changed,
  };
  const listeners: ((push: { topic: 'notices' }) => void)[] = [];
  const looks: (() => void)[] = [];
  const shown: NativeNotice[] = [];
  const stop = watchNotices({
    peer: {
      call: async (method) => ({ ok: true, value: answers[method] }),
      subscribe: (listener) => {
        listeners.push((push) => listener({ subscription: 1, seq: 1, data: null, ...push }));
        return () => undefined;
      },
    },
    settings: () => ({
      closing: 'quit',
      keepAwake: true,
      notices: { outbid: true, won: true, sold: true, readyCheck: true, ending: true, low: true },
    }),
    inFront: () => false,
    text: textFor(locale),
    show: (notice) => void shown.push(notice),
    after: (_ms, run) => void looks.push(run),
  });
  const look = async (): Promise<void> => {
    for (const tell of listeners) tell({ topic: 'notices' });
    looks.shift()?.();
    await new Promise((done) => setImmediate(done));
  };
  await look();
  for (const [i, one] of news.entries()) {
    answers['notices'] = [{ ...one, id: `news-${i}` }, ...news.slice(0, i).map((before, k) => ({ ...before, id: `news-${k}` }))];
    await look();
  }
  stop();
  return shown;
}

test('[U23] native notices are German on a German system, with amounts as written there', async () => {
  const shown = await shownOf('de-AT', all);
  expect(shown.map(({ title, body }) => `${title}: ${body}`.replaceAll('\u00a0', ' '))).toEqual([
    'Überboten: Desk-2 führt mit 46,00 €',
    'Ersteigert: Du hast Helm für 41,00 € ersteigert.',
    'Nicht ersteigert: Helm ging an jemand anderen. Endpreis 41,00 €.',
    'Verkauft: 5 × Salz an Desk-2: 45,00 € nach 10 % Provision.',
    'Verkauft: Helm an Desk-2: 36,90 € nach 2,5 % Provision.',
    'Die Bietenden sind bereit: 2 Bietende sind Menhir beigetreten. Auktion starten?',
    'Endet bald: Menhir: noch 60 s.',
    'Bestand niedrig: Salz wird knapp: noch 2.',
  ]);
});

test('[U23] elsewhere they say what the peer says; a click leads to the lot', async () => {
  expect(await shownOf('fr-FR', [outbid])).toEqual([{ title: 'Outbid', body: outbid.text, place: '/auctions/lot/lot-7' }]);
});

test('[U23] [M11] where the accounts of others are hidden, who bought goods still has a name, and a bidder the one it is shown by', async () => {
  const buyer = '2'.repeat(32);
  const news = [
    { ...row, kind: 'sold', text: 's', data: { quantity: 5, item: 'Salz', buyer, net: 4_500, bps: 1_000 } },
    { ...row, kind: 'outbid', text: 'o', data: { leader: '#17', price: 4_600 } },
  ];
  const shown = await shownOf('de-AT', news, { balance: { value: { accounts: [] } }, peers: [{ peerId: buyer, name: 'Desk-2' }] });
  expect(shown.map(({ body }) => body.replaceAll('\u00a0', ' '))).toEqual([
    '5 × Salz an Desk-2: 45,00 € nach 10 % Provision.',
    '#17 führt mit 46,00 €',
  ]);
});
