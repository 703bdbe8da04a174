/**
 * The leader's hand in who hosts what: new lots get a host and backups, those that do not answer are replaced, and when desktops join,
 * duties move to them. One step at a time and always a proposal: the rules of the seats decide when the log takes it.
 */
import type { PeerId } from '../../../shared/ids.ts';
import type { Lot, Pod, SystemCommand } from '../records.ts';
import type { Books } from '../state.ts';
import { mayBeHosted } from './hosted.ts';

/** With fewer desktops than this there is nobody to spare, and every bid goes through the market's log. */
export const MIN_DESKTOPS = 4;
/** A lot that ends sooner gets no host any more. */
const WORTH_IT_MS = 2_000;
const HOST_LOAD = 2;
const BACKUP_LOAD = 1;
/** Duties move when that makes loads more even, not just to move. */
const UNEVEN = 2;

/** Whom the leader can choose from. */
export interface Room {
  readonly leader: PeerId;
  /** Does not answer the leader. */
  silent(peerId: PeerId): boolean;
  /** Wants to leave the market. */
  leaves(peerId: PeerId): boolean;
  /** Has answered just now: whoever died together with somebody has not. */
  there(peerId: PeerId): boolean;
  /** Is no member any more, or wants to leave. */
  gone(peerId: PeerId): boolean;
}

type Seating = Extract<SystemCommand, { type: 'seats' | 'recall' }>;

const membersOf = (pod: Pod): number[] => [pod.host, ...pod.backups];

class Autopilot {
  readonly #books: Books;
  readonly #t: number;
  readonly #load = new Map<number, number>();
  readonly #answers = new Set<number>();
  /** Answered just now: only they take over from somebody. */
  readonly #there = new Set<number>();
  readonly #members = new Set<number>();
  readonly #leave = new Set<number>();
  readonly #leader: number;

  constructor(books: Books, t: number, room: Room) {
    this.#books = books;
    this.#t = t;
    this.#leader = books.members.get(room.leader)?.memberNo ?? 0;
    for (const { peerId, memberNo } of books.members.values()) {
      if (room.gone(peerId)) continue;
      this.#members.add(memberNo);
      if (room.leaves(peerId)) this.#leave.add(memberNo);
      if (room.silent(peerId)) continue;
      this.#answers.add(memberNo);
      if (room.there(peerId)) this.#there.add(memberNo);
    }
    for (const { pod } of books.liveLots.values()) if (pod !== null) this.#count(pod);
  }

