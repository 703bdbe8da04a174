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
  branch: number;
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

/** What belongs to desktops and disks and not to one history. */
type Shared = Pick<Facts, 'before' | 'promises' | 'disks' | 'boots' | 'heardLeader' | 'probations' | 'acks'>;

function newShared(): Shared {
  return {
    before: new Map(),
    promises: new Map(),
    disks: new Map(),
    boots: new Map(),
    heardLeader: new Map(),
    probations: new Map(),
    acks: new Map(),
  };
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
  readonly before: Map<PeerId, Before>;
  /** To whom a desktop's promise of a term was sent, by `store/term`. */
  readonly promises: Map<string, PeerId>;
  /** Every disk there ever was, by storeId: wiped ones too. */
  readonly disks: Map<string, Disk>;
  views = 0;
  /** Which view each config entry brought. */
  readonly viewNos: (number | undefined)[] = [];
  /** Who was given each member number, as `peer/store`. */
  readonly memberNos = new Map<number, string>();
  /** Highest boot heard, by `hearer<speaker`; `life` is the hearer's own boot. */
  readonly boots: Map<string, { readonly boot: number; readonly at: number; readonly life: number }>;
  /** When a desktop last heard the leader it follows, by its monotonic clock in that life. */
  readonly heardLeader: Map<PeerId, { readonly at: number; readonly term: number; readonly life: number }>;
  /** Late leaders: which probe they wait for, and the stores that have answered it. */
  readonly probations: Map<PeerId, { readonly probe: number; readonly stores: Set<string> }>;
  /** For each leader when each store last answered it. */
  readonly acks: Map<PeerId, Map<string, number>>;
  /** The last election each desktop asked for. */
  readonly questions = new Map<PeerId, number>();
  readonly config: Config;
  /** How far a desktop's wall clock has ever been ahead of the true time, ms; and the true time as a wall clock. */
  readonly fastest: (peerId: PeerId) => number;
  readonly trueWall: () => number;

  constructor(config: Config, fastest: (peerId: PeerId) => number, trueWall: () => number, shared: Shared = newShared()) {
    this.before = shared.before;
    this.promises = shared.promises;
    this.disks = shared.disks;
    this.boots = shared.boots;
    this.heardLeader = shared.heardLeader;
    this.probations = shared.probations;
    this.acks = shared.acks;
    this.config = config;
    this.fastest = fastest;
    this.trueWall = trueWall;
  }

  /** What a history that leaves this one after entry `base`, in `term`, shares with it: everything up to there, and all desktops and disks. */
  fork(base: number, term: number, nextMemberNo: number): Facts {
    const next = new Facts(this.config, this.fastest, this.trueWall, this);
    next.viewNos.push(...this.viewNos.slice(0, base + 1));
    for (const [no, who] of this.memberNos) if (no < nextMemberNo) next.memberNos.set(no, who);
    // A later term of the history that is left may have the same number; messages say which of the two they are of.
    for (const [of, leader] of this.leaders) if (of < term) next.leaders.set(of, leader);
    for (const [key, hash] of this.hashes) if (indexOf(key) <= base) next.hashes.set(key, hash);
    next.committed.push(...this.committed.slice(0, base + 1));
    next.committedUpTo = Math.min(this.committedUpTo, base);
    next.view = this.view !== null && this.view.index <= base ? this.view : null;
    next.digests.push(...this.digests.slice(0, base + 1));
    next.executed.push(...this.executed.slice(0, base + 1));
    for (const [key, answer] of this.answers) {
      if (answer.index > base) continue;
      next.answers.set(key, answer);
      const at = key.lastIndexOf('/');
      const client = key.slice(0, at);
      next.lastSeq.set(client, Math.max(next.lastSeq.get(client) ?? 0, Number(key.slice(at + 1))));
    }
    return next;
  }
}

const indexOf = (key: number): number => Math.floor(key / 0x10_0000);
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
