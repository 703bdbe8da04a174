/**
 * German: the Activity page.
 */
import type { activity as english } from '../en/activity.ts';

/** The parts of a receipt as the peer names them. */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['price', 'der Preis'],
  ['quantity', 'die Menge'],
  ['title', 'der Titel'],
  ['item', 'der Artikel'],
  ['buyer', 'der Käufer'],
  ['seller', 'der Verkäufer'],
  ['time', 'die Zeit'],
]);

export const activity: typeof english = {
  activity: {
    tabs: {
      requests: 'Aufträge',
      queue: 'Warteschlange',
      notices: 'Mitteilungen',
      bids: 'Gebote',
      orders: 'Verkäufe',
      receipts: 'Belege',
      balance: 'Konto',
      settle: 'Abrechnung',
    },
    requests: 'Aufträge',
    request: 'Auftrag',
    result: 'Ergebnis',
    noRequests: 'Du hast noch nichts in Auftrag gegeben.',
    noQueue: 'Nichts wartet.',
    noNotices: 'Noch keine Mitteilungen.',
    cancelRequest: (summary: string) => `Abbrechen: ${summary}`,
    concurrentWith: (others: string) => `nebenläufig zu ${others}`,
  },
  balance: {
    balance: 'Kontostand',
    held: 'Durch führende Gebote gebunden',
    commission: 'Verdiente Provision',
    account: 'Konto',
    accounts: 'Konten',
    minted: (amount: string) =>
      `In diesen Markt eingebrachtes Guthaben: ${amount}. Alle Konten zusammen ergeben genau das. Es ist Guthaben; bezahlt wird außerhalb.`,
  },
  bids: {
    empty: 'Du hast noch nicht geboten.',
    browse: 'Auktionen ansehen',
    table: 'Meine Gebote',
    lot: 'Auktion',
    kind: 'Wie',
    round: (round: number) => `Runde ${round}`,
  },
  settle: {
    help: 'Die wenigsten Zahlungen, nach denen niemand mehr etwas schuldet. Bezahlt wird außerhalb; wer das Geld bekommen hat, sagt es hier.',
    nobody: 'Niemand schuldet etwas.',
    pays: (debtor: string, creditor: string, amount: string) => `${debtor} zahlt ${creditor} ${amount}`,
    paid: 'Erhalten',
    paidText: (debtor: string, amount: string) => `Hat ${debtor} dir außerhalb dieses Marktes ${amount} gezahlt?`,
    paidConfirm: (amount: string) => `${amount} erhalten`,
    sums: 'Gekauft und verkauft',
    bought: 'Gekauft',
    sold: 'Verkauft',
    payments: 'Bisher gezahlt',
    payment: (time: string, debtor: string, creditor: string, amount: string, by: string) =>
      `${time}: ${debtor} hat ${creditor} ${amount} gezahlt, sagt ${by}`,
  },
  receipts: {
    help: 'Einen Beleg unterschreiben du und jeder Rechner des Marktes. Als Datei kann ihn jeder prüfen, auch ohne diesen Markt.',
    empty: 'Du hast noch nichts gekauft oder verkauft.',
    table: 'Belege',
    receipt: 'Beleg',
    none: 'nicht verlangt',
    signed: (no: number, confirmed: number, desktops: number) => `#${no}, ${confirmed} von ${desktops} Unterschriften`,
    ask: 'Beleg holen',
    askFor: (title: string) => `Beleg holen: ${title}`,
    verify: 'Prüfen',
    verifyOf: (title: string) => `Prüfen: ${title}`,
    save: 'Speichern',
    saveOf: (title: string) => `Speichern: ${title}`,
    checkFile: 'Datei prüfen',
    otherMarket: 'Er ist aus einem anderen Markt und wurde darum nur in sich geprüft.',
    verified: (signedBy: string, confirmed: number, desktops: number) =>
      `Geprüft: Kette unversehrt, unterschrieben von ${signedBy}, bestätigt von ${confirmed} von ${desktops} Rechnern.`,
    faults: {
      unreadable: () => 'er ist kein Beleg',
      changed: () => 'er wurde nach dem Unterschreiben geändert',
      differs: (field: string) => `${PARTS.get(field) ?? 'der Inhalt'} wurde nach dem Unterschreiben geändert`,
      signature: () => 'eine Unterschrift passt nicht',
      unsigned: () => 'niemand, der gekauft oder verkauft hat, hat ihn unterschrieben',
      few: (_: string, confirmed: number, desktops: number) => `nur ${confirmed} von ${desktops} Rechnern haben ihn unterschrieben`,
      foreign: () => 'ein Rechner hat ihn unterschrieben, der nicht in diesem Markt ist',
      unknown: () => 'dieser Markt hat keinen solchen Beleg ausgestellt',
      void: () => 'der Verkauf wurde später für ungültig erklärt',
    },
  },
  orders: {
    side: 'Seite',
    sides: { all: 'Alle', bought: 'Gekauft', sold: 'Verkauft' },
    none: { all: 'Noch ist nichts verkauft.', bought: 'Du hast noch nichts gekauft.', sold: 'Du hast noch nichts verkauft.' },
    empty: 'Noch ist nichts verkauft.',
    table: 'Verkäufe',
    what: 'Ware',
    buyer: 'Käufer',
    sellers: 'Geliefert von',
    total: 'Summe',
    commission: 'Provision',
    concurrent: 'nebenläufig',
    goods: (count: number, name: string) => `${count} × ${name}`,
    fill: (count: number, seller: string, price: string) => `${count} von ${seller} zu ${price}`,
  },
};
