/**
 * What a command writes: data on stdout, everything else on stderr, colours only for people who want them.
 *
 * Commands get this object instead of `console`, so that tests read what a terminal would have shown.
 */
export interface Output {
  /** Data: what a pipe wants. */
  data(text: string): void;
  /** Words for people. */
  say(text: string): void;
  readonly colour: boolean;
}

export function processOutput(noColor: boolean): Output {
  const wants = !noColor && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
  return {
    data: (text) => process.stdout.write(`${text}\n`),
    say: (text) => process.stderr.write(`${text}\n`),
    colour: wants && process.stdout.isTTY === true,
  };
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;
export type Style = keyof typeof CODES;

export function styled(output: Output, style: Style, text: string): string {
  return output.colour ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
}

/** Control characters of names and reasons must not reach a terminal. */
export function clean(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '');
}

const width = (text: string): number => [...text].length;

/** Columns aligned under their heads. `right` names the columns to align right. An empty table says `none`. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
  none = 'Nothing here yet.',
): string {
  if (rows.length === 0) return none;
  const all = [heads, ...rows.map((row) => row.map(clean))];
  const widths = heads.map((_, i) => Math.max(...all.map((row) => width(row[i] ?? ''))));
  return all
    .map((row) =>
      row
        .map((cell, i) => {
          const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(cell)));
          return right.includes(heads[i] ?? '') ? space + cell : cell + space;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** "00:41" from ms. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
