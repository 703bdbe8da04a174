/**
 * The client program of one host: it runs in the host's namespace and reaches the desktop there over loopback, as a person's program
 * would. Every request is asked again under its `requestId` until it is decided, whatever happens to the desktop meanwhile.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../app/api/client.ts';
import type { MarketClient, Method, Params } from '../../shared/contract.ts';
import type { RequestView } from '../../shared/views.ts';
import type { Decided, FromAgent, Grounds, Seen, ToAgent } from './messages.ts';

/** How long one ask waits for the decision before the same request is asked again. */
const ASK_MS = 2_500;
const CALL_MS = 5_000;
const AGAIN_MS = 100;
const MOST_PIECES = 5;
/** Before every so manieth request a client looks what there is. */
const LOOKS_ONE_IN = 5;
/** Bids of different hosts never have the same amount: the last two digits are the host's number. */
const STEP_MINOR = 100;

let client: MarketClient | null = null;
let grounds: Grounds = { items: [], lots: [] };
let open = 0;
let trading = new AbortController();
let clients: Promise<void>[] = [];

function tell(message: FromAgent): void {
  process.send?.(message);
}

/** Ms of a clock that all programs on this machine share. */
const monotonic = (): number => Number(process.hrtime.bigint()) / 1e6;

const pick = <T>(list: readonly T[]): T | undefined => (list.length === 0 ? undefined : list[randomInt(list.length)]);

interface Wish {
  readonly kind: Decided['kind'];
  readonly target: string;
  readonly amount: number;
}

/** One ask; null while there is no decision. */
async function ask({ kind, target, amount }: Wish, requestId: string, timeoutMs: number): Promise<RequestView | null> {
  if (client === null) return null;
  const how = { requestId, wait: 'committed', timeoutMs } as const;
  const outcome =
    kind === 'buy'
      ? await client.call('order.buy', { itemId: target, quantity: amount, ...how })
      : await client.call('auction.bid', { lotId: target, amount: (amount / 100).toFixed(2), ...how });
  if (!outcome.ok) return null;
  const { state } = outcome.value;
  return state === 'accepted' || state === 'refused' || state === 'expired' ? outcome.value : null;
}

async function see(wish: Wish): Promise<void> {
  const requestId = randomUUID();
  const call = monotonic();
  open += 1;
  for (let asks = 1; ; asks += 1) {
    const answer = await ask(wish, requestId, ASK_MS);
    if (answer !== null && (answer.state === 'accepted' || answer.state === 'refused' || answer.state === 'expired')) {
      const { state, entry, code, data } = answer;
      const note = state === 'accepted' ? String(data['orderId'] ?? '') : (code ?? '');
      open -= 1;
      return tell({ kind: 'decided', decided: { ...wish, requestId, fate: state, entry, note, call, return: monotonic(), asks } });
    }
    await sleep(AGAIN_MS);
  }
}

/** A purchase, or every fourth time a bid above what is shown. */
async function wish(number: number): Promise<Wish | null> {
  const lot = randomInt(4) === 0 ? pick(grounds.lots) : undefined;
  if (lot === undefined || client === null) {
    const target = pick(grounds.items);
    return target === undefined ? null : { kind: 'buy', target, amount: 1 + randomInt(MOST_PIECES) };
  }
  const shown = await client.call('auction', { lotId: lot });
  const next = shown.ok ? shown.value.value.nextBid : null;
  if (next === null) return null;
  return { kind: 'bid', target: lot, amount: (Math.ceil(next.minor / STEP_MINOR) + randomInt(3)) * STEP_MINOR + number };
}

/** Reads for sure what one of the goods or lots has come to. A read that nobody confirms says nothing. */
async function look(): Promise<void> {
  if (client === null) return;
  const call = monotonic();
  const synced = await client.call('sync', {});
  if (!synced.ok) return;
  const seen = await valueOf(client);
  if (seen !== null) tell({ kind: 'seen', seen: { ...seen, call, return: monotonic() } });
}

async function valueOf(at: MarketClient): Promise<Pick<Seen, 'kind' | 'target' | 'value'> | null> {
  const lot = randomInt(2) === 0 ? pick(grounds.lots) : undefined;
  if (lot !== undefined) {
    const shown = await at.call('auction', { lotId: lot });
    return shown.ok ? { kind: 'lot', target: lot, value: Math.max(0, ...shown.value.value.bids.map(({ amount }) => amount.minor)) } : null;
  }
  const [target, shown] = [pick(grounds.items), await at.call('items', {})];
  const item = shown.ok ? shown.value.value.find(({ itemId }) => itemId === target) : undefined;
  return target === undefined || item === undefined ? null : { kind: 'goods', target, value: item.available };
}

async function trade(number: number, pauseMs: number, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const begin = performance.now();
    if (randomInt(LOOKS_ONE_IN) === 0) await look();
    const next = await wish(number);
    if (next !== null) await see(next);
    await sleep(Math.max(1, pauseMs - (performance.now() - begin)));
  }
}

async function first(itemId: string): Promise<void> {
  const requestId = randomUUID();
  for (;;) {
    const answer = await ask({ kind: 'buy', target: itemId, amount: 1 }, requestId, 4 * ASK_MS);
    if (answer !== null) return tell({ kind: 'first', at: answer.state === 'accepted' ? Date.now() : Number.NaN });
    await sleep(1);
  }
}

async function call(id: number, method: Method, params: object): Promise<void> {
  const silent = { ok: false, error: { code: 'NO_PEER', message: 'The desktop of this host was never started.' } } as const;
  // The director's own types made method and parameters fit; the desktop checks them again.
  const outcome = client === null ? silent : await client.call(method, params as Params<typeof method>);
  tell({ kind: 'answer', id, outcome });
}

function hear(message: ToAgent): void {
  switch (message.kind) {
    case 'at':
      client = connect({ url: message.url, token: message.token, timeoutMs: CALL_MS });
      return;
    case 'call':
      return void call(message.id, message.method, message.params);
    case 'grounds':
      grounds = message.grounds;
      return;
    case 'load': {
      const pauseMs = (1_000 * message.clients) / message.rate;
      trading = new AbortController();
      clients = Array.from({ length: message.clients }, () => trade(message.number, pauseMs, trading.signal));
      return;
    }
    case 'stop':
      trading.abort();
      return void Promise.all(clients).then(() => tell({ kind: 'settled', open }));
    default:
      return void first(message.itemId);
  }
}

process.on('message', hear);
process.on('disconnect', () => process.exit(0));
tell({ kind: 'ready' });
