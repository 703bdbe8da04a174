/**
 * German: writing a new auction, and the sentence that states its rules.
 */
import type { newAuction as english, Preview } from '../en/newAuction.ts';
import { many } from './many.ts';

const steps = (p: Preview): string => `jedes weitere muss ${p.increment === null ? 'eine Stufe' : `mindestens ${p.increment}`} höher sein`;
const end = (p: Preview): string[] => [
  `Die Auktion läuft ${p.duration} ${p.start === 'now' ? 'ab jetzt' : 'ab ihrem Beginn'}.`,
  ...(p.ticks === null ? [] : [`Sie endet auch nach ${many(p.ticks, 'Tick', 'Ticks')} der logischen Uhr des Marktes.`]),
  p.softClose === null
    ? 'Das Ende verschiebt sich nicht.'
    : `Ein Gebot in den letzten ${p.softClose} verschiebt das Ende auf ${p.softClose} danach, insgesamt höchstens um ${p.softCloseMax}.`,
];
const TIE = 'Von gleichen Geboten gewinnt der frühere Eintrag.';
const CLOCK = 'Die Uhr steht, solange kein Gebot angenommen werden kann.';
const sealing = (p: Preview): string =>
  `Gebote sind verdeckt: Niemand kann eines vor dem Ende lesen. Wer sein verdecktes Gebot nicht öffnet, verliert ${p.deposit ?? 'ein Pfand in Höhe des Mindestgebots'}.`;
const least = (p: Preview): string => (p.reserve === null ? '' : `, aber nicht unter ${p.reserve},`);

const hosted = (p: Preview): string[] =>
  p.backups === 0
    ? []
    : [
        `Ein Rechner richtet sie aus, ${many(p.backups, 'weiterer hält', 'weitere halten')} jedes Gebot ebenfalls fest, damit sie weitergeht, wenn der Ausrichter ausfällt; dazu braucht es vier Rechner.`,
      ];

const sentences: Readonly<Record<Preview['kind'], (p: Preview) => readonly string[]>> = {
  open: (p) => [
    `${p.what}: Das erste Gebot ist ${p.price}; ${steps(p)}.`,
    p.reserve === null ? 'Verkauft wird an das höchste Gebot.' : `Verkauft wird an das höchste Gebot, aber nicht unter ${p.reserve}.`,
    ...(p.buyNow === null ? [] : [`Vor dem ersten Gebot kann man sofort für ${p.buyNow} kaufen.`]),
    ...end(p),
    TIE,
    CLOCK,
  ],
  rounds: (p) => [
    `${p.what}: ${many(p.rounds, 'Runde', 'Runden')} mit verdeckten Geboten ab ${p.price}; die höchste Summe gewinnt und wird bezahlt.`,
    `Es beginnt, wenn ${many(p.minBidders, 'Person teilnimmt', 'Personen teilnehmen')} und du innerhalb von 60 s bestätigst.`,
    `Eine Runde dauert ${p.duration}, kürzer, wenn alle Gebote da sind; ein fehlendes Gebot zählt als keines.`,
    sealing(p),
    'Von gleichen Summen gewinnt das früher abgegebene Gebot.',
    CLOCK,
  ],
  sealed: (p) => [
    `${p.what}: je ein verdecktes Gebot ab ${p.price}. Das höchste gewinnt${least(p)} und zahlt seinen Betrag.`,
    `Gebote werden ${p.duration} lang angenommen.`,
    sealing(p),
    TIE,
    CLOCK,
  ],
  vickrey: (p) => [
    `${p.what}: je ein verdecktes Gebot ab ${p.price}. Das höchste gewinnt${least(p)} und zahlt das zweithöchste Gebot.`,
    `Gebote werden ${p.duration} lang angenommen.`,
    sealing(p),
    TIE,
    CLOCK,
  ],
  dutch: (p) => [
    `${p.what}: Der Preis beginnt bei ${p.price} und fällt alle ${p.dropEvery} um ${p.dropBy}, bis ${p.floor}.`,
    'Wer zuerst zugreift, zahlt den Preis dieses Augenblicks.',
    CLOCK,
  ],
  multi: (p) => [
    `${p.what}, ein Stück je Zuschlag: Das erste Gebot ist ${p.price}; ${steps(p)}.`,
    p.uniform
      ? `Die ${p.pieces} höchsten Gebote gewinnen, und alle zahlen das niedrigste davon.`
      : `Die ${p.pieces} höchsten Gebote gewinnen und zahlen je ihren Betrag.`,
    ...end(p),
    TIE,
    CLOCK,
  ],
};

