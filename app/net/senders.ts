/**
 * Who speaks on which stream, and which boot of a desktop is its latest.
 *
 * The group key proves membership only, so the first message of a stream says whose it is and every later one must agree. A message
 * of an earlier boot is a recording or was delayed over a restart: the desktop no longer knows what it said then. A second stream of the
 * same boot is a twin, started from a copy of the data folder; two memories must not speak, promise or acknowledge as one voter.
 */
import type { Message } from '../core/types.ts';
import type { PeerId } from '../../shared/ids.ts';
import type { Refusal } from './counters.ts';

/** Above the largest market (64 members) by far; more costs memory, fewer forgets which boot was the latest. */
const MAX_PEERS = 1_024;

interface Speaker {
  readonly peerId: PeerId;
  readonly boot: number;
}

function keepNewest<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > MAX_PEERS && !oldest.done) map.delete(oldest.value);
}

export class Senders {
  readonly #self: PeerId;
  readonly #speakers = new Map<string, Speaker>();
  readonly #latest = new Map<PeerId, { readonly boot: number; readonly stream: string }>();

  constructor(self: PeerId) {
    this.#self = self;
  }

  /** The desktop behind a stream, once it has said anything. */
  of(stream: string): PeerId | null {
    return this.#speakers.get(stream)?.peerId ?? null;
  }

  /** Null when this speaker is who the stream says and not of an older boot; otherwise the reason. `proven` is the key's word for it. */
  check(stream: string, proven: PeerId | null, claimed: Pick<Message, 'from' | 'boot'>): Refusal | null {
    if (claimed.from === this.#self) return 'fromSelf';
    if (proven !== null && proven !== claimed.from) return 'fromMismatch';
    const speaker = this.#speakers.get(stream);
    if (speaker !== undefined && (speaker.peerId !== claimed.from || speaker.boot !== claimed.boot)) return 'fromMismatch';
    const latest = this.#latest.get(claimed.from);
    if (latest !== undefined && claimed.boot < latest.boot) return 'staleBoot';
    if (latest !== undefined && claimed.boot === latest.boot && stream !== latest.stream) return 'twin';
    if (speaker === undefined) keepNewest(this.#speakers, stream, { peerId: claimed.from, boot: claimed.boot });
    if (latest === undefined || claimed.boot > latest.boot) keepNewest(this.#latest, claimed.from, { boot: claimed.boot, stream });
    return null;
  }
}
