/**
 * Starts the built desktop program over the Electron double, with the real worker thread or with one that answers at once.
 */
import { EventEmitter } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { vi } from 'vitest';
import type { ToWorker } from '../../shared/ipc.ts';
import { toWorker } from '../../shared/ipc.ts';
import { ElectronDouble } from './electronDouble.ts';

const BUILT = new URL('../../dist/main/index.js', import.meta.url).href;

/** A peer's thread that says yes to everything and remembers what it was asked. */
export class ThreadDouble extends EventEmitter {
  readonly heard: ToWorker[] = [];
  /** Answers to methods a test cares about; others are echoed. */
  readonly values = new Map<string, unknown>();
  postMessage(raw: unknown): void {
    const message = toWorker.parse(raw);
    this.heard.push(message);
    const say = (answer: object): void => queueMicrotask(() => void this.emit('message', answer));
    if ('start' in message) say({ started: { ok: true } });
    else if ('id' in message)
      say({ id: message.id, ok: true, value: this.values.get(message.method) ?? { asked: message.method, params: message.params } });
    else if ('subscribe' in message) say({ subscription: message.subscribe, topic: 'events', seq: 1, data: [] });
    else if ('control' in message && message.control === 'shutdown') queueMicrotask(() => void this.emit('exit', 0));
  }
  /** Tells every subscriber that a topic changed. */
  push(topic: 'status' | 'notices' | 'auctions'): void {
    for (const message of this.heard)
      if ('subscribe' in message) this.emit('message', { subscription: message.subscribe, topic, seq: 2, data: [] });
  }
  terminate(): Promise<number> {
    this.emit('exit', 1);
    return Promise.resolve(1);
  }
}

export interface Program {
  readonly electron: ElectronDouble;
  /** Threads the program started; empty with the real worker. */
  readonly threads: readonly ThreadDouble[];
  readonly dataDir: string;
  /** Everything the program logged as refused. */
  readonly refusals: readonly (readonly unknown[])[];
}

/** Runs the program's main module once. `lockFree: false` plays a second instance. */
export async function startProgram(
  browser: Browser,
  {
    worker,
    lockFree = true,
    args = [],
    link = null,
  }: { worker: 'real' | 'double'; lockFree?: boolean; args?: readonly string[]; link?: string | null },
): Promise<Program> {
  const electron = new ElectronDouble(browser);
  electron.app.lockFree = lockFree;
  electron.app.startedBy = link;
  const wanted = args[args.indexOf('--data-dir') + 1];
  const dataDir = args.includes('--data-dir') && wanted !== undefined ? wanted : mkdtempSync(path.join(tmpdir(), 'tradepost-window-'));
  const threads: ThreadDouble[] = [];
  const refusals: unknown[][] = [];

  vi.resetModules();
  vi.doMock('electron', () => electron.module());
  if (worker === 'double') {
    vi.doMock('node:worker_threads', () => ({
      Worker: function Worker() {
        const thread = new ThreadDouble();
        threads.push(thread);
        return thread;
      },
    }));
  } else {
    vi.doUnmock('node:worker_threads');
  }
  vi.spyOn(console, 'warn').mockImplementation((...line: unknown[]) => void refusals.push(line));
  const argv = process.argv;
  process.argv = [argv[0] ?? 'node', 'index.js', '--data-dir', dataDir, ...args];
  try {
    // A built file; it has no types and is not there while this is checked.
    await vi.importActual(BUILT);
  } finally {
    process.argv = argv;
  }
  return { electron, threads, dataDir, refusals };
}
