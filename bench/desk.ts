/**
 * A desktop under measurement: one real peer in a process of its own, with its client beside it, steered by the parent over IPC.
 *
 * The client is in the peer's process and uses the peer's own interface (`PeerPort.submit`), as the desktop program does; what is measured is
 * request to answer at that desktop, signature and disk included.
 */
import { randomUUID } from 'node:crypto';
import { Socket } from 'node:dgram';
import type { PeerOptions, PeerPort } from '../app/api/peerPort.ts';
import { openPeer } from '../app/peer.ts';
import type { MarketCommand } from '../shared/commands.ts';

export type ToDesk =
  | { readonly kind: 'open'; readonly options: PeerOptions }
  | { readonly kind: 'create'; readonly name: string; readonly code: string }
  | { readonly kind: 'join'; readonly name: string; readonly code: string; readonly address: string }
  | { readonly kind: 'command'; readonly command: MarketCommand }
  | { readonly kind: 'load'; readonly itemId: string; readonly inFlight: number; readonly ms: number }
  /** Bids the next amount on one of the lots, over and over; only waits with nothing in flight. */
  | { readonly kind: 'bids'; readonly lotIds: readonly string[]; readonly inFlight: number; readonly ms: number }
  | { readonly kind: 'first'; readonly itemId: string }
  | { readonly kind: 'look' };

export interface Look {
  readonly role: string;
  readonly leader: string | null;
  readonly term: number;
  readonly applied: number;
  readonly voters: number;
  readonly alive: number;
  readonly me: string;
  readonly address: string;
  readonly digest: string;
  /** Who hosts the first lot that has a host, and whether it has all its backups. */
  readonly host: string | null;
  readonly whole: boolean;
  readonly rssMb: number;
  /** Sent by this desktop since it started. */
  readonly datagrams: number;
  readonly bytes: number;
}

export type FromDesk =
  | { readonly kind: 'done'; readonly ok: boolean; readonly text: string; readonly data: { readonly [key: string]: unknown } }
  | {
      readonly kind: 'load';
      readonly count: number;
      readonly refused: number;
      readonly ms: number;
      readonly cpuMs: number;
      /** Sent by this desktop in that time. */
      readonly datagrams: number;
      readonly latencies: readonly number[];
      /** The longest time without an accepted request. */
      readonly gapMs: number;
    }
  | { readonly kind: 'first'; readonly at: number }
  | { readonly kind: 'look'; readonly look: Look };

const MAX_SAMPLES = 200_000;

let datagrams = 0;
let bytes = 0;

/** Counts what leaves, whoever sends it. */
function countDatagrams(): void {
  const send = Socket.prototype.send;
  Object.defineProperty(Socket.prototype, 'send', {
    value(this: Socket, ...args: unknown[]) {
      datagrams += 1;
      if (args[0] instanceof Uint8Array) bytes += args[0].length;
      return Reflect.apply(send, this, args);
    },
  });
}

