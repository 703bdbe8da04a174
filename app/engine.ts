/**
 * One life of a peer: store, socket, core and loop, from opening the log to closing everything.
 *
 * A simulated crash ends a life without a goodbye and recovery starts the next one from the disk, exactly as after a real crash; only the
 * process, its window and its interface live on.
 */
import { randomInt } from 'node:crypto';
import type { Outcome } from '../shared/contract.ts';
import type { PeerId } from '../shared/ids.ts';
import { type Config, type PresetName, presets } from './core/config.ts';
import { Core } from './core/core.ts';
import type { Effects, Frame, Message, Now, Self } from './core/types.ts';
import { Driver, type Stop } from './driver.ts';
import type { Identity } from './identity.ts';
import { realCrypto } from './identity.ts';
import type { Market } from './market/index.ts';
import { type LogGenesis, type MarketMachine, marketMachines } from './market/replica.ts';
import type { Interface } from './net/addresses.ts';
import type { Found, Transport } from './net/transport.ts';
import { udpTransport } from './net/udp.ts';
import { levelStore } from './store/levelStore.ts';
import { type Store, StoreFailure, type StoreProblem } from './store/store.ts';

const MAX_SKIPPED = 2 ** 24;

export interface EngineOptions {
  readonly dataDir: string;
  readonly identity: Identity;
  readonly name: string;
  readonly priority: number;
  readonly port: number | null;
  readonly multicast: boolean;
  /** Adapters to look for others on. */
  readonly interfaces: () => readonly Interface[];
  readonly snapshotEntries: number | undefined;
  /** The folder comes from another machine, on which its original may be running. */
  readonly moved: boolean;
  /** Of the program. */
  readonly version: string;
  readonly market: { readonly name: string; readonly code: string } | null;
  readonly onEffects: (effects: Effects) => void;
  readonly onFrame: (frame: Frame) => void;
  readonly onFault: (from: PeerId, frame: Extract<Frame, { type: 'fault' }>) => void;
  readonly onFound: (found: Found) => void;
  readonly onStopped: (stop: Stop) => void;
}

/** Monotonic ms and wall ms. */
export function realNow(): Now {
  return { mono: performance.now(), wall: Date.now() };
}

/** The preset with this desktop's own distance of snapshots; the log keeps no more than that behind one. */
function configOf(preset: PresetName, snapshotEntries: number | undefined): Config {
  const config = presets[preset];
  if (snapshotEntries === undefined) return config;
  return { ...config, snapshotEntries, snapshotTrail: Math.min(config.snapshotTrail, snapshotEntries) };
}

/** What happened to the data folder, why, and what to do. */
function storeText(problem: StoreProblem, dataDir: string): string {
  switch (problem.code) {
    case 'FOLDER_IN_USE':
      return `The data folder ${dataDir} is used by another running desktop. Use another --profile.`;
    case 'STORE_DAMAGED':
      return `The log in ${dataDir} is damaged (${problem.details.what}). Keep a copy, then start it with --rejoin: what is left is put aside and this desktop joins again as a new member.`;
    case 'DISK_FULL':
      return 'Cannot save. This desktop stops trading so that nothing is lost. Free some space, then start it again.';
    default:
      return `Cannot save (${problem.details.what}). This desktop stops trading so that nothing is lost.`;
  }
}

function stopOf(error: unknown, dataDir: string): Stop {
  if (!(error instanceof StoreFailure)) return { code: 'STOPPED', reason: String(error) };
  return { code: error.code === 'DISK_FULL' ? 'DISK_FULL' : 'STOPPED', reason: storeText(error, dataDir) };
}

export class Engine {
  readonly core: Core;
  readonly transport: Transport;
  readonly driver: Driver;
  readonly address: string;
  readonly busyPort: number | null;
  readonly self: Self;
  readonly #store: Store;
  readonly #options: EngineOptions;
  readonly #market: () => Market | null;
  #timer: NodeJS.Timeout | null = null;

