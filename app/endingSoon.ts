/**
 * "Ending soon" of the lots on this desktop's watch list: said here and to nobody else, because nobody else knows the list.
 *
 * Once for a lot, at log time: what was said is kept in the notebook, so neither a late bid that moves the end nor a restart says it again.
 */
import type { CoreSnapshot } from './api/peerPort.ts';
import type { Lot, Market } from './market/index.ts';
import type { Notebook } from './notebook.ts';

/** Time left when it is said. Longer gives more time to come back, shorter interrupts fewer people who will be outbid anyway. */
export const ENDING_SOON_MS = 60_000;

export interface EndingSoonPorts {
  readonly notebook: () => Notebook;
  readonly market: () => Market | null;
  readonly core: () => Pick<CoreSnapshot, 'logTimeNow' | 'stoppedAt' | 'appliedIndex'> | null;
  /** There is something new to read. */
  readonly told: () => void;
}

/** Time left of a lot that is about to end, ms; null when it does not, or when only one of its rounds does. */
function leftOf({ state, endsAt, round, rounds }: Readonly<Lot>, now: number): number | null {
  if (state !== 'open' || endsAt === null || round < rounds) return null;
  const left = endsAt - now;
  return left > 0 && left <= ENDING_SOON_MS ? left : null;
}

export class EndingSoon {
  readonly #ports: EndingSoonPorts;

  constructor(ports: EndingSoonPorts) {
    this.#ports = ports;
  }

  /** Says what is to be said now. */
  look(): void {
    const { market, core, told } = this.#ports;
    const notebook = this.#ports.notebook();
    const [state, seen] = [market()?.state, core()];
    if (state === undefined || seen === null) return;
    const { marketId } = state.genesis;
    const said = new Set(notebook.endings(marketId).map(({ lotId }) => lotId));
    // While nobody can bid the clock of a lot stands, and what is lost is given back.
    const now = seen.stoppedAt ?? seen.logTimeNow;
    for (const lotId of notebook.watched(marketId)) {
      const lot = said.has(lotId) ? undefined : state.liveLots.get(lotId);
      const left = lot === undefined ? null : leftOf(lot, now);
      if (lot === undefined || left === null) continue;
      const seconds = Math.ceil(left / 1_000);
      void notebook.noteEnding(marketId, { lotId, title: lot.title, seconds, at: now, entry: seen.appliedIndex });
      told();
    }
  }
}
