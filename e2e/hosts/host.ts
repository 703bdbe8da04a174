/**
 * One host of the simulated network: its desktop, the client program beside it, its disk and its wall clock.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { z } from 'zod';
import { type MarketClient, methods, type Outcome } from '../../shared/contract.ts';
import { Desk, type DeskOptions, root } from '../desk.ts';
import type { Decided, FromAgent, Grounds, Seen, ToAgent } from './messages.ts';
import type { Network } from './network.ts';

const AGENT = path.join(root, 'dist/node/agent.js');
const CLOCK = pathToFileURL(path.join(root, 'e2e/hosts/steppedClock.mjs')).href;
/** A disk so small that a test can fill it. */
const SMALL_DISK_MB = 48;
const WEB_PORT = 7_101;
const UDP_PORT = 47_100;
const CHUNK_BYTES = 65_536;

export interface HostOptions {
  /** Its data lie on a disk of its own that can be filled. */
  readonly small: boolean;
  /** Its wall clock can be stepped. */
  readonly clock: boolean;
  /** Of `tradepost run`. */
  readonly args: readonly string[];
}

export class Host {
  readonly number: number;
  readonly desk: Desk;
  readonly decided: Decided[] = [];
  readonly seen: Seen[] = [];
  readonly #agent: ChildProcess;
  readonly #clock: string;
  readonly #mount: string | null;
  readonly #calls = new Map<number, (outcome: Outcome<unknown>) => void>();
  #nextCall = 1;
  #settled: ((open: number) => void) | null = null;
  #first: ((at: number) => void) | null = null;

  constructor(network: Network, number: number, dir: string, { small, clock, args }: HostOptions) {
    this.number = number;
    const dataDir = path.join(dir, `desk-${number}`);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    this.#mount = small ? dataDir : null;
    if (small) execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_DISK_MB}m,mode=700`, 'tmpfs', dataDir]);
    this.#clock = path.join(dir, `clock-${number}`);
    this.stepClock(0);
    const ownClock = ['env', `STEPPED_CLOCK=${this.#clock}`, `NODE_OPTIONS=--import=${CLOCK}`];
    const options: DeskOptions = {
      name: `Desk-${number}`,
      dataDir,
      webPort: WEB_PORT,
      udpPort: UDP_PORT,
      args,
      prefix: [...network.on(number), ...(clock ? ownClock : [])],
      connect: (where) => this.#connect(where),
    };
    this.desk = new Desk(options);
    const [execPath = 'ip', ...execArgv] = [...network.on(number), process.execPath];
    this.#agent = fork(AGENT, [], { execPath, execArgv, serialization: 'advanced' });
    this.#agent.on('message', (message: FromAgent) => this.#hear(message));
  }

  /** Process id of the client program. */
  get clientPid(): number {
    const { pid } = this.#agent;
    if (pid === undefined) throw new Error(`the client program of host ${this.number} never ran`);
    return pid;
  }

  #say(message: ToAgent): void {
    if (this.#agent.connected) this.#agent.send(message);
  }

  #hear(message: FromAgent): void {
    if (message.kind === 'decided') this.decided.push(message.decided);
    else if (message.kind === 'seen') this.seen.push(message.seen);
    else if (message.kind === 'settled') this.#settled?.(message.open);
    else if (message.kind === 'first') this.#first?.(message.at);
    else if (message.kind === 'answer') {
      this.#calls.get(message.id)?.(message.outcome);
      this.#calls.delete(message.id);
    }
  }

  /** The desktop's interface, through the client program. */
  #connect(where: { readonly url: string; readonly token: string }): MarketClient {
    this.#say({ kind: 'at', ...where });
    return {
      call: async (method, params) => {
        const id = this.#nextCall;
        this.#nextCall += 1;
        const outcome = await new Promise<Outcome<unknown>>((resolve) => {
          this.#calls.set(id, resolve);
          this.#say({ kind: 'call', id, method, params });
        });
        if (!outcome.ok) return outcome;
        // Checked once more on this side, which makes it the method's own result type.
        const result: z.ZodType = methods[method].result;
        return { ok: true, value: result.parse(outcome.value) as z.output<(typeof methods)[typeof method]['result']> };
      },
      subscribe: () => {
        throw new Error('the client programs of hosts do not subscribe');
      },
    };
  }

  grounds(grounds: Grounds): void {
    this.#say({ kind: 'grounds', grounds });
  }
  load(clients: number, rate: number): void {
    this.#say({ kind: 'load', number: this.number, clients, rate });
  }

  /** Begins nothing new and resolves when every request is decided, with how many are not (none). */
  settle(): Promise<number> {
    return new Promise((resolve) => {
      this.#settled = resolve;
      this.#say({ kind: 'stop' });
    });
  }

  /** Buys until a purchase is accepted; gives the wall clock of that moment. */
  firstPurchase(itemId: string): Promise<number> {
    return new Promise((resolve) => {
      this.#first = resolve;
      this.#say({ kind: 'first', itemId });
    });
  }

  /** Moves the wall clock of the desktop to this distance from the real one, seconds; it notices within a fifth of a second. */
  stepClock(seconds: number): void {
    // In one step, so that nobody reads half of it.
    writeFileSync(`${this.#clock}.new`, String(seconds));
    renameSync(`${this.#clock}.new`, this.#clock);
  }

  get #ballast(): string {
    return path.join(this.desk.options.dataDir, 'ballast');
  }

  /** Leaves no free byte on its small disk. */
  fillDisk(): void {
    if (this.#mount === null) throw new Error('only a small disk is filled');
    const file = openSync(this.#ballast, 'w');
    const { bavail, bsize } = statfsSync(this.#mount);
    try {
      for (let left = bavail * bsize; left > 0; left -= CHUNK_BYTES) writeSync(file, new Uint8Array(CHUNK_BYTES));
    } catch {
      // Full.
    } finally {
      closeSync(file);
    }
  }
  freeDisk(): void {
    rmSync(this.#ballast, { force: true });
  }
  get diskIsSmall(): boolean {
    return this.#mount !== null;
  }

  /** The last resort while this process ends: nothing can be waited for. */
  abandon(): void {
    // The signal leaves at once.
    void this.desk.kill();
    this.#unmount();
  }

  #unmount(): void {
    if (this.#mount !== null && existsSync(this.#mount)) execFileSync('umount', ['-l', this.#mount]);
  }

  async end(): Promise<void> {
    await this.desk.kill();
    if (this.#agent.connected) this.#agent.disconnect();
    await new Promise((resolve) => (this.#agent.exitCode === null ? this.#agent.once('exit', resolve) : resolve(null)));
    this.#unmount();
  }
}
