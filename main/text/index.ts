/** The shell's language follows the system; the page has its own switch. */
import { de } from './de.ts';
import { en, type Text } from './en.ts';

export type { Text } from './en.ts';

export function textFor(locale: string): Text {
  return locale.toLowerCase().startsWith('de') ? de : en;
}
