/** Text files in one archive on the disk, whole or not at all. */
import { strToU8, zipSync } from 'fflate';
import writeFileAtomic from 'write-file-atomic';
import type { ReportView } from '../../shared/network.ts';
import { Ended } from './context.ts';
import { EXIT } from './exit.ts';
import { clean } from './output.ts';

/** @param out ends in .zip for all files, or is where only the file of that ending goes: `market.json` */
export async function saveFiles(out: string, { files }: Pick<ReportView, 'files'>): Promise<void> {
  const json = out.toLowerCase().endsWith('.json') ? files.find(({ name }) => name.endsWith('.json')) : undefined;
  const packed = (): Buffer => Buffer.from(zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)]))));
  try {
    await writeFileAtomic(out, json === undefined ? packed() : json.text);
  } catch (error) {
    throw new Ended(EXIT.refused, `${clean(out)} could not be written (${error instanceof Error ? error.message : String(error)}).`);
  }
}