  #count({ host, backups, joining }: Pick<Pod, 'host' | 'backups' | 'joining'>): void {
    const add = (no: number, load: number): void => void this.#load.set(no, (this.#load.get(no) ?? 0) + load);
    add(host, HOST_LOAD);
    for (const no of [...backups, ...(joining === null ? [] : [joining])]) add(no, BACKUP_LOAD);
  }

  #loadOf(no: number): number {
    return this.#load.get(no) ?? 0;
  }

  /** The standby pool: who answers and has no seat in this lot, least busy first, the leader last. */
  #pool(taken: readonly number[]): number[] {
    const last = (no: number): number => (no === this.#leader ? 1 : 0);
    return [...this.#answers]
      .filter((no) => !taken.includes(no))
      .sort((a, b) => last(a) - last(b) || this.#loadOf(a) - this.#loadOf(b) || a - b);
  }

  due(): Seating[] {
    const due: Seating[] = [];
    for (const lot of this.#books.liveLots.values()) {
      const next = lot.pod === null ? this.#first(lot) : this.#next(lot, lot.pod);
      if (next !== null) due.push(next);
    }
    const moved = due.length === 0 ? this.#evener() : null;
    return moved === null ? due : [moved];
  }

  #first(lot: Lot): Seating | null {
    if (this.#answers.size < MIN_DESKTOPS || !mayBeHosted(this.#books, lot) || (lot.endsAt ?? 0) - this.#t < WORTH_IT_MS) return null;
    const [host, ...others] = this.#pool([]);
    if (host === undefined) return null;
    const seats = { host, backups: others.slice(0, lot.backups), joining: null };
    this.#count(seats);
    return { type: 'seats', lotId: lot.lotId, epoch: 0, ...seats };
  }

  #next(lot: Lot, pod: Pod): Seating | null {
    const { lotId } = lot;
    const { epoch } = pod;
    if (!pod.carried && !pod.holders.some((no) => this.#members.has(no))) return { type: 'recall', lotId, epoch };
    if (!this.#answers.has(pod.host)) {
      const backups = pod.backups.filter((no) => this.#answers.has(no));
      const able = (pod.carried ? this.#pool([pod.host]) : pod.holders).filter((no) => no !== pod.host && this.#there.has(no));
      const host = able.find((no) => backups.includes(no)) ?? able[0];
      return host === undefined ? null : { type: 'seats', lotId, epoch, host, backups: backups.filter((no) => no !== host), joining: null };
    }
    if (pod.joining !== null && this.#answers.has(pod.joining)) return null;
    const spare = this.#spare(lot, pod);
    const left = pod.backups.filter((no) => no !== spare);
    const seats = { type: 'seats', lotId, epoch, host: pod.host } as const;
    // Where one more is needed first, somebody gets ready; only then does the one who is to go.
    if (left.length < lot.backups) {
      const [joining = null] = this.#pool([...membersOf(pod), pod.joining ?? 0]);
      if (joining !== pod.joining) return { ...seats, backups: pod.backups, joining };
    } else if (pod.joining !== null) return { ...seats, backups: pod.backups, joining: null };
    else if (![pod.host, ...left].every((no) => pod.holders.includes(no))) return null;
    return spare !== undefined && this.#maySpare(pod, left) ? { ...seats, backups: left, joining: null } : null;
  }

  /**
   * The backup that can go: who wants to leave, or, when somebody has got ready in addition, the busiest. Who only stays away is reported
   * by the host.
   */
  #spare(lot: Lot, { backups }: Pod): number | undefined {
    const leaving = backups.find((no) => this.#leave.has(no));
    if (leaving !== undefined || backups.length <= lot.backups) return leaving;
    return backups.toSorted((a, b) => this.#loadOf(b) - this.#loadOf(a) || b - a)[0];
  }

  /** Would somebody be left who has everything and has answered just now? Nobody gives up his copy to one who may have died with others. */
  #maySpare({ carried, host, holders }: Pod, left: readonly number[]): boolean {
    return carried || (holders.includes(host) && [host, ...left].some((no) => holders.includes(no) && this.#there.has(no)));
  }

  /** One duty of somebody busy for somebody idle. A host changes places with its backup first: then its seat is a backup's, and can move. */
  #evener(): Seating | null {
    if (this.#answers.size < MIN_DESKTOPS) return null;
    for (const lot of this.#books.liveLots.values()) {
      const { pod, lotId } = lot;
      if (pod === null || pod.backups.length < lot.backups || pod.joining !== null || !pod.holders.includes(pod.host)) continue;
      const { epoch, host, backups } = pod;
      const [idle] = this.#pool(membersOf(pod)).filter((no) => this.#there.has(no));
      const busy = backups.find((no) => idle !== undefined && idle !== this.#leader && this.#loadOf(no) - this.#loadOf(idle) >= UNEVEN);
      // It takes over from the busiest when it is ready.
      if (busy !== undefined && idle !== undefined) return { type: 'seats', lotId, epoch, host, backups, joining: idle };
      const able = backups.find(
        (no) => this.#there.has(no) && pod.holders.includes(no) && no !== this.#leader && this.#loadOf(host) - this.#loadOf(no) > UNEVEN,
      );
      if (able !== undefined)
        return { type: 'seats', lotId, epoch, host: able, backups: [host, ...backups.filter((no) => no !== able)], joining: null };
    }
    return null;
  }
}

/** Who is to host what, as the leader sees it at log time `t`. */
export function dueSeats(books: Books, t: number, room: Room): SystemCommand[] {
  return new Autopilot(books, t, room).due();
}
