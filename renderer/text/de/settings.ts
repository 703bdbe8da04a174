/**
 * German: the Settings page.
 */
import type { settings as english } from '../en/settings.ts';

export const settings: typeof english = {
  settings: {
    tabs: { appearance: 'Darstellung und Sprache' },
    language: 'Sprache',
    languages: { system: 'Wie das System', en: 'English', de: 'Deutsch' },
    languageHelp: 'Bestimmt auch, wie Beträge, Daten und Zeiten hier geschrieben werden. Andere Rechner behalten ihre eigene.',
    scheme: 'Farben',
    density: 'Dichte',
    densities: { compact: 'Eng', normal: 'Bequem', large: 'Beamer' },
    densityHelp: 'Beamer macht alles größer, für die letzte Reihe.',
    sample: 'So sieht es aus',
  },
};
