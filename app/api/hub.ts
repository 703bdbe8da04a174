/**
 * Topic pushes: what changed, whole, at most every 100 ms.
 *
 * A view is computed only while somebody is subscribed, once for all subscribers, and sent only when its JSON differs from what was
 * sent last; a peer that applies thousands of commands a second costs ten computations. A subscriber that cannot take more is
 * skipped and gets a full set when it is ready again, so no queue here grows with time.
 */
import { type BigTopic, type DeltaPush, type Push, type Topic, type TopicValue, topics } from '../../shared/contract.ts';
import { changeOf, isBig, type Rows } from './deltas.ts';
import type { PortTopic } from './peerPort.ts';
import type { Timers } from './timers.ts';

export const PUSH_INTERVAL_MS = 100;
/** Ages and clocks change without any event; this often they are looked at. */
export const REFRESH_MS = 1_000;

/** One receiver. `deliver` gets the value and its JSON text, so that no carrier serialises twice. */
export interface Sink {
  ready(): boolean;
  /** Does it take what changed in a big topic instead of the whole? */
  readonly deltas?: boolean;
  deliver(push: Push, dataJson: string): void;
  /** Only called when `deltas` is set. */
  deliverDelta?(push: DeltaPush, deltaJson: string): void;
}

export interface TopicSource {
  /** The whole value of a topic now. For `events`: everything after `since`. */
  read<T extends Topic>(topic: T, since: number): TopicValue<T>;
  onChange(listener: (topic: PortTopic) => void): () => void;
}

export interface Hub {
  /** Sends a full set at once. Returns the unsubscribe function. */
  subscribe(sink: Sink): () => void;
  close(): void;
}

const affected: Record<PortTopic, readonly Topic[]> = {
  core: ['status', 'peers', 'auctions'],
  market: ['status', 'items', 'stock', 'auctions', 'notices', 'balance'],
  // A bid that is under way changes the sentence of its lot.
  requests: ['requests', 'status', 'auctions'],
  events: ['events'],
  self: ['status', 'peers'],
};
const order = Object.keys(topics) as readonly Topic[];
const refreshed: readonly Topic[] = ['status', 'peers', 'auctions'];

interface Subscriber {
  readonly sink: Sink;
  seq: number;
  behind: boolean;
  eventsSent: number;
}

interface TopicState {
  json: string;
  /** Of a big topic: its rows as they were pushed last. */
  rows: Rows;
  sentAt: number;
  cancel: (() => void) | null;
}

export function createHub(source: TopicSource, timers: Timers): Hub {
  const subscribers = new Set<Subscriber>();
  const states = new Map<Topic, TopicState>(
    order.map((topic) => [topic, { json: '', rows: new Map(), sentAt: Number.NEGATIVE_INFINITY, cancel: null }]),
  );
  let stopListening: (() => void) | null = null;
  let stopRefresh: (() => void) | null = null;

  function stateOf(topic: Topic): TopicState {
    const state = states.get(topic);
    if (state === undefined) throw new Error(`no topic ${topic}`);
    return state;
  }

  function push<T extends Topic>(subscriber: Subscriber, topic: T, data: TopicValue<T>, json: string): void {
    subscriber.seq += 1;
    // The pair (topic, data) is one of the union's members; TypeScript cannot see it through the type parameter.
    subscriber.sink.deliver({ seq: subscriber.seq, topic, data } as unknown as Push, json);
  }

  function pushEvents(subscriber: Subscriber): void {
    const events = source.read('events', subscriber.eventsSent);
    const last = events.at(-1);
    if (last === undefined) return;
    subscriber.eventsSent = last.seq;
    push(subscriber, 'events', events, JSON.stringify(events));
  }

  function fullSet(subscriber: Subscriber): void {
    subscriber.behind = false;
    for (const topic of order) {
      if (topic === 'events') pushEvents(subscriber);
      else {
        const data = source.read(topic, 0);
        const json = JSON.stringify(data);
        // With others listening, what *they* got last is what decides whether something changed.
        if (subscribers.size === 1) {
          stateOf(topic).json = json;
          if (isBig(topic)) stateOf(topic).rows = changeOf(topic, new Map(), source.read(topic, 0)).rows;
        }
        push(subscriber, topic, data, json);
      }
    }
  }

  /** May this subscriber get a push now? One that was too slow first catches up with a full set. */
  function current(subscriber: Subscriber): boolean {
    if (!subscriber.sink.ready()) {
      subscriber.behind = true;
      return false;
    }
    if (!subscriber.behind) return true;
    fullSet(subscriber);
    return false;
  }

  /** A row that a subscriber has already (its full set was newer than the last push) is put again, which changes nothing. */
  function flushDelta(topic: BigTopic): void {
    const state = stateOf(topic);
    const { rows, change } = changeOf(topic, state.rows, source.read(topic, 0));
    state.rows = rows;
    if (change === null) return;
    const json = JSON.stringify(change);
    for (const subscriber of subscribers) {
      if (subscriber.sink.deltas !== true || !current(subscriber)) continue;
      subscriber.seq += 1;
      subscriber.sink.deliverDelta?.({ seq: subscriber.seq, topic, delta: change } as unknown as DeltaPush, json);
    }
  }

  function flush(topic: Topic): void {
    const state = stateOf(topic);
    state.cancel = null;
    state.sentAt = timers.now();
    if (topic === 'events') {
      for (const subscriber of subscribers) if (current(subscriber)) pushEvents(subscriber);
      return;
    }
    if (isBig(topic)) flushDelta(topic);
    const whole = [...subscribers].filter(({ sink }) => !(isBig(topic) && sink.deltas === true));
    if (whole.length === 0) return;
    const data = source.read(topic, 0);
    const json = JSON.stringify(data);
    if (json === state.json) return;
    state.json = json;
    for (const subscriber of whole) if (current(subscriber)) push(subscriber, topic, data, json);
  }

  function touch(topic: Topic): void {
    const state = stateOf(topic);
    if (state.cancel !== null) return;
    const wait = Math.max(0, state.sentAt + PUSH_INTERVAL_MS - timers.now());
    state.cancel = timers.after(wait, () => flush(topic));
  }

  function refresh(): void {
    stopRefresh = timers.after(REFRESH_MS, refresh);
    for (const subscriber of subscribers) current(subscriber);
    for (const topic of refreshed) touch(topic);
  }

  function start(): void {
    stopListening = source.onChange((changed) => {
      for (const topic of affected[changed]) touch(topic);
    });
    stopRefresh = timers.after(REFRESH_MS, refresh);
  }

  function stop(): void {
    stopListening?.();
    stopRefresh?.();
    stopListening = null;
    stopRefresh = null;
    for (const state of states.values()) {
      state.cancel?.();
      state.cancel = null;
      state.json = '';
      state.rows = new Map();
    }
  }

  return {
    subscribe(sink) {
      const subscriber: Subscriber = { sink, seq: 0, behind: false, eventsSent: 0 };
      if (subscribers.size === 0) start();
      subscribers.add(subscriber);
      fullSet(subscriber);
      return () => {
        if (subscribers.delete(subscriber) && subscribers.size === 0) stop();
      };
    },
    close() {
      subscribers.clear();
      stop();
    },
  };
}