export function runDesk(): void {
  countDatagrams();
  let peer: PeerPort | null = null;
  const tell = (message: FromDesk): void => void process.send?.(message);
  const waiting = new Map<string, () => void>();
  /** The highest price of each lot that an answer has told of: newer than what this replica shows. */
  const told = new Map<string, number>();

  /** Resolves with whether it was accepted. */
  function ask(
    port: PeerPort,
    command: MarketCommand,
    timeoutMs = 60_000,
  ): Promise<{ ok: boolean; data: { readonly [key: string]: unknown } }> {
    const id = randomUUID();
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve({ ok: false, data: {} }), timeoutMs);
      waiting.set(id, () => {
        clearTimeout(timer);
        waiting.delete(id);
        const record = port.request(id);
        const result = record?.result;
        const said = result === undefined || result === null ? {} : result.ok ? result.data : result.details;
        if ('lotId' in said && typeof said['price'] === 'number')
          told.set(String(said['lotId']), Math.max(told.get(String(said['lotId'])) ?? 0, said['price']));
        resolve(result?.ok === true ? { ok: true, data: result.data } : { ok: false, data: {} });
      });
      const submitted = port.submit(command, id);
      if (!submitted.ok) {
        clearTimeout(timer);
        waiting.delete(id);
        resolve({ ok: false, data: {} });
      }
    });
  }

  /** Keeps `inFlight` requests under way for `ms` and tells how they went. */
  async function load(port: PeerPort, inFlight: number, ms: number, next: () => MarketCommand): Promise<void> {
    const latencies: number[] = [];
    let count = 0;
    let refused = 0;
    let gapMs = 0;
    let acceptedAt = performance.now();
    const begin = performance.now();
    const cpu = process.cpuUsage();
    const sent = datagrams;
    const client = async (): Promise<void> => {
      while (performance.now() - begin < ms) {
        const at = performance.now();
        const { ok } = await ask(port, next());
        if (ok) {
          count += 1;
          gapMs = Math.max(gapMs, performance.now() - acceptedAt);
          acceptedAt = performance.now();
        } else refused += 1;
        if (latencies.length < MAX_SAMPLES) latencies.push(performance.now() - at);
      }
    };
    if (inFlight === 0) await new Promise((resolve) => setTimeout(resolve, ms));
    await Promise.all(Array.from({ length: inFlight }, client));
    const used = process.cpuUsage(cpu);
    const cpuMs = (used.user + used.system) / 1_000;
    tell({ kind: 'load', count, refused, ms: performance.now() - begin, cpuMs, datagrams: datagrams - sent, latencies, gapMs });
  }

  /** The next bid as this replica knows it, on a lot that somebody else leads if there is one. */
  function nextBid(port: PeerPort, lotIds: readonly string[]): MarketCommand {
    const me = port.self().peerId;
    const lots = port.market()?.state.lots;
    const from = Math.floor(Math.random() * lotIds.length);
    const order = lotIds.map((_, n) => lotIds[(from + n) % lotIds.length] ?? '');
    const lotId = order.find((id) => lots?.get(id)?.bids.at(-1)?.bidder !== me) ?? order[0] ?? '';
    return { type: 'auction.bid', lotId, amount: Math.max(lots?.get(lotId)?.price ?? 0, told.get(lotId) ?? 0) + 1 };
  }

  /** Buys until one purchase is accepted; tells the wall clock of that moment. */
  async function first(port: PeerPort, itemId: string): Promise<void> {
    const { ok } = await ask(port, { type: 'order.buy', itemId, quantity: 1 });
    tell(ok ? { kind: 'first', at: Date.now() } : { kind: 'first', at: -1 });
  }

  function look(port: PeerPort): Look {
    const core = port.core();
    const market = port.market();
    const lot = [...(market?.state.liveLots.values() ?? [])].find(({ pod }) => pod !== null);
    const host = [...(market?.state.members.values() ?? [])].find(({ memberNo }) => memberNo === lot?.pod?.host);
    return {
      role: core?.role ?? 'none',
      leader: core?.leader ?? null,
      term: core?.term ?? 0,
      applied: core?.appliedIndex ?? 0,
      voters: core?.peers.filter((p) => p.voter).length ?? 0,
      alive: core?.peers.filter((p) => p.state === 'alive').length ?? 0,
      me: port.self().peerId,
      address: port.self().udpAddress,
      digest: market?.digest() ?? '',
      host: host?.peerId ?? null,
      whole: lot !== undefined && lot.pod?.backups.length === lot.backups,
      rssMb: process.memoryUsage.rss() / 2 ** 20,
      datagrams,
      bytes,
    };
  }

  async function handle(message: ToDesk): Promise<void> {
    if (message.kind === 'open') {
      const opened = await openPeer(message.options);
      if (opened.ok) {
        peer = opened.value;
        peer.onRequest((record) => {
          if (record.state === 'done' || record.state === 'expired') waiting.get(record.requestId)?.();
        });
      }
      return tell({ kind: 'done', ok: opened.ok, text: opened.ok ? '' : opened.error.message, data: {} });
    }
    if (peer === null) return tell({ kind: 'done', ok: false, text: 'not open', data: {} });
    const port = peer;
    switch (message.kind) {
      case 'create': {
        const { name, code } = message;
        const options = {
          currency: 'EUR',
          decimals: 2,
          commissionBps: 1_000,
          preset: 'lan',
          availability: 'safe',
          takeover: 'never',
          allowNegative: true,
          faultsAllowed: true,
        } as const;
        const made = await port.createMarket({ name, code, ...options });
        return tell({ kind: 'done', ok: made.ok, text: '', data: {} });
      }
      case 'join': {
        const joined = await port.joinMarket(message);
        return tell({ kind: 'done', ok: joined.ok, text: joined.ok ? '' : joined.error.message, data: {} });
      }
      case 'command': {
        const { ok, data } = await ask(port, message.command);
        return tell({ kind: 'done', ok, text: '', data });
      }
      case 'load':
        return load(port, message.inFlight, message.ms, () => ({ type: 'order.buy', itemId: message.itemId, quantity: 1 }));
      case 'bids':
        return load(port, message.inFlight, message.ms, () => nextBid(port, message.lotIds));
      case 'first':
        return first(port, message.itemId);
      default:
        return tell({ kind: 'look', look: look(port) });
    }
  }

  process.on('message', (message: ToDesk) => void handle(message));
  process.on('disconnect', () => process.exit(0));
}
