/**
 * A table as CSV for other programs: English column names, decimal points, ISO times, and nothing a spreadsheet would run as a formula.
 */
import Papa from 'papaparse';

/** What a spreadsheet runs; a negative number is none. */
const FORMULA = /^(?!-?\d+(\.\d+)?$)[=+\-@\t\r].*$/;

export const csvText = (columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  Papa.unparse({ fields: [...columns], data: rows.map((row) => [...row]) }, { escapeFormulae: FORMULA });

/** Log time as ISO 8601, UTC. */
export const isoTime = (at: number): string => new Date(at).toISOString();
