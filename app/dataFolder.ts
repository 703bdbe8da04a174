/**
 * What a data folder says when a desktop begins with it: who it is, what it is called, which market it belongs to.
 */
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Outcome } from '../shared/contract.ts';
import { errorText } from '../shared/errors.ts';
import type { PeerOptions } from './api/peerPort.ts';
import { type DeskFile, readDesk } from './deskFile.ts';
import { type Identity, loadIdentity } from './identity.ts';
import { isElsewhere, machineMarks } from './machine.ts';
import { Notebook } from './notebook.ts';
import { failed, PLAIN } from './outcome.ts';
import { putAside } from './putAside.ts';
import { SoleUse } from './soleUse.ts';

interface DataFolder {
  readonly identity: Identity;
  readonly desk: DeskFile;
  readonly notebook: Notebook;
  /** Marks of the machine it is used on now. */
  readonly machine: readonly string[];
  readonly soleUse: SoleUse;
}

/** A desktop that nothing is known of yet. */
export function freshDesk({ name, priority }: PeerOptions, machine: readonly string[]): DeskFile {
  return {
    version: 1,
    name: name ?? hostname().slice(0, 40),
    priority: priority ?? 100,
    market: null,
    network: { port: null, multicast: true, ignored: [] },
    machine: [...machine],
    troubles: [],
  };
}

/** Reads the folder, made when it is missing. What it was is put aside when it is the copy of a desktop that was in no market. */
export async function openFolder(options: PeerOptions): Promise<Outcome<DataFolder>> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const remembered = await readDesk(options.dataDir);
  if (!remembered.ok) return remembered;
  const machine = options.machine ?? machineMarks();
  // On a cloned machine that is in no market nothing depends on who it was: it is somebody of its own.
  const anew = remembered.value?.market === null && isElsewhere(remembered.value.machine, machine);
  if (anew) await putAside(options.dataDir, 'aside', 'copied', ['identity.json', 'journal', 'snapshots']);
  const identity = await loadIdentity(options.dataDir);
  if (!identity.ok) {
    const message = 'The key of this desktop cannot be read. Put identity.json back from a copy, or start with a new data folder.';
    return failed(identity.code, message);
  }
  const soleUse = new SoleUse();
  if (options.allowCopy !== true && !(await soleUse.take(identity.identity.peerId)))
    return failed('COPY_RUNS', errorText('COPY_RUNS', {}, PLAIN));
  const notebook = await Notebook.open(options.dataDir);
  if (!notebook.ok) {
    await soleUse.release();
    return notebook;
  }
  const fresh = freshDesk(options, []);
  const known = remembered.value ?? fresh;
  const desk: DeskFile = {
    ...known,
    name: options.name ?? (anew ? fresh.name : known.name),
    priority: options.priority ?? known.priority,
  };
  return { ok: true, value: { identity: identity.identity, desk, notebook: notebook.value, machine, soleUse } };
}
