/** Numbers on the command line of the programs here: a wrong one is named, never taken for something else. */

export class BadOption extends Error {}

/** @throws BadOption when it is no number from `least` to `most` */
export function numberOf(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new BadOption(`--${name} takes a number from ${least} to ${most}, not "${text}"`);
}

/** As `numberOf`, without a fraction. */
export function countOf(name: string, text: string, least: number, most: number): number {
  const value = numberOf(name, text, least, most);
  if (Number.isInteger(value)) return value;
  throw new BadOption(`--${name} takes a whole number, not "${text}"`);
}
