/**
 * What every transport must do, as tests: adapters are interchangeable because they pass the same suite.
 */
import { afterEach, describe, expect, test } from 'vitest';
import type { Message } from '../core/types.ts';
import { idOf } from './testing/identities.ts';
import { large, ping } from './testing/samples.ts';
import { waitFor } from './testing/waitFor.ts';
import type { Transport } from './transport.ts';

export interface ContractWorld {
  /** A started transport of the desktop with this number, in the open market "Room", and where it is. */
  open(n: number, boot: number): Promise<{ readonly transport: Transport; readonly address: string }>;
}

const A = idOf(0xa);
const B = idOf(0xb);
const C = idOf(0xc);

export function transportContract(name: string, world: ContractWorld): void {
  describe(`transport contract: ${name}`, () => {
    const opened: Transport[] = [];
    afterEach(async () => {
      for (const transport of opened.splice(0)) await transport.close();
    });

    async function open(n: number, boot = 1) {
      const { transport, address } = await world.open(n, boot);
      opened.push(transport);
      const inbox: Message[] = [];
      transport.onMessage((message) => inbox.push(message));
      return { transport, address, inbox };
    }

    /** Two that know where the other one is, and have not spoken yet. */
    async function strangers() {
      const [a, b] = [await open(0xa), await open(0xb)];
      a.transport.learn(B, b.address);
      b.transport.learn(A, a.address);
      return { a, b };
    }

    /** Two that can speak at once. */
    async function pair() {
      const { a, b } = await strangers();
      expect(await a.transport.probe(B, 5_000)).not.toBeNull();
      return { a, b };
    }

    test('[NT1] a message arrives as it was sent, in both directions', async () => {
      const { a, b } = await strangers();
      a.transport.send(B, ping(A, 1));
      await waitFor('message at b', () => b.inbox.length === 1);
      expect(b.inbox).toEqual([ping(A, 1)]);
      b.transport.send(A, ping(B, 2));
      await waitFor('message at a', () => a.inbox.length === 1);
      expect(a.inbox).toEqual([ping(B, 2)]);
    });

    test('[NT2] many messages of one turn all arrive, in fewer datagrams than messages', async () => {
      const { a, b } = await strangers();
      for (let seq = 0; seq < 100; seq++) a.transport.send(B, ping(A, seq));
      await waitFor('100 messages', () => b.inbox.length === 100);
      expect(b.inbox.map((m) => (m.frame.type === 'ping' ? m.frame.seq : -1))).toEqual(Array.from({ length: 100 }, (_, i) => i));
      expect(a.transport.stats().traffic.datagramsOut).toBeLessThan(20);
    });

    test('[NT3] a message of 60 000 bytes arrives whole', async () => {
      const { a, b } = await strangers();
      a.transport.send(B, large(A, 60_000));
      await waitFor('the large message', () => b.inbox.length === 1);
      expect(b.inbox).toEqual([large(A, 60_000)]);
    });

    test('[NT4] a message that is larger than the limit is refused by name, and the next one still leaves', async () => {
      const { a, b } = await pair();
      a.transport.send(B, large(A, 200_000));
      a.transport.send(B, ping(A, 1));
      await waitFor('the small message', () => b.inbox.length === 1);
      expect(a.transport.stats().refused.get('tooLarge')).toBe(1);
    });

    test('[NT5] sending to a desktop nobody knows is counted, not thrown', async () => {
      const a = await open(0xa);
      a.transport.send(B, ping(A, 1));
      await waitFor('the refusal', () => a.transport.stats().refused.size > 0);
      expect([...a.transport.stats().refused]).toEqual([['noAddress', 1]]);
    });

    test('[NT6] the answer finds the way to a desktop that was never told of', async () => {
      const [a, b] = [await open(0xa), await open(0xb)];
      a.transport.learn(B, b.address);
      a.transport.send(B, ping(A, 1));
      await waitFor('message at b', () => b.inbox.length === 1);
      b.transport.send(A, ping(B, 2));
      await waitFor('answer at a', () => a.inbox.length === 1);
      expect(b.transport.addressOf(A)).not.toBeNull();
    });

    test('[NT19] what program a desktop is comes with its keys', async () => {
      const { a, b } = await strangers();
      expect(a.transport.versionOf(B)).toBeNull();
      a.transport.send(B, ping(A, 1));
      await waitFor('message at b', () => b.inbox.length === 1);
      expect([a.transport.versionOf(B), b.transport.versionOf(A)]).toEqual(['1.11.0', '1.10.0']);
    });

    test('[NT0] what was said just before closing still leaves', async () => {
      const { a, b } = await strangers();
      a.transport.send(B, ping(A, 1));
      await a.transport.close();
      await waitFor('the last word', () => b.inbox.length === 1);
      expect(b.inbox).toEqual([ping(A, 1)]);
    });

    test('[NT7] a simulated crash is deaf and dumb, and ends', async () => {
      const { a, b } = await pair();
      b.transport.faults.dropAll = true;
      a.transport.send(B, ping(A, 1));
      await waitFor('the dropped datagram', () => (b.transport.stats().refused.get('faultDropped') ?? 0) >= 1);
      b.transport.send(A, ping(B, 1));
      await waitFor('the dropped answer', () => (b.transport.stats().refused.get('faultDropped') ?? 0) >= 2);
      expect([a.inbox, b.inbox]).toEqual([[], []]);
      b.transport.faults.clear();
      a.transport.send(B, ping(A, 2));
      await waitFor('message after recovery', () => b.inbox.length === 1);
    });

    test('[NT8] a link blocked in one direction still works in the other', async () => {
      const { a, b } = await pair();
      b.transport.faults.setLink('in', A, { block: true });
      a.transport.send(B, ping(A, 1));
      await waitFor('the blocked datagram', () => (b.transport.stats().refused.get('faultBlocked') ?? 0) >= 1);
      b.transport.send(A, ping(B, 2));
      await waitFor('the other direction', () => a.inbox.length === 1);
      expect(b.inbox).toEqual([]);
    });

    test('[NT9] what was meant for another desktop is refused, even by the same key', async () => {
      const { a, b } = await pair();
      a.transport.learn(C, b.address);
      a.transport.send(C, ping(A, 1));
      await waitFor('the refusal', () => (b.transport.stats().refused.get('notForMe') ?? 0) >= 1);
      expect(b.inbox).toEqual([]);
    });

    test('[NT10] nothing of an older boot passes once a newer one was heard', async () => {
      const b = await open(0xb);
      const newer = await open(0xa, 2);
      newer.transport.learn(B, b.address);
      newer.transport.send(B, ping(A, 1, 2));
      await waitFor('the newer boot', () => b.inbox.length === 1);
      const older = await open(0xa, 1);
      older.transport.learn(B, b.address);
      older.transport.send(B, ping(A, 2, 1));
      await waitFor('the refusal', () => (b.transport.stats().refused.get('staleBoot') ?? 0) >= 1);
      expect(b.inbox).toHaveLength(1);
    });

    test('[NT11] a member cannot speak in the name of another one: the key says who it is', async () => {
      const { a, b } = await pair();
      a.transport.send(B, ping(A, 1));
      await waitFor('the first message', () => b.inbox.length === 1);
      a.transport.send(B, ping(C, 2));
      await waitFor('the refusal', () => b.transport.stats().refused.get('fromMismatch') === 1);
      expect(b.inbox).toHaveLength(1);
    });
  });
}
