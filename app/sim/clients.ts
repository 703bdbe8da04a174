/**
 * People at their desks: they submit requests at any desktop, at any moment, and remember what they were told.
 *
 * A request is either answered, or still pending, or died with a desktop that had not yet written it down; nothing else may happen to
 * it. `pending` is therefore exact, and after healing it must become empty (L).
 */
import type { Desk } from './desk.ts';
import { History } from './history.ts';
import type { Prng } from './random.ts';
import type { RequestUpdate } from '../core/types.ts';
import { Violation } from './violation.ts';

interface Request {
  readonly id: string;
  readonly desk: Desk;
  readonly body: string;
  /** The store it was asked at: another store of the same desktop knows nothing of it. */
  readonly store: string;
  state: RequestUpdate['state'] | 'lost';
  /** Its author has been told the result, in this life of the desktop or an earlier one. */
  answered: boolean;
  /** Somebody has asked to take it back. */
  regretted: boolean;
}

interface Read {
  readonly desk: Desk;
  /** Highest entry any client had been told of when this read began. */
  readonly floor: number;
  readonly branch: number;
}

/** How many of the newest requests may be asked for again. */
const RECENT = 60;

export type Workload = (dice: Prng, author: Desk, desks: readonly Desk[], no: number) => string;

/** Payments between desks, some of them impossible, and a counter. */
export const bankWork: Workload = (dice, _author, desks, no) => {
  if (dice.chance(0.3)) return JSON.stringify({ type: 'count', no });
  const to = dice.chance(0.03) ? 'nobody' : (dice.pick(desks)?.id ?? 'nobody');
  return JSON.stringify({ type: 'pay', to, amount: dice.between(1, 400), no });
};

export class Clients {
  submitted = 0;
  answered = 0;
  /** Taken back before they left. */
  cancelled = 0;
  reads = 0;
  readonly #dice: Prng;
  readonly #work: Workload;
  readonly #requests = new Map<string, Request>();
  readonly #open = new Map<string, Request>();
  readonly #reads = new Map<string, Read>();
  readonly history: History;
  readonly #recent: Request[] = [];
  /** By branch: what one history answered says nothing about another. */
  readonly #toldUpTo = new Map<number, number>();
  #readNo = 0;

  constructor(dice: Prng, work: Workload, now: () => number) {
    this.history = new History(now);
    this.#dice = dice;
    this.#work = work;
  }

