/**
 * German: the first steps.
 */
import type { setup as english } from '../en/setup.ts';
import { many } from './many.ts';

export const setup: typeof english = {
  setup: {
    welcome: 'Willkommen bei Tradepost',
    what: 'Ein Markt und Auktionssaal, an dem jeder Rechner in deinem Netzwerk voll teilnimmt. Kein Server, kein Konto, kein Internet.',
    steps: { purpose: 'Zweck', name: 'Dein Name', market: 'Markt', check: 'Netzwerkprüfung' },
    nameTitle: 'Wie sollen andere diesen Rechner nennen?',
    paddleHelp: 'Daneben ist dein Zeichen, wie andere es sehen. Eine Zahl am Ende des Namens wird seine Nummer.',
    suggestions: 'Oder:',
    tableName: (n: number) => `Tisch ${n}`,
    alreadyIn: (market: string, wanted: string) => `Dieser Rechner ist in ${market}. Um ${wanted} beizutreten, verlasse ihn zuerst.`,
    deskName: 'Name dieses Rechners',
    next: 'Weiter',
    back: 'Zurück',
    skip: 'Überspringen',
    done: 'Fertig',
    practice: 'Übungsmarkt',
    practiceName: 'Übungsmarkt',
    marketTitle: 'Welcher Markt?',
    foundTab: (count: number) => `Hier gefunden (${count})`,
    ways: { create: 'Anlegen', join: 'Mit Code oder Adresse beitreten' },
    whatFor: 'Wofür ist das?',
    kinds: { demo: 'Vorführung im Unterricht', event: 'Verein oder Benefizveranstaltung', shop: 'Laden oder Lager' },
    kindHelp: {
      demo: 'Schnelle Wahlen; jeder darf einen Rechner anhalten, um zu sehen, was geschieht.',
      event: 'Ruhig und nachsichtig; niemand hält fremde Rechner an.',
      shop: 'Für ein Kabelnetz: Lager, Verkauf, Belege.',
    },
    marketName: 'Name des Marktes',
    defaultMarket: 'Raum 1',
    code: 'Beitrittscode',
    codeLabel: 'Beitrittscode',
    codeHelp: 'Freiwillig. Andere brauchen ihn zum Beitreten.',
    codeShort: 'Mindestens 4 Zeichen.',
    joinCodeHelp: 'Nur wenn der Markt einen hat.',
    addressHelp: 'Freiwillig: die eines beliebigen Rechners in diesem Markt.',
    createNamed: (name: string) => `Markt „${name}“ anlegen`,
    join: 'Beitreten',
    joinNamed: (name: string) => `${name} beitreten`,
    foundLine: (desktops: number, via: string, open: boolean) =>
      `${many(desktops, 'Rechner', 'Rechner')} · ${via} · ${open ? 'offen' : 'braucht einen Beitrittscode'}`,
    checkTitle: 'Netzwerkprüfung',
    joining: 'Tritt dem Markt bei…',
    ready: (others: number) =>
      others <= 0
        ? '✓ Bereit. Noch kein anderer Rechner gefunden.'
        : `✓ Bereit. ${many(others, 'anderer Rechner', 'andere Rechner')} gefunden.`,
  },
};
