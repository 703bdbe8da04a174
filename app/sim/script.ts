/**
 * Scripted worlds: a calm network and a few told events, for transcripts that people read and for schedules that chance hardly finds.
 *
 * Nothing is left to chance but what the seed fixes, so the same script always gives the same text.
 */
import { type Config, presets } from '../core/config.ts';
import type { Core } from '../core/core.ts';
import type { Mutation } from '../core/mutations.ts';
import { bankWork, type Workload } from './clients.ts';
import type { Desk } from './desk.ts';
import { HostedLots } from './hosted.ts';
import { machinesOf } from './markets.ts';
import { CALM } from './network.ts';
import { Transcript } from './transcript.ts';
import { World } from './world.ts';

export interface Script {
  readonly world: World;
  readonly transcript: Transcript;
  /** Lets time pass. */
  wait(ms: number): void;
  /** Lets time pass until it is so; false when it does not come within `limitMs`. */
  until(is: () => boolean, limitMs: number): boolean;
}

/** A calm world with this many desktops, none of them started. */
export interface StageOptions {
  readonly detail?: 'story' | 'detailed';
  readonly availability?: 'safe' | 'available';
  readonly mutations?: readonly Mutation[];
  /** A market in which lots can have hosts of their own, and what is asked in it. */
  readonly hosted?: Workload;
}

export function stage(desks: number, config: Partial<Config> = {}, options: StageOptions = {}): Script {
  const transcript = new Transcript(options.detail ?? 'story');
  const hosted = new HostedLots();
  const market = options.hosted === undefined ? 'bank' : 'hosted';
  const world = new World({
    seed: 7,
    desks,
    priorities: false,
    config: { ...presets.lan, ...config },
    weather: CALM,
    codec: true,
    clockSpreadMs: 20,
    machines: machinesOf(market, hosted, false),
    work: options.hosted ?? bankWork,
    hosted,
    allowNegative: market === 'hosted',
    takeover: 'onCaughtUp',
    availability: options.availability ?? 'safe',
    mutations: new Set(options.mutations),
    syncDelay: () => 1,
    transcript,
  });
  const wait = (ms: number): void => world.queue.runUntil(world.now() + ms);
  return {
    world,
    transcript,
    wait,
    until: (is, limitMs) => {
      const limit = world.now() + limitMs;
      while (!is() && world.now() < limit) wait(5);
      return is();
    },
  };
}

/** Founds a market at the last desktop and lets `count` in, one after the other, until all vote and the last one leads. */
export function assemble({ world, until }: Script, count = world.desks.length): void {
  const all = [...world.desks].reverse().slice(0, count);
  all.forEach((desk, i) => {
    if (i === 0) world.found(desk);
    else world.start(desk);
    until(() => votes(world, desk), 20_000);
  });
  until(() => all.every((d) => votes(world, d)), 20_000);
}

function votes(world: World, desk: Desk): boolean {
  const info = desk.core?.vitals();
  const view = info?.view;
  const odd = world.desks.filter((d) => d.up).length % 2 === 1;
  const member = view?.voters.some((v) => v.peerId === desk.id) ?? false;
  return info !== undefined && info.marketId !== null && (member || (!odd && info.leader !== null)) && view?.old === null;
}

/** A market of so many desktops that all vote, `restMs` after the last one was let in. */
export function settled(desks: number, restMs: number, config: Partial<Config> = {}, options: StageOptions = {}): Script {
  const script = stage(desks, config, options);
  assemble(script);
  script.wait(restMs);
  return script;
}

/** What the core of Desk-`no` says of itself. Throws when it is off. */
export function infoOf({ world }: Script, no: number): ReturnType<Core['info']> {
  const found = world.desk(no).core?.info();
  if (found === undefined) throw new Error(`Desk-${no} is off`);
  return found;
}
