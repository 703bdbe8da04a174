/** Text files in one archive, as people can open everywhere. */
import { strToU8, zipSync } from 'fflate';

/** @param at when the files were made, ms since 1970 */
export const zipOf = (files: readonly { readonly name: string; readonly text: string }[], at: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)])), { mtime: at }));
