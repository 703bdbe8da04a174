/**
 * The words of the screen. `t` is a live binding: it always is the table of the language in use, so any code may say `t.common.cancel`
 * while it runs. Nothing may keep a text from `t` at module level; a change of language draws everything anew.
 */
import { de } from './de/index.ts';
import { en } from './en/index.ts';

export type Texts = typeof en;

const tables = { en, de } as const satisfies Record<string, Texts>;
export type Language = keyof typeof tables;
export const languages = ['en', 'de'] as const satisfies readonly Language[];

/** Where a language is at home when the system does not say. */
const homes: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

const baseOf = (tag: string): string => tag.split('-')[0]?.toLowerCase() ?? '';

/** The first language of `preferred` (BCP 47 tags, as of a browser) that there is a table for; else English. */
export const languageFor = (preferred: readonly string[]): Language =>
  preferred.map(baseOf).flatMap((base) => languages.filter((language) => language === base))[0] ?? 'en';

/** Some systems name a locale in ways `Intl` does not take ("en-US@posix"). */
const usable = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
};

/** The locale for numbers and dates: the system's own where it speaks this language ("de-CH"), else the language's home. */
export const localeFor = (language: Language, preferred: readonly string[]): string =>
  preferred.find((tag) => tag.includes('-') && usable(tag) && baseOf(tag) === language) ?? homes[language];

export let t: Texts = en;
/** BCP 47 tag for `Intl`. */
export let locale: string = homes.en;

/** Speaks this language from now on. Whoever calls it sees to it that the screen is drawn anew. */
export const speak = (language: Language, preferred: readonly string[]): void => {
  t = tables[language];
  locale = localeFor(language, preferred);
};