  private constructor(parts: {
    core: Core;
    transport: Transport;
    store: Store;
    self: Self;
    busyPort: number | null;
    options: EngineOptions;
    market: () => Market | null;
  }) {
    const { core, transport, store, self, options } = parts;
    this.core = core;
    this.transport = transport;
    this.self = self;
    this.address = self.address;
    this.busyPort = parts.busyPort;
    this.#store = store;
    this.#options = options;
    this.#market = parts.market;
    this.driver = new Driver({
      core,
      self,
      now: realNow,
      write: (batch) => store.write(batch),
      explain: (error) => stopOf(error, options.dataDir),
      send: (to, message) => {
        options.onFrame(message.frame);
        transport.send(to, message);
      },
      publish: options.onEffects,
      stopped: options.onStopped,
    });
  }

  /** Opens store and socket; nothing has been said to anybody yet. */
  static async open(options: EngineOptions): Promise<Outcome<Engine>> {
    // A store made anew (a market was left, a disk was lost) goes on above all starts of the one before it: peers hear no older boots.
    // Copies of one folder skip different numbers of starts, so that no two of them pass for the same one (V12).
    const step = options.moved ? 1 + randomInt(MAX_SKIPPED) : 1;
    const store = levelStore(options.dataDir, undefined, { first: Math.floor(Date.now() / 1_000), step });
    const opened = await store.open();
    if (!opened.ok) return { ok: false, error: { code: opened.code, message: storeText(opened, options.dataDir) } };
    const recovered = opened.opened;
    const { storeId, boot } = recovered;
    const { peerId, publicKey } = options.identity;
    const transport = udpTransport({
      self: { peerId, storeId, boot, publicKey, version: options.version },
      crypto: realCrypto(options.identity),
      ...(options.port === null ? {} : { port: options.port }),
      multicast: options.multicast,
      interfaces: options.interfaces,
      peersFile: `${options.dataDir}/peers.json`,
    });
    const started = await transport.start();
    if (!started.ok) {
      await store.close();
      const message = `No usable UDP port from ${started.details.port} on (${started.details.why}).`;
      return { ok: false, error: { code: started.code, message } };
    }
    const address = `${started.address}:${started.port}`;
    const self: Self = { peerId, storeId, boot, publicKey, priority: options.priority, name: options.name, address };
    let machine: MarketMachine | null = null;
    const keep = (made: MarketMachine): MarketMachine => {
      machine = made;
      return made;
    };
    const core = new Core({
      self,
      config: configOf('lan', options.snapshotEntries),
      configOf: (genesis) => configOf(genesis.preset, options.snapshotEntries),
      crypto: realCrypto(options.identity),
      random: Math.random,
      machines: {
        create: (genesis: LogGenesis) => keep(marketMachines.create(genesis)),
        restore: (genesis: LogGenesis, json) => keep(marketMachines.restore(genesis, json)),
      },
      recovered,
    });
    const market = (): Market | null => machine?.market ?? null;
    if (options.market !== null) transport.setMarket({ name: options.market.name, code: options.market.code });
    return { ok: true, value: new Engine({ core, transport, store, self, busyPort: started.busyPort, options, market }) };
  }

  /** This replica's market; null before the genesis entry is applied. */
  market(): Market | null {
    return this.#market();
  }

  /** Where a desktop is, and the version of its program. */
  known(peerId: PeerId): { readonly address: string | null; readonly version: string | null } {
    if (peerId === this.self.peerId) return { address: this.address, version: this.#options.version };
    return { address: this.transport.addressOf(peerId), version: this.transport.versionOf(peerId) };
  }

  run(): void {
    this.transport.onMessage((message) => this.#message(message));
    this.transport.onFound(this.#options.onFound);
    this.driver.input({ kind: 'tick' });
    this.#timer = setInterval(() => this.driver.input({ kind: 'tick' }), presets.lan.tickMs);
  }

  #message(message: Message): void {
    this.#options.onFrame(message.frame);
    if (message.frame.type === 'fault') this.#options.onFault(message.from, message.frame);
    else this.driver.input({ kind: 'message', message });
  }

  /** A frame outside of the protocol's own steps (fault requests). */
  sendFrame(to: PeerId, frame: Frame): void {
    const { lamport, clock } = this.core.envelope(to);
    this.transport.send(to, { from: this.self.peerId, boot: this.self.boot, lamport, clock, frame });
  }

  /** Ends this life. Writes under way finish; nothing more is sent. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.driver.close();
    await this.transport.close();
    await this.#store.close();
  }
}
