/**
 * A peer behind a message port: what Electron's main process talks to (shared/ipc.ts).
 *
 * The peer lives in a worker thread so that no dialog or window can hold up its clock. Every message is checked; one that is not of
 * the protocol is ignored, because only our own main process can send here. A subscriber's number belongs to main, its `seq` to us.
 */
import { type FromWorker, toWorker } from '../../shared/ipc.ts';
import type { Outcome } from '../../shared/contract.ts';
import type { OpenPeer, PeerPort } from './peerPort.ts';
import { createService, type Service, type ServiceOptions } from './service.ts';

export interface MessagePortLike {
  onMessage(listener: (message: unknown) => void): void;
  post(message: FromWorker): void;
  /** No more messages will come; the thread may end. */
  end(): void;
}

interface Running {
  readonly peer: PeerPort;
  readonly service: Service;
  readonly subscriptions: Map<number, () => void>;
  readonly stopServing: (() => Promise<void>) | null;
}

/** Offers the same service to others as well (the HTTP interface); gives back how to stop that. */
export type AlsoServe = (service: Service, peer: PeerPort) => Promise<() => Promise<void>>;

/** Serves one peer over `port` until it is told to shut down. */
export function hostWorker(
  port: MessagePortLike,
  openPeer: OpenPeer,
  options: ServiceOptions = {},
  alsoServe: AlsoServe | null = null,
): void {
  let running: Running | null = null;
  let started = false;

  async function start(peerOptions: Parameters<OpenPeer>[0]): Promise<void> {
    if (started) return;
    started = true;
    const opened = await openPeer(peerOptions);
    if (!opened.ok) {
      port.post({ started: { ok: false, error: opened.error } });
      return port.end();
    }
    const service = createService(opened.value, options);
    running = { peer: opened.value, service, subscriptions: new Map(), stopServing: (await alsoServe?.(service, opened.value)) ?? null };
    port.post({ started: { ok: true } });
  }

  async function call(id: number, method: string, params: unknown): Promise<void> {
    const notYet: Outcome<unknown> = { ok: false, error: { code: 'NO_PEER', message: 'This desktop has not started yet.' } };
    const outcome = running === null ? notYet : await running.service.callUnknown(method, params ?? {});
    port.post(outcome.ok ? { id, ok: true, value: outcome.value } : { id, ok: false, error: outcome.error });
  }

  function subscribe(subscription: number): void {
    if (running === null || running.subscriptions.has(subscription)) return;
    const unsubscribe = running.service.subscribe({
      ready: () => true,
      deltas: true,
      deliverDelta: ({ topic, seq, delta }) => port.post({ subscription, topic, seq, delta }),
      deliver: ({ topic, seq, data }) => port.post({ subscription, topic, seq, data }),
    });
    running.subscriptions.set(subscription, unsubscribe);
  }

  function unsubscribe(subscription: number): void {
    running?.subscriptions.get(subscription)?.();
    running?.subscriptions.delete(subscription);
  }

  async function shutdown(): Promise<void> {
    const closing = running;
    running = null;
    await closing?.stopServing?.();
    closing?.service.close();
    await closing?.peer.close();
    port.end();
  }

  port.onMessage((raw) => {
    const parsed = toWorker.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    if ('start' in message) void start(message.start);
    else if ('subscribe' in message) subscribe(message.subscribe);
    else if ('unsubscribe' in message) unsubscribe(message.unsubscribe);
    else if ('method' in message) void call(message.id, message.method, message.params);
    else if (message.control === 'shutdown') void shutdown();
    else if (message.control === 'suspend') running?.peer.suspend();
    else running?.peer.wake();
  });
}
