/**
 * Simulated crashes: a life ends without a goodbye, and the next one begins from the disk.
 *
 * A desktop may stop itself; it may ask another one only where the market allows it. Nobody else is told: they have to find out.
 */
import { randomInt } from 'node:crypto';
import type { Outcome } from '../shared/contract.ts';
import type { PeerId } from '../shared/ids.ts';
import type { CoreSnapshot, MarketInfo } from './api/peerPort.ts';
import { realNow } from './engine.ts';
import type { Market } from './market/index.ts';
import { type Desk, type FaultFrame } from './desk.ts';
import { crashedText, failed } from './outcome.ts';

const DEFAULT_MS = 30_000;
const MIN_MS = 1_000;
const MAX_MS = 600_000;
/** A request to crash is sent three times: it may be lost, and it is acted on once. */
const REPEAT_MS = [50, 150];
/** A recovery that failed (a port that is taken) is tried again. */
const RETRY_MS = 5_000;
const MAX_NONCES = 1_000;

/** What this desktop knew when it crashed, kept aside so that people can look at it; nobody is heard, so nobody leads. */
export interface Crash {
  readonly since: number;
  readonly recoversAt: number;
  readonly market: MarketInfo | null;
  readonly state: Market | null;
  readonly core: CoreSnapshot | null;
}

function frozen(core: CoreSnapshot | null, me: PeerId): CoreSnapshot | null {
  if (core === null) return null;
  const peers = core.peers.map((peer) => ({ ...peer, state: peer.peerId === me ? ('crashed' as const) : ('failed' as const) }));
  return { ...core, role: 'none', leader: null, suspected: false, quorate: false, peers, stoppedAt: core.logTimeNow };
}

type Answer = Outcome<{ readonly peerId: PeerId; readonly text: string }>;

export class Crashes {
  readonly #desk: Desk;
  readonly #nonces = new Set<number>();
  #now: Crash | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    desk.onFault = (from, frame) => this.#asked(from, frame);
  }

  /** The crash that is being simulated here, if any. */
  get current(): Crash | null {
    return this.#now;
  }

  /** `target`: 'self', 'leader' or a peerId. */
  async crash(target: string, forMs: number | null): Promise<Answer> {
    const desk = this.#desk;
    const { engine } = desk;
    if (this.#now !== null) return crashedText();
    const info = engine?.core.info();
    if (engine === null || info === undefined || info.view === null) return failed('NO_MARKET', 'This desktop is in no market yet.');
    const me = desk.identity.peerId;
    const peerId = target === 'self' ? me : target === 'leader' ? info.leader : target;
    if (peerId === null) return failed('NO_LEADER', 'No leader right now.');
    if (peerId === me) {
      const crashed = await this.#crashHere(forMs ?? DEFAULT_MS);
      if (!crashed) return failed('BUSY', 'This desktop is being changed just now. Try again in a moment.');
      return { ok: true, value: { peerId, text: `${desk.nameOf(peerId)} is simulating a crash.` } };
    }
    if (!info.peers.some((p) => p.member.peerId === peerId)) return failed('NOT_FOUND', 'No such desktop in this market.');
    if (engine.core.genesis()?.faultsAllowed !== true) {
      return failed('FAULT_FORBIDDEN', 'This market does not allow stopping other desktops. You can stop your own.');
    }
    const nonce = randomInt(2 ** 47);
    const ask = (): void => desk.engine?.sendFrame(peerId, { type: 'fault', nonce, action: 'crash', forMs: forMs ?? DEFAULT_MS });
    desk.story.tell('crashAsked', { peerId }, realNow());
    ask();
    for (const ms of REPEAT_MS) setTimeout(ask, ms);
    return { ok: true, value: { peerId, text: `Asked ${desk.nameOf(peerId)} to simulate a crash.` } };
  }

  #asked(from: PeerId, frame: FaultFrame): void {
    if (this.#nonces.has(frame.nonce)) return;
    if (this.#nonces.size >= MAX_NONCES) this.#nonces.clear();
    this.#nonces.add(frame.nonce);
    const core = this.#desk.engine?.core;
    const known = core?.info().peers.some((p) => p.member.peerId === from) ?? false;
    if (frame.action !== 'crash' || !known || core?.genesis()?.faultsAllowed !== true) return;
    void this.#crashHere(Math.min(Math.max(frame.forMs, MIN_MS), MAX_MS));
  }

  /** A change that is under way is finished first; where no life comes of it there is none to crash. */
  #crashHere(forMs: number): Promise<boolean> {
    return this.#desk.turns.take(() => this.#endHere(forMs));
  }

  async #endHere(forMs: number): Promise<boolean> {
    const desk = this.#desk;
    if (this.#now !== null || desk.engine === null) return false;
    const since = Date.now();
    this.#now = {
      since,
      recoversAt: since + forMs,
      market: desk.marketInfo(),
      state: desk.market(),
      core: frozen(desk.core(), desk.identity.peerId),
    };
    desk.story.tell('crashed', { peerId: desk.identity.peerId, forMs }, realNow());
    this.#timer = setTimeout(() => void this.recover('self'), forMs);
    desk.changed('core', 'self');
    await desk.endLife();
    desk.changed('core', 'market', 'self');
    return true;
  }

  /** `target`: 'self', 'all' or this desktop's peerId; another one hears nothing while it is crashed. */
  async recover(target: string): Promise<Answer> {
    const desk = this.#desk;
    const me = desk.identity.peerId;
    if (target !== 'self' && target !== 'all' && target !== me) {
      const name = desk.nameOf(target);
      return failed('NOT_REACHABLE', `${name} hears nothing while it simulates a crash. It comes back by itself, or press Recover there.`);
    }
    return desk.turns.take(() => (desk.stopped?.code === 'DISK_FULL' ? this.#resume() : this.#begin()));
  }

  async #begin(): Promise<Answer> {
    const desk = this.#desk;
    const me = desk.identity.peerId;
    if (this.#now === null) return { ok: true, value: { peerId: me, text: 'This desktop is not simulating a crash.' } };
    this.cancelTimer();
    const started = await desk.live();
    if (!started.ok) {
      if (!desk.over) this.#timer = setTimeout(() => void this.recover('self'), RETRY_MS);
      return started;
    }
    this.#now = null;
    desk.story.tell('recovered', { peerId: me }, realNow());
    desk.changed('core', 'market', 'self', 'requests');
    return { ok: true, value: { peerId: me, text: 'Rejoining…' } };
  }

  /** A desktop whose disk was full starts again from it. Where there is still no space it says so and stays as it is. */
  async #resume(): Promise<Answer> {
    const desk = this.#desk;
    const resumed = await desk.resume();
    return resumed.ok ? { ok: true, value: { peerId: desk.identity.peerId, text: 'Rejoining…' } } : resumed;
  }

  cancelTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
