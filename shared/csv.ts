/**
 * A table as CSV for other programs: English column names, decimal points, ISO times, and nothing a spreadsheet would run as a formula.
 */

/** What a spreadsheet runs; a negative number is none. */
const FORMULA = /^(?!-?\d+(\.\d+)?$)[=+\-@\t\r]/;
const QUOTED = /["\r\n,]|^\s|\s$/;

function field(value: string | number): string {
  const plain = String(value);
  const text = FORMULA.test(plain) ? `'${plain}` : plain;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180: lines end with CR LF, the last one without. */
export const csvText = (columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [columns, ...rows].map((row) => row.map(field).join(',')).join('\r\n');

/** Log time as ISO 8601, UTC. */
export const isoTime = (at: number): string => new Date(at).toISOString();
