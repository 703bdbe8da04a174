/**
 * German: the Inventory page.
 */
import type { inventory as english } from '../en/inventory.ts';
import { many } from './many.ts';

export const inventory: typeof english = {
  inventory: {
    empty: 'In deinem Lager ist noch nichts. Lege unten einen Artikel an!',
    newItem: 'Neuer Artikel',
    create: 'Anlegen',
    table: 'Bestand',
    tabs: { mine: 'Mein Bestand', all: 'Ganzer Markt' },
    owner: 'Gehört',
    onHand: 'Vorhanden',
    reserved: 'Reserviert',
    offered: 'Angeboten',
    available: 'Verfügbar',
    lowLevel: 'Meldebestand',
    verbs: { in: 'Einlagern', out: 'Auslagern', adjust: 'Berichtigen' },
    dialog: {
      in: (name: string) => `Einlagern: ${name}`,
      out: (name: string) => `Auslagern: ${name}`,
      adjust: (name: string) => `Berichtigen: ${name}`,
    },
    submit: {
      in: (count: number) => `${count} einlagern`,
      out: (count: number) => `${count} auslagern`,
      adjust: (count: number) => `Um ${count > 0 ? '+' : '−'}${Math.abs(count)} berichtigen`,
    },
    change: 'Änderung',
    adjustHelp: 'Eine ganze Zahl mit Vorzeichen, etwa -2 oder 3.',
    reasonHelp: 'Nötig: Er steht im Lagerbuch.',
    onHandHelp: (onHand: number, available: number) => `${onHand} vorhanden, ${available} verfügbar`,
    adjustMenu: 'Berichtigen…',
    offerMenu: 'Anbieten…',
    auctionMenu: 'Versteigern…',
    ledgerMenu: 'Lagerbuch',
    ledgerOf: (name: string) => `Lagerbuch von ${name}`,
    more: (name: string) => `Weitere Aktionen für ${name}`,
  },
  csv: {
    importTitle: 'Aus CSV einlesen',
    importMenu: 'CSV einlesen',
    exportMenu: 'CSV ausgeben',
    help: 'Eine Tabelle mit Kopfzeile: name, description, quantity, low level. Nur der Name ist nötig.',
    choose: 'Datei wählen',
    importCount: (count: number) => `${many(count, 'Zeile', 'Zeilen')} einlesen`,
    allReady: (count: number) => `${many(count, 'Zeile', 'Zeilen')} bereit. Noch ist nichts geändert.`,
    reason: 'Eingelagert (CSV)',
    row: (row: number, why: string) => `Zeile ${row} ${why}`,
    noName: 'hat keinen Namen',
    longName: 'hat einen Namen mit mehr als 80 Zeichen',
    notANumber: (column: string, typed: string) => `${column} „${typed.slice(0, 20)}“ ist keine Zahl`,
    twice: (name: string) => `nennt ${name} ein zweites Mal`,
    tooMany: (max: number) => `ist zu viel: höchstens ${max} auf einmal`,
    noHeader: 'hat keine Spalte namens name',
  },
  ledger: {
    title: (name: string, owner: string) => `${name}: Lagerbuch von ${owner}`,
    table: 'Lagerbuch',
    change: 'Änderung',
    balance: 'Stand',
    by: 'Wer',
    sumOk: (rows: number, sum: number) =>
      `Summenprobe: ${many(rows, 'Eintrag ergibt', 'Einträge ergeben')} zusammen ${sum}, genau so viel ist vorhanden.`,
    sumBad: (sum: number, onHand: number) => `Summenprobe: Die Einträge ergeben ${sum}, vorhanden sind aber ${onHand}.`,
  },
};
