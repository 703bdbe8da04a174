/**
 * Real desktops for the tests in a real browser: `tradepost` processes of the built program, on ports and in a folder of their own,
 * so that two test runs, or a developer's own swarm, never meet.
 */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { z } from 'zod';
import { connect } from '../../app/api/client.ts';
import { freePorts } from '../ports.ts';

const root = path.resolve(import.meta.dirname, '../..');
const CLI = path.join(root, 'dist/node/cli.js');
const run = promisify(execFile);

const deskSchema = z.object({ name: z.string(), url: z.string(), ownerUrl: z.string(), pid: z.int() });
/** One running desktop. `ownerUrl` carries the key. */
export type Desk = z.infer<typeof deskSchema>;

/** A folder that goes away with `remove`. */
export function freshFolder(): { readonly dir: string; remove(): void } {
  const dir = mkdtempSync(path.join(tmpdir(), 'tradepost-browser-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Ends a process at once, as a power cut would, and waits until it is gone. */
async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGKILL');
  });
}

export interface Started {
  readonly desk: Desk;
  /** Ends it without a goodbye. */
  kill(): Promise<void>;
}

/** Starts one desktop and waits for its address. Throws with what it said when it ends before that. */
export async function startDesk(args: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, [CLI, 'run', '--json', '--log-level', 'warn', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', () => reject(new Error(`The desktop ended: ${said.join('')}`)));
  });
  return { desk: deskSchema.parse(JSON.parse(line)), kill: () => gone(child) };
}

export interface Swarm {
  /** Desk-1 first. */
  readonly desks: readonly Desk[];
  /** Ends the process of Desk-n without a goodbye. */
  kill(number: number): Promise<void>;
  /** Starts Desk-n again, on its ports and its data. */
  restart(number: number): Promise<void>;
  down(): Promise<void>;
}

/** `tradepost swarm up`: desktops that are one market, the highest number leading. */
export async function swarmUp(count: number, options: readonly string[] = []): Promise<Swarm> {
  const { dir, remove } = freshFolder();
  const [web, udp] = [await freePorts(count), await freePorts(count)];
  const cli = async (...args: readonly string[]): Promise<string> =>
    (await run(process.execPath, [CLI, ...args, '--data-dir', dir])).stdout;
  const up = ['swarm', 'up', '-n', String(count), '--fresh', '--preset', 'demo', '--web-base', String(web), '--port-base', String(udp)];
  const desks = z.array(deskSchema).parse(JSON.parse(await cli(...up, ...options, '--json')));
  const again: Started[] = [];
  return {
    desks,
    async kill(number) {
      const desk = desks[number - 1];
      if (desk === undefined) throw new Error(`There is no Desk-${number}`);
      process.kill(desk.pid, 'SIGKILL');
    },
    async restart(number) {
      const data = path.join(dir, `swarm/desk-${number}`);
      again.push(
        await startDesk(['--data-dir', data, '--headless', '--web', `127.0.0.1:${web + number - 1}`, '--port', String(udp + number - 1)]),
      );
    },
    async down() {
      await Promise.all(again.map((one) => one.kill()));
      await cli('swarm', 'down');
      remove();
    },
  };
}

/** A program's connection to a desktop, for what no page shows. */
export const programOf = (desk: Desk) => connect({ url: desk.url, token: new URL(desk.ownerUrl).searchParams.get('token') ?? '' });
