/**
 * A member of a market that says what no desktop of ours would say: a socket, a session, and whatever bytes a test wants.
 */
import { createSocket } from 'node:dgram';
import type { PeerId } from '../../../shared/ids.ts';
import { messageSchema } from '../../core/frames.ts';
import { encode } from '../../core/schema.ts';
import type { Message } from '../../core/types.ts';
import { readHeader } from '../header.ts';
import { ITEM_HEADER_BYTES, writeItemHeader } from '../items.ts';
import type { MarketKey } from '../marketKey.ts';
import { Handshake } from '../noise/handshake.ts';
import { newKeyPair } from '../noise/x25519.ts';
import { Senders } from '../senders.ts';
import { PROLOGUE } from '../session/context.ts';
import { PairSealing } from '../session/pairSealing.ts';
import { realTimers } from '../time.ts';
import { as } from './identities.ts';
import { waitFor } from './waitFor.ts';

export interface Target {
  readonly key: MarketKey;
  readonly peerId: PeerId;
  /** On loopback. */
  readonly port: number;
}

export interface Member {
  /** One datagram with this payload for the target; it was not sent. */
  sealed(payload: Uint8Array): Buffer;
  /** Sends a message, whatever it says. */
  say(message: Message): void;
  /** The beginning of another handshake. */
  handshake(): Handshake;
  close(): Promise<void>;
}

/** The desktop with this number, connected to the target. */
export async function memberAt(n: number, target: Target): Promise<Member> {
  const { self, crypto } = as(n);
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', () => resolve()));
  let kept: Buffer | null = null;
  let keep = false;
  const staticKey = newKeyPair();
  const sealing = new PairSealing({
    timers: realTimers,
    random: Math.random,
    self,
    crypto,
    staticKey,
    key: target.key,
    senders: new Senders(self.peerId),
    addressesOf: (peerId) => (peerId === target.peerId ? [{ host: '127.0.0.1', port: target.port }] : []),
    transmit: (_to, { host, port }, datagram) => {
      if (keep) kept = datagram;
      else socket.send(datagram, port, host);
    },
    proven: () => undefined,
    blocked: () => false,
    refuse: () => undefined,
  });
  socket.on('message', (datagram, from) => {
    const header = readHeader(datagram);
    if (header.ok) sealing.receive(header.kind, datagram, { host: from.address, port: from.port });
  });
  sealing.keepWarm([target.peerId]);
  await waitFor('a session', () => sealing.connected(target.peerId));
  const sealed = (payload: Uint8Array): Buffer => {
    keep = true;
    sealing.send(target.peerId, payload);
    keep = false;
    if (kept === null) throw new Error('the session is gone');
    return kept;
  };
  return {
    sealed,
    say(message) {
      const body = encode(messageSchema, message);
      const item = Buffer.alloc(ITEM_HEADER_BYTES + body.length);
      writeItemHeader(item, 0, 'message', body.length);
      item.set(body, ITEM_HEADER_BYTES);
      socket.send(sealed(item), target.port, '127.0.0.1');
    },
    handshake: () =>
      new Handshake({ initiator: true, prologue: PROLOGUE, psk: target.key.psk, static: staticKey, ephemeral: newKeyPair() }),
    async close() {
      sealing.close();
      await new Promise<void>((resolve) => void socket.close(() => resolve()));
    },
  };
}
