/**
 * Several histories of one market, after some desktops went on without the others: each has facts of its own from the fork on.
 *
 * F2 is checked here: an entry belongs to the history it was written in, and is found only there and in histories that came out of it later.
 */
import { type Fork, viewSchema } from '../../core/frames.ts';
import { decode } from '../../core/schema.ts';
import { Violation } from '../violation.ts';
import type { Facts, Observed } from './facts.ts';

/** Up to where the log of who forks is the history it leaves: an end that nobody else had may have become something else there. */
function sharedUpTo(o: Observed, parent: Facts, base: number): number {
  let index = base;
  const differs = (): boolean => {
    const [mine, theirs] = [o.before.log[index], parent.committed[index]];
    return mine !== undefined && theirs !== undefined && mine.hash !== theirs.hash;
  };
  while (index > 0 && differs()) index -= 1;
  return index;
}

export class Histories {
  readonly root: Facts;
  readonly #all = new Map<number, { readonly facts: Facts; readonly fork: Fork }>();
  /** Branch in which an entry was first written, by its hash. */
  readonly #births = new Map<string, number>();

  constructor(root: Facts) {
    this.root = root;
  }

  get count(): number {
    return this.#all.size;
  }

  of(branch: number | null): Facts {
    return branch === null ? this.root : (this.#all.get(branch)?.facts ?? this.root);
  }

  /** The facts for this step; a fork that is written in it begins a history. */
  noteStep(o: Observed): Facts {
    for (const persist of o.effects.persist) {
      if (persist.kind !== 'entries') continue;
      for (const entry of persist.entries) {
        const view = entry.type === 'fork' ? decode(viewSchema, entry.payload) : null;
        const fork = view?.ok === true ? view.value.forks.at(-1) : undefined;
        const nextMemberNo = view?.ok === true ? view.value.nextMemberNo : 0;
        if (fork !== undefined && !this.#all.has(fork.branch)) {
          const parent = this.of(fork.parent);
          this.#all.set(fork.branch, { facts: parent.fork(sharedUpTo(o, parent, fork.index), entry.term, nextMemberNo), fork });
        }
        this.#f2StaysInItsHistory(o, entry.index, entry.hash);
      }
    }
    return this.of(o.info.branch);
  }

  /** F2: no entry crosses from one history to another. */
  #f2StaysInItsHistory(o: Observed, index: number, hash: string): void {
    const here = this.#known(o.info.branch);
    const born = this.#births.get(hash);
    if (born === undefined) this.#births.set(hash, here);
    else if (!this.#shares(here, born, index)) {
      throw new Violation('F2', `entry #${index} of branch ${born} is written in branch ${here}`, o.desk.id);
    }
  }

  /** Every branch that is no fork is the market's first one. */
  #known(branch: number): number {
    return this.#all.has(branch) ? branch : 0;
  }

  /** Does history `branch` contain what was written in `born` at `index`? */
  #shares(branch: number, born: number, index: number): boolean {
    let at = branch;
    let limit = Number.POSITIVE_INFINITY;
    while (at !== born) {
      const fork = this.#all.get(at)?.fork;
      if (fork === undefined) return false;
      limit = Math.min(limit, fork.index);
      at = this.#known(fork.parent);
    }
    return index <= limit;
  }
}
