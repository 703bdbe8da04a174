/**
 * This desktop begins again as somebody else: out of its market first, then with a key, a name and a notebook that are new.
 *
 * Nothing is deleted. What it was is moved into one folder, the key last: whatever a crash leaves of it is either still the old desktop,
 * in no market, or already a new one.
 */
import type { Outcome } from '../shared/contract.ts';
import { freshDesk } from './dataFolder.ts';
import type { Desk } from './desk.ts';
import { writeDesk } from './deskFile.ts';
import { loadIdentity } from './identity.ts';
import { Notebook } from './notebook.ts';
import { failed } from './outcome.ts';
import { putAside } from './putAside.ts';

/** Who it is and what it remembers. Settings of the window, the log file and markets that were left stay where they are. */
const PARTS = ['journal', 'snapshots', 'peers.json', 'notebook.json', 'desk.json', 'identity.json'];

/** In the folder, which has none of the parts any more. */
async function beginAsNew(desk: Desk): Promise<Outcome<Notebook>> {
  const { dataDir } = desk.options;
  const identity = await loadIdentity(dataDir);
  const notebook = await Notebook.open(dataDir);
  if (!identity.ok || !notebook.ok) {
    desk.stopped = {
      code: 'STOPPED',
      reason: 'This desktop is reset, and its new key cannot be saved. Free some space, then start it again.',
    };
    return failed(desk.stopped.code, desk.stopped.reason);
  }
  desk.identity = identity.identity;
  desk.file = freshDesk(desk.options, desk.options.machine ?? []);
  desk.addresses.clear();
  await writeDesk(dataDir, desk.file);
  const begun = await desk.live();
  return begun.ok ? notebook : begun;
}

/**
 * @param typed the name of this desktop, so that nobody does it by accident
 * @param leave takes it off the list of its market
 */
export async function reset(desk: Desk, typed: string, leave: () => Promise<Outcome<null>>): Promise<Outcome<Notebook>> {
  const name = desk.nameOf(desk.identity.peerId);
  if (typed.trim() !== name) return failed('CONFIRMATION_WRONG', `To do it, type ${name}.`);
  if (desk.stopped !== null) return failed(desk.stopped.code, desk.stopped.reason);
  const left = desk.file.market === null ? null : await leave();
  if (left?.ok === false) return left;
  return desk.turns.take(async () => {
    if (desk.stopped !== null) return failed(desk.stopped.code, desk.stopped.reason);
    if (desk.over) return failed('STOPPED', 'This desktop is closing.');
    // Somebody joined or made a market meanwhile.
    if (desk.file.market !== null) return failed('ALREADY_IN_MARKET', `This desktop is in "${desk.file.market.name}". Leave it first.`);
    await desk.endLife();
    desk.requests.beginStore();
    try {
      await putAside(desk.options.dataDir, 'aside', 'reset', PARTS);
    } catch (error) {
      // It goes on as who it was.
      await writeDesk(desk.options.dataDir, desk.file);
      await desk.live();
      return failed('NOT_PUT_ASIDE', `This desktop was not reset: its data cannot be put aside (${String(error)}).`);
    }
    return beginAsNew(desk);
  });
}
