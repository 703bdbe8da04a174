/**
 * German: bidders without a desktop.
 */
import type { guests as english } from '../en/guests.ts';

export const guests: typeof english = {
  guests: {
    help: 'Gäste sind Leute im Raum ohne eigenen Rechner. Sie bieten mit einer Bietertafel; wer die Auktion leitet oder den Markt verwaltet, trägt es ein, und alle lesen, wer es war. Ein Gast hat ein Konto: Was er schuldet, steht in der Abrechnung, und er zahlt am Tisch.',
    none: 'Noch ist kein Gast angemeldet.',
    toGuests: 'Gäste',
    table: 'Gäste',
    register: 'Gast anmelden',
    name: 'Name (freiwillig)',
    nameHelp: 'Jeder Rechner behält ihn für immer. Ohne Namen zählt nur die Nummer; Anschriften gehören auf deine eigene Liste.',
    paddle: 'Bietertafel',
    paddleHelp: 'Leer: die nächste freie.',
    paddleBad: (from: number, to: number) => `Eine Zahl von ${from} bis ${to}.`,
    add: 'Anmelden',
    by: 'Angemeldet von',
    rename: 'Umbenennen',
    renameOf: (label: string) => `Umbenennen: ${label}`,
    credit: 'Gutschreiben',
    creditOf: (label: string) => `Gutschreiben, was ${label} bezahlt hat`,
    creditDo: (amount: string) => `${amount} gutschreiben`,
    creditHelp: 'Am Tisch bezahlt. Der Gast bietet damit.',
    settleOf: (label: string) => `Abrechnung: ${label}`,
    creditReason: 'am Tisch bezahlt',
    enter: 'Gebot eines Gastes eintragen',
    enterHelp: 'Es ist das Gebot des Gastes, und er zahlt; daneben lesen alle, dass du es eingetragen hast.',
    paddleOrName: 'Bietertafel oder Name',
    noSuch: 'Diese Bietertafel hat kein Gast.',
    amount: 'Betrag',
    amountHelp: (next: string) => `Leer: das nächste Gebot, ${next}`,
    limitAmount: 'Höchstgebot des Gastes',
    asLimit: 'Als Höchstgebot: Die Regeln bieten für den Gast',
    bidFor: (price: string, label: string) => `${price} für ${label} bieten`,
    limitFor: (price: string, label: string) => `Bis ${price} für ${label}`,
    confirm: (price: string, label: string) => `${price} für ${label} bestätigen`,
    leads: (label: string) => `${label} führt schon.`,
    limitNow: (label: string, price: string) => `Höchstgebot von ${label}: ${price}`,
    enteredBy: (name: string) => `eingetragen von ${name}`,
  },
};
