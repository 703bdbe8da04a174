/**
 * Everything that crosses a process or thread border of the desktop program, on one screen.
 *
 *   page  --channels-->  Electron main  --messages-->  worker thread that holds the peer
 *
 * Main only carries: it checks who asks and what, and hands on. A subscription has a number chosen by whoever subscribes; each gets
 * its own full set of topics and its own `seq`, exactly as one WebSocket connection of the browser does.
 */
import { z } from 'zod';
import { apiError, methods, topics } from './contract.ts';
import type { Method, Outcome, Topic } from './contract.ts';

/** What the preload gives the page as `window.market`. */
export interface MarketBridge {
  /** Resolves with an Outcome, never rejects for a refusal. */
  call(method: string, params: unknown): Promise<unknown>;
  /** Calls back with every Push, first a full set of topics. Returns the unsubscribe function. */
  subscribe(listener: (push: unknown) => void): () => void;
}

/** What a person chose for this window on this machine. `closing`: what the window's close button does. */
export const desktopSettings = z.strictObject({
  closing: z.enum(['ask', 'tray', 'quit']),
  /** Whether the machine may not fall asleep by itself while it leads an open auction. */
  keepAwake: z.boolean(),
  /** Which news become native notices while the window is not in front. */
  notices: z.strictObject({
    outbid: z.boolean(),
    won: z.boolean(),
    sold: z.boolean(),
    readyCheck: z.boolean(),
    /** Files of before have no such switch. */
    ending: z.boolean().default(true),
    low: z.boolean(),
  }),
});
export type DesktopSettings = z.infer<typeof desktopSettings>;

/** What the preload gives the page as `window.desktop`: the shell's own settings, and where a menu, link or notice wants to lead. */
export interface DesktopBridge {
  settings(): Promise<unknown>;
  /** Resolves with the settings in force afterwards. */
  change(settings: unknown): Promise<unknown>;
  /** Opens another desktop on this machine, as the menu does. */
  another(): Promise<unknown>;
  /** Calls back with a place in the interface (text after '#'), or with a key the page handles. */
  onAsked(listener: (asked: unknown) => void): void;
}

/** Main to page: show this place, or act as if this key had been pressed. */
export const asked = z.union([z.strictObject({ place: z.string().max(600) }), z.strictObject({ key: z.string().length(1) })]);
export type Asked = z.infer<typeof asked>;

const has = (table: object, name: string): boolean => Object.hasOwn(table, name);
const method = z.string().refine((name): name is Method => has(methods, name));
const topic = z.string().refine((name): name is Topic => has(topics, name));
/** Number of a call or a subscription; unique within one page or one worker. */
export const handle = z.int().min(1);

/** How a peer is opened; the worker hands it to the peer unchanged. */
export const startOptions = z.strictObject({
  dataDir: z.string().min(1),
  name: z.string().nullable(),
  priority: z.int().nullable(),
  port: z.int().min(0).max(65_535).nullable(),
  peers: z.array(z.string()),
  multicast: z.boolean(),
  logLevel: z.string(),
});
export type StartOptions = z.infer<typeof startOptions>;

/**
 * Main to worker. `start` comes first and once. `shutdown`: hand leadership over and leave within 1 s, then end the thread.
 * `suspend`: the machine is about to sleep, step down; `resume`: it woke, treat every timer as stale.
 */
export const toWorker = z.union([
  z.strictObject({ start: startOptions }),
  z.strictObject({ id: handle, method, params: z.unknown() }),
  z.strictObject({ subscribe: handle }),
  z.strictObject({ unsubscribe: handle }),
  z.strictObject({ control: z.enum(['shutdown', 'suspend', 'resume']) }),
]);
export type ToWorker = z.infer<typeof toWorker>;

/** Worker to main. `started` answers `start`; after `started.ok === false`, or when the peer stops for good, the thread ends. */
export const fromWorker = z.union([
  z.strictObject({
    started: z.union([z.strictObject({ ok: z.literal(true) }), z.strictObject({ ok: z.literal(false), error: apiError })]),
  }),
  z.strictObject({ id: handle, ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ id: handle, ok: z.literal(false), error: apiError }),
  z.strictObject({ subscription: handle, topic, seq: z.int().min(1), data: z.unknown() }),
  z.strictObject({ subscription: handle, topic, seq: z.int().min(1), delta: z.unknown() }),
]);
export type FromWorker = z.infer<typeof fromWorker>;

/** The worker's answer as an outcome of the contract. */
export function outcomeOf(answer: Extract<FromWorker, { id: number }>): Outcome<unknown> {
  return answer.ok ? { ok: true, value: answer.value } : { ok: false, error: answer.error };
}
