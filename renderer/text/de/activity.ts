/**
 * German: the Activity page.
 */
import type { activity as english } from '../en/activity.ts';

export const activity: typeof english = {
  activity: {
    tabs: { requests: 'Aufträge', queue: 'Warteschlange', notices: 'Mitteilungen', balance: 'Konto', orders: 'Verkäufe' },
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
  orders: {
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