  get pending(): readonly { readonly id: string; readonly desk: Desk }[] {
    return [...this.#open.values()];
  }

  /** Somebody asks for something; now and then for several things at once, which then share a signature. */
  submit(desks: readonly Desk[], given?: Desk): void {
    const desk = given ?? this.#dice.pick(desks.filter((d) => d.core?.info().marketId != null && !d.gone));
    if (desk === undefined || !desk.up) return;
    for (let n = this.#dice.chance(0.06) ? this.#dice.between(2, 9) : 1; n > 0; n--) this.#ask(desk, desks);
    const regretted = this.#dice.chance(0.03) ? this.#dice.pick([...this.#open.values()].filter((r) => r.desk === desk)) : undefined;
    if (regretted === undefined) return;
    regretted.regretted = true;
    desk.give({ kind: 'cancel', requestId: regretted.id });
  }

  #ask(desk: Desk, desks: readonly Desk[]): void {
    this.submitted += 1;
    const body = this.#work(this.#dice, desk, desks, this.submitted);
    const fresh = { state: 'sending', answered: false, regretted: false } as const;
    const request: Request = { id: `r${this.submitted}`, desk, body, store: desk.disk.storeId, ...fresh };
    this.#requests.set(request.id, request);
    this.#open.set(request.id, request);
    this.history.asks(request.id, desk, request.body);
    desk.give({ kind: 'submit', requestId: request.id, body: request.body });
    // A repeated click is the same request (C1).
    if (this.#dice.chance(0.02)) desk.give({ kind: 'submit', requestId: request.id, body: request.body });
    this.#recent.push(request);
    if (this.#recent.length > RECENT) this.#recent.shift();
    if (this.#dice.chance(0.02)) this.#askAgain(this.#dice.pick(this.#recent));
  }

  /** Somebody who saw no answer asks again, long after: it is still the same request, as long as the store is the same. */
  #askAgain(request: Request | undefined): void {
    if (request === undefined || !request.desk.up || request.desk.gone || request.store !== request.desk.disk.storeId) return;
    // The program answers a repeated call for a request that it took back itself.
    if (request.regretted || request.state === 'expired' || request.state === 'lost') return;
    request.desk.give({ kind: 'submit', requestId: request.id, body: request.body });
  }

  read(desks: readonly Desk[]): void {
    const desk = this.#dice.pick(desks.filter((d) => d.core?.info().marketId != null));
    if (desk === undefined) return;
    const id = ++this.#readNo;
    const branch = desk.core?.vitals().branch ?? 0;
    this.#reads.set(`${desk.id}/${id}`, { desk, floor: this.#toldUpTo.get(branch) ?? 0, branch });
    this.history.reads(`${desk.id}/${id}`, desk, (objects) => this.#dice.pick(objects));
    desk.give({ kind: 'read', id });
  }

  noteUpdate(update: RequestUpdate, branch: number): void {
    const request = this.#requests.get(update.requestId);
    if (request === undefined) throw new Violation('C2', `an update of request ${update.requestId}, which nobody made`);
    const final = request.state === 'done' || request.state === 'cancelled' || request.state === 'expired';
    if (final && update.state !== request.state) {
      throw new Violation('C2', `request ${request.id} was ${request.state} and is now ${update.state}`, request.desk.id);
    }
    if (request.answered && update.state === 'expired') {
      throw new Violation('C2', `request ${request.id} was answered and is now expired`, request.desk.id);
    }
    request.state = update.state;
    if (update.state === 'done' && update.applied !== null) this.history.told(request.id, update.applied.result);
    request.answered ||= update.state === 'done';
    if (update.state === 'sending' || update.state === 'queued') return;
    if (this.#open.delete(request.id)) {
      if (update.state === 'done') this.answered += 1;
      if (update.state === 'cancelled') this.cancelled += 1;
    }
    this.#toldUpTo.set(branch, Math.max(this.#toldUpTo.get(branch) ?? 0, update.applied?.index ?? 0));
  }

  /** C6: a linearizable read sees everything that anybody had been told of when it began. */
  noteRead(desk: Desk, read: { readonly id: number; readonly ok: boolean; readonly index: number }): void {
    const key = `${desk.id}/${read.id}`;
    const known = this.#reads.get(key);
    this.#reads.delete(key);
    if (known === undefined || !read.ok || known.branch !== desk.core?.vitals().branch) return;
    this.reads += 1;
    this.history.read(key, desk);
    const applied = desk.core?.appliedIndex() ?? 0;
    if (applied < read.index) {
      throw new Violation('Q4', `a read is answered at entry #${applied}, it has to see #${read.index}`, desk.id);
    }
    if (read.index < known.floor) {
      throw new Violation('C6', `a read answers from entry #${read.index}; somebody had been told of #${known.floor} before`, desk.id);
    }
  }

  /**
   * What a crashed desktop had not written down is gone, and its owner was never told that it is safe. What it had finished but not yet
   * crossed out on disk comes up again after the restart, and must end the same way.
   */
  noteCrash(desk: Desk): void {
    const kept = desk.disk.requests();
    for (const request of this.#requests.values()) {
      if (request.desk !== desk || request.state === 'lost') continue;
      if (kept.has(request.id)) {
        if (request.state === 'cancelled') throw new Violation('C2', `request ${request.id} was cancelled and is still on disk`, desk.id);
        request.state = 'sending';
        this.#open.set(request.id, request);
      } else if (this.#open.delete(request.id)) {
        request.state = 'lost';
      }
    }
    for (const [key, read] of this.#reads) if (read.desk === desk) this.#reads.delete(key);
  }

  /** A desktop that left for good answers nothing any more. */
  noteGone(desk: Desk): void {
    for (const request of this.#open.values()) if (request.desk === desk) this.#open.delete(request.id);
  }
}
