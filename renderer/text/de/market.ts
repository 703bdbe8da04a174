/**
 * German: the Market page.
 */
import type { market as english } from '../en/market.ts';

export const market: typeof english = {
  market: {
    empty: 'Noch wird nichts angeboten. Mach den Anfang.',
    sampleGoods: 'Beispielwaren anlegen (Salz, Wildschwein, Fisch)',
    offerItem: 'Artikel anbieten',
    offerTitle: 'Einen Artikel anbieten',
    offerFrom: (name: string) => `${name} anbieten`,
    offer: 'Anbieten',
    lowLevel: 'Meldebestand',
    lowHelp: 'Melden, wenn nicht mehr als so viel übrig ist. Freiwillig.',
    buy: 'Kaufen',
    buyTitle: (name: string) => `${name} kaufen`,
    buyFor: (count: number, total: string) => `${count} für ${total} kaufen`,
    buyCount: (count: number) => `${count} kaufen`,
    takeCount: (count: number) => `${count} nehmen`,
    availableHelp: (count: number) => `${count} verfügbar`,
    fillOrder: 'In dieser Reihenfolge bedient: das Günstigste zuerst, bei gleichem Preis der frühere Eintrag.',
    offersOf: (name: string) => `Angebote für ${name}`,
    showOffers: (name: string) => `Angebote für ${name} zeigen`,
    withdraw: 'Zurückziehen',
    seller: 'Anbieter',
    remaining: 'Übrig',
    filter: 'Artikel filtern',
    inStock: 'Vorrätig',
    mine: 'Meine',
    noMatch: 'Kein Artikel passt zu diesem Filter.',
    table: 'Angebotene Artikel',
    details: 'Angebote',
    item: 'Artikel',
    sellers: 'Anbieter',
    priceFrom: 'Preis ab',
    availableHead: 'Verfügbar',
    myStock: 'Mein Bestand',
    available: (count: number) => `${count} verfügbar`,
    soldOutNow: (name: string) => `${name} ist ausverkauft.`,
    showMore: (more: number) => `Mehr zeigen (${more} nicht gezeigt)`,
    andMore: (more: number) => `und ${more} weitere`,
  },
  samples: {
    salt: { name: 'Salz', description: 'Meersalz im Beutel' },
    boar: { name: 'Wildschwein', description: 'Im Ganzen' },
    fish: { name: 'Fisch', description: 'Beinahe frisch' },
  },
};
