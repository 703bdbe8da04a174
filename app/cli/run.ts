/**
 * `tradepost run`: a peer without a window, until it is stopped.
 *
 * Ctrl+C and kill are not a crash: leadership is handed over first, and the desktop stays a member. Leaving is a decision of its own
 * (`tradepost market leave`).
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Host, findRenderer, startHost } from '../api/host.ts';
import type { OpenPeer } from '../api/peerPort.ts';
import type { Outcome, Params } from '../../shared/contract.ts';
import type { StatusView } from '../../shared/views.ts';
import { createParams } from './commands/network.ts';
import { Ended, ended } from './context.ts';
import { EXIT, type Exit } from './exit.ts';
import type { Output } from './output.ts';
import { findPeer, removePeerFile, writePeerFile } from '../api/peerFile.ts';
import { dataDirOf, type WhichProfile } from './profile.ts';

const JOIN_PATIENCE_MS = 30_000;
const ASK_AGAIN_MS = 500;
const CLOSE_PATIENCE_MS = 3_000;

export interface RunOptions extends WhichProfile {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly name?: string | undefined;
  readonly priority?: number | undefined;
  readonly market?: string | undefined;
  readonly code?: string | undefined;
  readonly create?: boolean | undefined;
  readonly port?: number | undefined;
  readonly peer: readonly string[];
  readonly multicast: boolean;
  readonly preset?: Params<'market.create'>['preset'];
  readonly currency?: string | undefined;
  readonly commission?: number | undefined;
  readonly takeover?: Params<'market.create'>['takeover'];
  readonly snapshotEvery?: number | undefined;
  readonly fresh?: boolean | undefined;
  readonly rejoin?: boolean | undefined;
  readonly allowCopy?: boolean | undefined;
  readonly availability?: Params<'market.create'>['availability'];
  readonly headless?: boolean | undefined;
  /** undefined: interface only; true: pages too, port chosen; or an address. */
  readonly web?: true | { readonly host: string; readonly port: number } | undefined;
  readonly yes?: boolean | undefined;
  readonly logLevel: string;
}

const local = (host: string): boolean => host === '127.0.0.1' || host === 'localhost' || host === '::1';

async function prepare(dataDir: string, options: RunOptions): Promise<void> {
  const running = await findPeer(dataDir);
  if (running !== null) throw new Ended(EXIT.refused, `A peer is already running for this profile at ${running.url}.`);
  if (options.fresh === true) await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
}

/** A desktop that was asked while it was still starting knew of no market; until we are in, all addresses are asked again. */
async function keepAsking({ peer, service }: Host, addresses: readonly string[], stop: AbortSignal): Promise<void> {
  while (!stop.aborted && (peer.phase() === 'joining' || peer.phase() === 'setup')) {
    await sleep(ASK_AGAIN_MS);
    if (peer.phase() === 'joining') await Promise.all(addresses.map((address) => service.call('peers.add', { address })));
  }
}

/** Creates or joins the market that was asked for; a desktop that already is in one stays there. */
async function enterMarket(host: Host, options: RunOptions, stop: AbortSignal): Promise<Outcome<StatusView> | null> {
  const { peer, service } = host;
  const { market, code, create, peer: addresses } = options;
  if (peer.phase() === 'setup' && create === true) return service.call('market.create', createParams(market ?? 'Market', options));
  if (market === undefined && peer.phase() !== 'joining') return null;
  const asking = keepAsking(host, addresses, stop);
  if (market === undefined || peer.phase() !== 'setup') return null;
  const until = performance.now() + JOIN_PATIENCE_MS;
  // The first one may be off for good; each try asks the next.
  for (let turn = 0; ; turn += 1) {
    const address = addresses[turn % Math.max(1, addresses.length)];
    const how = { name: market, ...(code === undefined ? {} : { code }), ...(address === undefined ? {} : { address }) };
    const joined = await service.call('market.join', how);
    if (joined.ok) await asking;
    if (joined.ok || stop.aborted || performance.now() > until) return joined;
    await sleep(ASK_AGAIN_MS);
  }
}

function untilStopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    // An abort signal alone does not keep the process alive; a peer with closed sockets (simulated crash) must live on.
    const alive = setInterval(() => {}, 60_000);
    stop.addEventListener(
      'abort',
      () => {
        clearInterval(alive);
        resolve();
      },
      { once: true },
    );
  });
}

const showsPages = ({ headless, web }: RunOptions): boolean => headless !== true || web !== undefined;

function announce(host: Host, options: RunOptions, output: Output): void {
  const { name, peerId, udpAddress } = host.peer.self();
  const { url, ownerUrl } = host.http;
  if (options.json) output.data(JSON.stringify({ name, peerId, url, ownerUrl, udpAddress, pid: process.pid }));
  else if (!options.quiet) {
    if (showsPages(options))
      output.say('Open this address in a browser on this machine. The key in it is yours: who has it acts as this desktop.');
    output.data(`${name} ${ownerUrl}`);
  }
}

/** Runs until `stop`; gives the exit code. */
export async function runPeer(openPeer: OpenPeer, options: RunOptions, output: Output, stop: AbortSignal): Promise<Exit> {
  const web = options.web === undefined || options.web === true ? { host: '127.0.0.1', port: 0 } : options.web;
  if (!local(web.host)) {
    if (options.yes !== true)
      throw new Ended(
        EXIT.usage,
        `Serving at ${web.host} lets everybody on this network who has the address with its key control this desktop. Add --yes if you want that.`,
      );
    output.say(`Warning: everybody on this network who has the printed address can control this desktop.`);
  }
  const dataDir = dataDirOf(options);
  await prepare(dataDir, options);
  const started = await startHost(
    openPeer,
    {
      dataDir,
      name: options.name ?? null,
      priority: options.priority ?? null,
      port: options.port ?? null,
      peers: options.peer,
      multicast: options.multicast,
      snapshotEntries: options.snapshotEvery,
      rejoin: options.rejoin,
      allowCopy: options.allowCopy,
      logLevel: options.logLevel,
      web,
      rendererDir: showsPages(options) ? findRenderer() : null,
    },
    { onError: (error) => output.say(error instanceof Error ? (error.stack ?? error.message) : String(error)) },
  );
  if (!started.ok) throw ended(started.error);
  const host = started.value;
  try {
    await writePeerFile(dataDir, { pid: process.pid, url: host.http.url, name: host.peer.self().name });
    announce(host, options, output);
    const entered = await enterMarket(host, options, stop);
    if (entered !== null && !entered.ok) output.say(entered.error.message);
    await untilStopped(stop);
    return EXIT.ok;
  } finally {
    await Promise.race([host.close(), sleep(CLOSE_PATIENCE_MS, undefined, { ref: false })]);
    await removePeerFile(dataDir, process.pid);
  }
}

/** Where the log of a desktop of the swarm goes. */
export function logFileOf(dataDir: string): string {
  return join(dataDir, 'desk.log');
}
