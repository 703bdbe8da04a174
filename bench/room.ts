/** The parent's side: a room of desktops as child processes on loopback, each with its own data folder. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FromDesk, Look, ToDesk } from './desk.ts';

const POLL_MS = 20;
const MAX_VOTERS = 7;

export class Desk {
  readonly #dir: string;
  readonly #port: number;
  #child: ChildProcess | null = null;

  constructor(dir: string, port: number) {
    this.#dir = dir;
    this.#port = port;
  }

  async start(name: string): Promise<void> {
    this.#child = fork(process.argv[1] ?? '', [], { env: { ...process.env, TRADEPOST_BENCH_DESK: '1' }, serialization: 'advanced' });
    const options = { dataDir: this.#dir, name, priority: null, port: this.#port, peers: [], multicast: false, logLevel: 'error' };
    await this.done({ kind: 'open', options });
  }

  /** Sends and waits for the answer of this kind. */
  ask<K extends FromDesk['kind']>(message: ToDesk, kind: K): Promise<Extract<FromDesk, { kind: K }>> {
    const child = this.#child;
    if (child === null) throw new Error('desk is not running');
    return new Promise((resolve, reject) => {
      const onExit = (): void => reject(new Error('the desk ended'));
      const onMessage = (answer: FromDesk): void => {
        if (answer.kind !== kind) return;
        child.off('message', onMessage);
        child.off('exit', onExit);
        resolve(answer as Extract<FromDesk, { kind: K }>);
      };
      child.on('message', onMessage);
      child.once('exit', onExit);
      child.send(message);
    });
  }

  async done(message: ToDesk): Promise<{ readonly [key: string]: unknown }> {
    const answer = await this.ask(message, 'done');
    if (!answer.ok) throw new Error(`${message.kind}: ${answer.text}`);
    return answer.data;
  }

  async look(): Promise<Look> {
    return (await this.ask({ kind: 'look' }, 'look')).look;
  }

  /** SIGKILL; resolves when the process is gone, with the moment of the kill. */
  kill(): Promise<number> {
    const child = this.#child;
    this.#child = null;
    if (child === null) return Promise.resolve(Date.now());
    return new Promise((resolve) => {
      const at = Date.now();
      child.once('exit', () => resolve(at));
      child.kill('SIGKILL');
    });
  }

  /** Lets it end by itself. */
  end(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.disconnect();
    });
  }
}

export interface Room {
  readonly desks: readonly Desk[];
  readonly itemId: string;
  /** One more desktop, not in the market yet. */
  another(): Promise<Desk>;
  /** Lets a desktop into the market. */
  admit(desk: Desk): Promise<unknown>;
  close(): Promise<void>;
}

/** Waits for a condition; throws when it takes longer than `ms`. */
export async function until(what: string, ms: number, condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited too long for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** `n` desktops in one market, all voters up to seven, with plenty for sale by two of them. */
export async function openRoom(n: number, basePort: number): Promise<Room> {
  const root = mkdtempSync(path.join(tmpdir(), 'tradepost-bench-'));
  const desks = Array.from({ length: n }, (_, i) => new Desk(path.join(root, `desk-${i + 1}`), basePort + i));
  const [founder, ...others] = desks;
  if (founder === undefined) throw new Error('a room needs a desk');
  const code = randomUUID();
  await Promise.all(desks.map((desk, i) => desk.start(`Desk-${i + 1}`)));
  await founder.done({ kind: 'create', name: 'Bench', code });
  const admit = (desk: Desk) => desk.done({ kind: 'join', name: 'Bench', code, address: `127.0.0.1:${basePort}` });
  await Promise.all(others.map(admit));
  await until('everybody is in, and votes or follows', 20_000 + 4_000 * n, async () => {
    const { voters, alive } = await founder.look();
    return voters === Math.min(n, MAX_VOTERS) && alive === n;
  });
  let itemId = '';
  for (const seller of desks.slice(0, 2)) {
    const placed = await seller.done({ kind: 'command', command: { type: 'offer.place', name: 'salt', price: 100, quantity: 1_000_000 } });
    itemId = String(placed['itemId']);
  }
  return {
    desks,
    itemId,
    admit,
    async another() {
      const no = desks.length + 1;
      const desk = new Desk(path.join(root, `desk-${no}`), basePort + no - 1);
      await desk.start(`Desk-${no}`);
      desks.push(desk);
      return desk;
    },
    async close() {
      await Promise.all(desks.map((desk) => desk.end()));
      rmSync(root, { recursive: true, force: true });
    },
  };
}
