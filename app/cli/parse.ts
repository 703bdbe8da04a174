/**
 * Reading what people type after an option: durations, counts, signed counts. Each gives a value or a sentence for exit code 2.
 */
import { InvalidArgumentError } from 'commander';

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** "500ms", "30s", "2m", "1.5h", "2m30s"; a bare number is seconds. Gives ms. */
export function durationMs(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1_000);
  let total = 0;
  let rest = text;
  while (rest !== '') {
    const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)/.exec(rest);
    const unit = UNITS.get(match?.[2] ?? '');
    if (match === null || unit === undefined) throw new InvalidArgumentError('Give a time like 500ms, 30s or 2m.');
    total += Number(match[1]) * unit;
    rest = rest.slice(match[0].length);
  }
  if (text === '') throw new InvalidArgumentError('Give a time like 500ms, 30s or 2m.');
  return Math.round(total);
}

/** "10s/2m": how long, and at most how long altogether. */
export function durationPair(text: string): readonly [number, number | undefined] {
  const [each = '', most] = text.split('/');
  return [durationMs(each), most === undefined ? undefined : durationMs(most)];
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}

export function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError('A port is at most 65535.');
  return port;
}

/** "+3", "-2", "3". */
export function signedNumber(text: string): number {
  const match = /^([+\-\u2212]?)(\d{1,9})$/.exec(text);
  if (match === null) throw new InvalidArgumentError('Give a change like +3 or -2.');
  const size = Number(match[2]);
  return match[1] === '' || match[1] === '+' ? size : -size;
}

export function percent(text: string): number {
  if (!/^\d{1,2}(\.\d{1,2})?%?$/.test(text)) throw new InvalidArgumentError('Give a percentage like 10.');
  return Number(text.replace('%', ''));
}

/** "7101", "127.0.0.1:7101", "[::1]:7101", "0.0.0.0". Gives host and port (0 = any). */
export function listenAddress(text: string): { readonly host: string; readonly port: number } {
  if (/^\d+$/.test(text)) return { host: '127.0.0.1', port: portNumber(text) };
  const match = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(text);
  if (match === null) throw new InvalidArgumentError('Give an address like 127.0.0.1:7101.');
  return { host: (match[1] ?? '').replace(/^\[|\]$/g, ''), port: match[2] === undefined ? 0 : portNumber(match[2]) };
}

export function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}
