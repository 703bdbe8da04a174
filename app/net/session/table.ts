/**
 * The sessions there are, by number and by desktop.
 *
 * While keys are renewed a desktop has several: the newest confirmed one is used for sending, the older ones still open what was
 * under way. All of it is bounded; what was used longest ago goes first.
 */
import type { PeerId } from '../../../shared/ids.ts';
import type { Session } from './session.ts';

/** One in use, one before it, one being made. */
const MAX_PER_PEER = 3;
/** Above the largest market (64 members) with three each. */
export const MAX_SESSIONS = 256;

export class SessionTable {
  readonly #byNumber = new Map<number, Session>();
  /** Newest first. */
  readonly #byPeer = new Map<PeerId, readonly Session[]>();

  get size(): number {
    return this.#byNumber.size;
  }

  of(number: number): Session | null {
    return this.#byNumber.get(number) ?? null;
  }

  /** The session to send with; null when there is none. */
  current(peerId: PeerId, now: number): Session | null {
    return this.#byPeer.get(peerId)?.find((s) => s.confirmed && !s.lost && !s.expired(now)) ?? null;
  }

  /** Desktops that can be sent to at this moment. */
  peers(now: number): readonly PeerId[] {
    return [...this.#byPeer.keys()].filter((peerId) => this.current(peerId, now) !== null);
  }

  all(): readonly Session[] {
    return [...this.#byNumber.values()];
  }

  add(session: Session): void {
    const { peerId } = session.speaker;
    this.#byNumber.set(session.local, session);
    const sessions = [session, ...(this.#byPeer.get(peerId) ?? [])];
    this.#byPeer.set(peerId, sessions);
    for (const old of sessions.slice(MAX_PER_PEER)) this.drop(old);
    if (this.#byNumber.size <= MAX_SESSIONS) return;
    const idle = this.all().reduce((a, b) => (b.usedAt < a.usedAt ? b : a));
    this.drop(idle);
  }

  drop(session: Session): void {
    const { peerId } = session.speaker;
    this.#byNumber.delete(session.local);
    const left = (this.#byPeer.get(peerId) ?? []).filter((other) => other !== session);
    if (left.length === 0) this.#byPeer.delete(peerId);
    else this.#byPeer.set(peerId, left);
  }

  /** Drops what is too old, and of this desktop's earlier lives everything. */
  sweep(now: number): void {
    for (const session of this.#byNumber.values()) if (session.expired(now)) this.drop(session);
  }

  /** A new life of a desktop has begun: what belonged to an earlier one is over. */
  keepLife(peerId: PeerId, stream: string): void {
    for (const session of this.#byPeer.get(peerId) ?? []) if (session.speaker.stream !== stream) this.drop(session);
  }
}
