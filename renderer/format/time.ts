/**
 * Times and durations in words. Log times are milliseconds since 1970 as the leader stamped them.
 */
import { locale } from '../text/t.ts';

/** A remaining time as a clock: "01:20", from an hour on "1:02:03". */
export { clockText } from '../../shared/clock.ts';

const oneDigit = (n: number): string => n.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A short duration with one digit: "2.9 s". */
export const secondsText = (ms: number): string => `${oneDigit(ms / 1000)} s`;

/** A duration a person chose: "45 s", "2 min", "1 h 30 min". */
export const durationText = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const shown = parts.filter(([n]) => n > 0).map(([n, unit]) => `${n} ${unit}`);
  return shown.length === 0 ? '0 s' : shown.join(' ');
};

/** How long ago, coarse enough not to flicker: "0.3 s", "12 s", "4 min". */
export const agoText = (ms: number): string => {
  if (ms < 1000) return secondsText(Math.max(0, ms));
  const seconds = Math.floor(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
};

const formats = new Map<string, Intl.DateTimeFormat>();
const format = (name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${name}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, known);
  return known;
};

/** Time of day on this desktop's wall, as the locale writes it: "14:03:10". */
export const timeText = (at: number): string => format('time', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);

/** Day and time: "14/03/2026, 14:03". */
export const dateTimeText = (at: number): string => format('dateTime', { dateStyle: 'short', timeStyle: 'short' }).format(at);
