/**
 * Which life of a desktop is its latest.
 *
 * The handshake proves who speaks, with which boot and which static key. An earlier boot is a recording or was delayed over a restart:
 * the desktop no longer knows what it said then. A second static key of the same boot is a twin, started from a copy of the data folder;
 * two memories must not speak, promise or acknowledge as one voter.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { Refusal } from './counters.ts';

/** Above the largest market (64 members) by far; more costs memory, fewer forgets which boot was the latest. */
const MAX_PEERS = 1_024;

interface Life {
  readonly peerId: PeerId;
  readonly boot: number;
  /** Names the static key. */
  readonly stream: string;
  /** Of its program; null when it did not say one. */
  readonly version: string | null;
}

export class Senders {
  readonly #self: PeerId;
  readonly #latest = new Map<PeerId, Life>();

  constructor(self: PeerId) {
    this.#self = self;
  }

  /** Null when this is the latest life of a desktop, which is then remembered; otherwise the reason. Only proven lives may come here. */
  admit(life: Life): Refusal | null {
    if (life.peerId === this.#self) return 'fromSelf';
    const latest = this.#latest.get(life.peerId);
    if (latest !== undefined && life.boot < latest.boot) return 'staleBoot';
    if (latest !== undefined && life.boot === latest.boot && life.stream !== latest.stream) return 'twin';
    this.#latest.delete(life.peerId);
    const { peerId, boot, stream, version } = life;
    this.#latest.set(peerId, { peerId, boot, stream, version });
    const oldest = this.#latest.keys().next();
    if (this.#latest.size > MAX_PEERS && !oldest.done) this.#latest.delete(oldest.value);
    return null;
  }

  /** The version of the program in the latest life of a desktop, as far as known. */
  versionOf(peerId: PeerId): string | null {
    return this.#latest.get(peerId)?.version ?? null;
  }
}
