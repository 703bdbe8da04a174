/**
 * One real desktop under test: a `tradepost run` process with its own data folder and fixed ports, and what may happen to it.
 *
 * Only this child is ever signalled, by its own handle. After a kill it can be started again on the same folder and ports, and the
 * same client reaches it, because token and address stay.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { connect } from '../app/api/client.ts';
import type { MarketClient, Method, Outcome, Params, Result } from '../shared/contract.ts';
import type { EventView, StatusView } from '../shared/views.ts';
import { until } from './until.ts';

/** From the sources or from a bundle in dist/: the folder of the project. */
function projectFolder(from: string): string {
  return existsSync(path.join(from, 'package.json')) ? from : projectFolder(path.dirname(from));
}

export const root = projectFolder(import.meta.dirname);
export const CLI = path.join(root, 'dist/node/cli.js');
const CALL_MS = 5_000;
const START_MS = 60_000;
const KEPT_LINES = 200;

const announced = z.object({
  name: z.string(),
  peerId: z.string(),
  url: z.string(),
  ownerUrl: z.string(),
  udpAddress: z.string(),
  pid: z.int(),
});
type Announced = z.infer<typeof announced>;

export interface DeskOptions {
  readonly name: string;
  readonly dataDir: string;
  readonly webPort: number;
  readonly udpPort: number;
  /** More arguments of `tradepost run`. */
  readonly args: readonly string[];
  /** What stands before the command line: a program that runs it elsewhere on this machine and becomes it. */
  readonly prefix?: readonly string[];
  /** How its interface is reached; over loopback by default. */
  readonly connect?: (where: { readonly url: string; readonly token: string }) => MarketClient;
}

export interface CliRun {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one `tradepost` command line to its end. */
export function tradepost(args: readonly string[], timeoutMs = START_MS): Promise<CliRun> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], { timeout: timeoutMs, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ exit, stdout, stderr });
    });
  });
}

export class Desk {
  readonly options: DeskOptions;
  #child: ChildProcess | null = null;
  #client: MarketClient | null = null;
  #announced: Announced | null = null;
  #frozen = false;
  /** What it said on stderr, newest last. */
  readonly said: string[] = [];

  constructor(options: DeskOptions) {
    this.options = options;
    mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  }

  get name(): string {
    return this.options.name;
  }
  get running(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }
  get frozen(): boolean {
    return this.#frozen;
  }
  get peerId(): string {
    return this.#known().peerId;
  }
  get pid(): number {
    return this.#known().pid;
  }
  get url(): string {
    return this.#known().url;
  }
  get token(): string {
    return new URL(this.#known().ownerUrl).searchParams.get('token') ?? '';
  }
  get udp(): string {
    return `127.0.0.1:${this.options.udpPort}`;
  }

  #known(): Announced {
    if (this.#announced === null) throw new Error(`${this.name} was never started`);
    return this.#announced;
  }

  /** Starts the process and waits for its address. Throws with its last words when it ends before that. */
  async start(): Promise<void> {
    if (this.running) throw new Error(`${this.name} runs already`);
    const { name, dataDir, webPort, udpPort, args, prefix = [] } = this.options;
    const all = ['run', '--headless', '--json', '--log-level', 'warn', '--name', name, '--data-dir', dataDir];
    const [program = process.execPath, ...before] = [...prefix, process.execPath];
    const child = spawn(program, [...before, CLI, ...all, '--web', String(webPort), '--port', String(udpPort), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#frozen = false;
    createInterface(child.stderr).on('line', (line) => {
      this.said.push(line);
      if (this.said.length > KEPT_LINES) this.said.shift();
    });
    const line = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${name} said nothing for ${START_MS / 1_000} s`)), START_MS);
      createInterface(child.stdout).once('line', (first) => {
        clearTimeout(late);
        resolve(first);
      });
      child.once('exit', (code) => {
        clearTimeout(late);
        reject(new Error(`${name} ended with ${code}: ${this.said.slice(-5).join(' | ')}`));
      });
    });
    this.#announced = announced.parse(JSON.parse(line));
    const { url, token } = this;
    this.#client = this.options.connect?.({ url, token }) ?? connect({ url, token, timeoutMs: CALL_MS });
  }

  call<M extends Method>(method: M, params: Params<M>): Promise<Outcome<Result<M>>> {
    if (this.#client === null) throw new Error(`${this.name} was never started`);
    return this.#client.call(method, params);
  }

  /** The value; throws with code and sentence when it was refused. */
  async get<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    const outcome = await this.call(method, params);
    if (outcome.ok) return outcome.value;
    throw new Error(`${this.name} refused ${method}: ${outcome.error.code} ${outcome.error.message}`);
  }

  /** Null while it does not answer. */
  async status(): Promise<StatusView | null> {
    if (!this.running || this.#frozen) return null;
    const status = await this.call('status', {});
    return status.ok ? status.value : null;
  }

  /** Events of this process after `since`, those of one kind when asked for. */
  async events(kind?: string, since = 0): Promise<EventView[]> {
    const events = await this.get('events', { since });
    return kind === undefined ? events : events.filter((event) => event.kind === kind);
  }

  /** One command line against this desktop. */
  cli(...args: readonly string[]): Promise<CliRun> {
    return tradepost([...args, '--data-dir', this.options.dataDir]);
  }

  #signal(name: NodeJS.Signals): void {
    if (!this.running) throw new Error(`${this.name} does not run`);
    this.#child?.kill(name);
  }

  /** As a power cut does; resolves when the process is gone. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** As Ctrl+C does: with a goodbye. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(name: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === null || !this.running) return;
    await new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill(name);
      if (this.#frozen && name !== 'SIGKILL') child.kill('SIGCONT');
    });
    this.#frozen = false;
  }

  /** Everything of it stands still, as on a laptop whose lid was closed. */
  freeze(): void {
    this.#signal('SIGSTOP');
    this.#frozen = true;
  }
  thaw(): void {
    this.#signal('SIGCONT');
    this.#frozen = false;
  }

  /** Waits until it answers and stands in its market. */
  untilIn(ms = START_MS): Promise<void> {
    return until(`${this.name} is in the market`, ms, async () => (await this.status())?.phase === 'running');
  }
}