export const newAuction: typeof english = {
  newAuction: {
    title: 'Neue Auktion',
    what: 'Was',
    how: 'Wie',
    when: 'Wann',
    from: 'Woher',
    newItem: 'Ein neuer Artikel',
    stockItem: (name: string, available: number) => `${name} (${available} verfügbar)`,
    type: 'Art',
    types: {
      open: 'Offen, der Preis steigt',
      rounds: 'Verdeckte Runden, die Summe gewinnt',
      sealed: 'Einmal verdeckt, zahlt eigenes Gebot',
      vickrey: 'Einmal verdeckt, zahlt zweiten Preis',
      dutch: 'Fallender Preis',
      multi: 'Mehrere Stücke',
    },
    startPrice: 'Startpreis',
    minimum: 'Mindestgebot',
    increment: 'Stufe',
    incrementHelp: 'Leer: steigt mit dem Preis.',
    reserve: 'Mindestpreis',
    reserveHelp: 'Darunter wird nicht verkauft. Andere sehen nur, ob er erreicht ist.',
    reserveLow: 'Der Mindestpreis liegt unter dem Startpreis.',
    buyNow: 'Sofortkauf',
    buyNowHelp: 'Freiwillig. Bis zum ersten Gebot.',
    buyNowLow: 'Muss über Startpreis und Mindestpreis liegen.',
    autoBid: 'Ein geheimes Höchstgebot ist erlaubt',
    rounds: 'Runden',
    minBidders: 'Nötige Teilnehmer',
    deposit: 'Pfand',
    depositHelp: 'Verliert, wer sein verdecktes Gebot nicht öffnet. Leer: das Mindestgebot.',
    between: (least: number, most: number) => `Eine ganze Zahl von ${least} bis ${most}.`,
    floorPrice: 'Niedrigster Preis',
    floorHigh: 'Muss unter dem Startpreis liegen.',
    dropBy: 'Fällt um',
    dropNothing: 'Er muss fallen.',
    dropEvery: 'Fällt alle',
    pricing: 'Gewinner zahlen',
    pricings: { own: 'Ihr eigenes Gebot', uniform: 'Das niedrigste gewinnende Gebot' },
    ticks: 'Ticks der logischen Uhr',
    ticksHelp: 'Freiwillig: endet auch nach so vielen. Ein Auftrag bewegt sie um höchstens 2.',
    backups: 'Ersatzrechner',
    backupsOf: (count: number) =>
      count === 0 ? 'Keine: Alle Rechner halten die Gebote fest' : many(count, 'Ersatzrechner', 'Ersatzrechner'),
    backupsHelp: 'Mit Ersatz richtet ein Rechner die Auktion aus, und den anderen bleiben ihre Gebote erspart.',
    starts: 'Beginnt',
    startings: { now: 'Jetzt', manual: 'Auf mein Zeichen', at: 'Zu einer Zeit', draft: 'Als Entwurf behalten' },
    startAt: 'Beginn',
    startAtPast: 'Wähle eine Zeit, die noch kommt.',
    duration: 'Endet nach',
    roundLength: 'Eine Runde dauert',
    softClose: 'Verlängerung',
    softCloseMax: 'Verlängert höchstens um',
    noSoftClose: 'Aus',
    confirm: 'Ich bestätige das Ergebnis, bevor es gilt',
    moreRules: 'Weitere Regeln',
    start: 'Auktion starten',
    prepare: 'Auktion vorbereiten',
    keep: 'Entwurf behalten',
    something: 'der Artikel',
    preview: (p: Preview): string => [...sentences[p.kind](p), ...hosted(p)].join(' '),
  },
};
