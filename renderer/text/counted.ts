/**
 * A count with its noun, by the plural rules of a language. English and German have two forms; a language with more gets its own.
 */

/** `(3, 'entry', 'entries')` -> "3 entries"; numbers are grouped as the locale does. */
export const counted = (locale: string): ((count: number, one: string, other: string) => string) => {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, one, other) => `${numbers.format(count)} ${rules.select(count) === 'one' ? one : other}`;
};
