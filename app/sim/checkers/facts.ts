/**
 * What an observer who sees every desktop at once knows: the checkers' common memory.
 *
 * Nobody inside the system has this knowledge; it is collected from the effects of every step. Facts only grow: who led a term, which
 * entry stands at an index, which answer a command got. A rule compares one desktop's step with the facts and then adds to them.
 */
import type { Core } from '../../core/core.ts';
import type { Config } from '../../core/config.ts';
import type { Entry, View } from '../../core/frames.ts';
import type { Effects, Input } from '../../core/types.ts';
import type { PeerId } from '../../../shared/ids.ts';
import type { Disk } from '../disk.ts';

export interface Committed {
  readonly hash: string;
  readonly t: number;
  /** Term of the desktop that was first to call it committed. */
  readonly inTerm: number;
}

export interface Answer {
  readonly index: number;
  readonly result: string;
}

/** A desktop as it was after its previous step, to see what moved. */
export interface Before {
  boot: number;
  term: number;
  promisedTo: PeerId | null;
  commit: number;
  applied: number;
  leading: boolean;
  leader: PeerId | null;
  role: ReturnType<Core['vitals']>['role'];
  view: View | null;
  /** Its log by index, also the part it has trimmed since; what a snapshot brought is missing. */
  readonly log: (Entry | undefined)[];
}

export class Facts {
  readonly leaders = new Map<number, PeerId>();
  /** Hash by (index, term). */
  readonly hashes = new Map<number, string>();
  readonly committed: Committed[] = [];
  committedUpTo = 0;
  /** The last committed view, and at which entry. */
  view: { readonly index: number; readonly view: View } | null = null;
  readonly digests: (string | undefined)[] = [];
  readonly answers = new Map<string, Answer>();
  /** Executions per index as the first replica saw them: `client/seq` in order. */
  readonly executed: (readonly string[] | undefined)[] = [];
  readonly lastSeq = new Map<string, number>();
  readonly before = new Map<PeerId, Before>();
  /** To whom a desktop's promise of a term was sent, by `store/term`. */
  readonly promises = new Map<string, PeerId>();
  /** Every disk there ever was, by storeId: wiped ones too. */
  readonly disks = new Map<string, Disk>();
  views = 0;
  /** Which view each config entry brought. */
  readonly viewNos: (number | undefined)[] = [];
  /** Who was given each member number, as `peer/store`. */
  readonly memberNos = new Map<number, string>();
  /** Highest boot heard, by `hearer<speaker`; `life` is the hearer's own boot. */
  readonly boots = new Map<string, { readonly boot: number; readonly at: number; readonly life: number }>();
  /** When a desktop last heard the leader it follows, by its monotonic clock. */
  readonly heardLeader = new Map<PeerId, { readonly at: number; readonly term: number }>();
  /** Late leaders: which probe they wait for, and the stores that have answered it. */
  readonly probations = new Map<PeerId, { readonly probe: number; readonly stores: Set<string> }>();
  /** For each leader when each store last answered it. */
  readonly acks = new Map<PeerId, Map<string, number>>();
  /** The last election each desktop asked for. */
  readonly questions = new Map<PeerId, number>();
  readonly config: Config;
  /** How far a desktop's wall clock has ever been ahead of the true time, ms; and the true time as a wall clock. */
  readonly fastest: (peerId: PeerId) => number;
  readonly trueWall: () => number;

  constructor(config: Config, fastest: (peerId: PeerId) => number, trueWall: () => number) {
    this.config = config;
    this.fastest = fastest;
    this.trueWall = trueWall;
  }
}

export const slot = (index: number, term: number): number => index * 0x10_0000 + term;

/** One step of one desktop, as the rules see it. */
export interface Observed {
  readonly desk: { readonly id: PeerId; readonly disk: Disk };
  readonly core: Core;
  readonly input: Input;
  /** Its monotonic clock at this step; how late its tick is, 0 for other inputs. */
  readonly mono: number;
  readonly lateMs: number;
  readonly effects: Effects;
  readonly info: ReturnType<Core['vitals']>;
  /** State after the previous step; the rules run before it is brought up to date. */
  readonly before: Before;
}

/** Follows what the step wrote. Called before the rules, so that a step which commits and trims at once hides nothing. */
export function noteLog(o: Observed): void {
  const { log } = o.before;
  for (const persist of o.effects.persist) {
    if (persist.kind === 'truncate') log.length = Math.min(log.length, persist.from);
    else if (persist.kind === 'snapshot' && persist.reset) log.length = 0;
    else if (persist.kind === 'entries') for (const entry of persist.entries) log[entry.index] = entry;
  }
}

/** Entries this step newly calls committed. */
export function newlyCommitted(o: Observed): Entry[] {
  const out: Entry[] = [];
  for (let i = o.before.commit + 1; i <= o.info.commit; i++) {
    const entry = o.before.log[i];
    if (entry !== undefined) out.push(entry);
  }
  return out;
}
