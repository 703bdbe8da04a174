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

/** What `parseArgs` of Node says of an option that it does not know or that lacks its value. */
const isUsage = (error: Error): boolean => 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

/** For the end of a program: a wrong option in one line and its exit code; everything else is thrown on. */
export function sayBadOption(error: unknown): number {
  if (!(error instanceof BadOption || (error instanceof Error && isUsage(error)))) throw error;
  console.error(error.message);
  return 2;
}
