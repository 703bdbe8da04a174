import { afterEach, expect, test } from 'vitest';
import { errorCodes } from '../../shared/errors.ts';
import { moneyOf } from '../format/useMoney.ts';
import { plainRefusal, refusalText } from '../format/refusal.ts';
import { durationText, secondsText } from '../format/time.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { languageFor, localeFor, speak, t } from './t.ts';

const format = { money: (minor: number) => `${minor}`, nameOf: (id: string) => id, time: String };

afterEach(() => speak('en', []));

test.each([
  [['de-CH', 'en-US'], 'de', 'de-CH'],
  [['fr-FR', 'de'], 'de', 'de-DE'],
  [['en-US'], 'en', 'en-US'],
  [['fr-FR'], 'en', 'en-GB'],
  [['en-US@posix', 'C'], 'en', 'en-GB'],
  [[], 'en', 'en-GB'],
] as const)('[U23] the system prefers %j: %s, numbers and dates as in %s', (preferred, language, locale) => {
  expect(languageFor(preferred)).toBe(language);
  expect(localeFor(language, preferred)).toBe(locale);
});

test('[U23] a change of language changes the words at once', () => {
  expect(t.common.cancel).toBe('Cancel');
  speak('de', ['de-DE']);
  expect(t.common.cancel).toBe('Abbrechen');
});

/** Every text of a table by its path; functions are called with small numbers, which they all can show. */
const texts = (table: object, path = ''): Map<string, string> =>
  new Map(
    Object.entries(table).flatMap(([key, value]: readonly [string, unknown]) => {
      const at = `${path}/${key}`;
      if (typeof value === 'string') return [[at, value] as const];
      return typeof value === 'object' && value !== null ? [...texts(value, at)] : [];
    }),
  );

test('[U23] no text is empty, and German leaves no English sentence behind', () => {
  const english = texts(en);
  const german = texts(de);
  expect([...german.keys()]).toEqual([...english.keys()]);
  expect([...german.values(), ...english.values()].filter((text) => text.trim() === '')).toEqual([]);
  const same = [...german].filter(([path, text]) => text.includes(' ') && english.get(path) === text);
  expect(same).toEqual([]);
});

test('[U23] every refusal has its German sentence', () => {
  const same = errorCodes.filter((code) => de.said.refusal(code, {}, format) === en.said.refusal(code, {}, format));
  expect(same).toEqual([]);
});

test('[U23] a refusal of the peer is said by its code in German, as it came in English, and as it came when its code is not known', () => {
  const error = { code: 'INSUFFICIENT', message: 'Only 5 × salt are available. Buy 5?', details: { available: 5, item: 'salt' } };
  expect(refusalText(error)).toBe(error.message);
  speak('de', ['de-DE']);
  expect(refusalText(error)).toBe('Nur 5 × salt verfügbar. 5 kaufen?');
  expect(refusalText({ code: 'FROM_THE_FUTURE', message: 'As it came.' })).toBe('As it came.');
});

test('[U23] amounts and durations are written as the language does, and an ambiguous amount is asked back in its words', () => {
  const money = moneyOf('EUR', 2);
  expect([money.show(123_450), secondsText(2900), durationText(90_000)]).toEqual(['€1,234.50', '2.9 s', '1 min 30 s']);
  speak('de', ['de-DE']);
  expect([money.show(123_450), secondsText(2900)]).toEqual(['1.234,50\u00a0€', '2,9 s']);
  const typed = money.parse('1,234');
  expect(typed.ok ? '' : plainRefusal(typed.code, typed.details)).toBe(
    'Ist 1,234 eintausend oder eins Komma zwei? Schreibe 1234 oder 1,23.',
  );
  expect([money.parse('45,50'), money.parse('45.50')]).toEqual([
    { ok: true, minor: 4550 },
    { ok: true, minor: 4550 },
  ]);
});
