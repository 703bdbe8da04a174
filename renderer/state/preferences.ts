/**
 * How this window likes to be: language, density, whether bids ask twice, what may interrupt. Kept in this browser or window only;
 * nothing of it reaches the market.
 */
import { z } from 'zod';
import { create } from 'zustand';
import { densities } from '../theme/theme.ts';
import { languageFor, languages, speak } from '../text/t.ts';
import type { Language } from '../text/t.ts';

const KEY = 'tradepost-preferences';

const preferences = z.object({
  language: z.enum(['system', ...languages]).catch('system'),
  /** Log time of the newest notice that was looked at, ms. */
  noticesSeenAt: z.number().catch(0),
  density: z.enum(densities).catch('normal'),
});
export type Preferences = Readonly<z.output<typeof preferences>>;

const fresh = preferences.parse({});

/** What was kept; whatever cannot be read is as if it had never been chosen. */
const kept = (): Preferences => {
  try {
    return preferences.parse(JSON.parse(window.localStorage.getItem(KEY) ?? '{}'));
  } catch {
    return fresh;
  }
};

export const usePreferences = create<Preferences>(() => fresh);

const spoken = (choice: Preferences['language']): Language => (choice === 'system' ? languageFor(navigator.languages) : choice);

/** The language on screen. */
export const useLanguage = (): Language => usePreferences(({ language }) => spoken(language));

const adopt = (next: Preferences): void => {
  const language = spoken(next.language);
  speak(language, navigator.languages);
  document.documentElement.lang = language;
  usePreferences.setState(next);
};

/** Takes up what was kept. Before the first picture, so that nothing is drawn in another language first. */
export const loadPreferences = (): void => adopt(kept());

export const setPreferences = (change: Partial<Preferences>): void => {
  const next = { ...usePreferences.getState(), ...change };
  adopt(next);
  try {
    window.localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Without storage the choice lasts as long as the window.
  }
};
