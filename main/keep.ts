/** What a window would like to find again: nothing of the market, so a disk that takes no more stops nobody. */
import writeFileAtomic from 'write-file-atomic';

/** Whole or not at all; where it cannot be written it is forgotten with this start. */
export function keep(file: string, value: unknown): void {
  try {
    writeFileAtomic.sync(file, `${JSON.stringify(value)}\n`);
  } catch (error) {
    console.warn('not kept', file, error instanceof Error ? error.message : String(error));
  }
}
