/**
 * Bots of this desktop: started, listed and stopped through the interface, run in its process through the same calls as everybody.
 *
 * One turn after the other: a bot that waits for an answer starts no second turn. They end with the process; nobody wants to come back to
 * bots that bid.
 */
import type { MarketClient, Result } from '../../shared/contract.ts';
import { buy, type BotParams, type BotWorld, outbid, sell, type Turn } from './botActs.ts';
import type { Timers } from './timers.ts';

const MAX_BOTS = 20;
/** Time quanta: how often each kind has its turn when nothing is said. The trading post's is 10 s. */
const EVERY_MS = { outbidder: 1_000, buyer: 10_000, seller: 10_000 } as const;

const acts: Readonly<Record<BotParams['kind'], (world: BotWorld, params: BotParams) => Promise<Turn>>> = {
  outbidder: outbid,
  buyer: buy,
  seller: sell,
};

export type BotView = Result<'bots'>[number];

interface Running {
  readonly view: BotView;
  readonly params: BotParams;
  readonly cancel: () => void;
}

export interface Bots {
  start(params: BotParams): BotView | null;
  list(): BotView[];
  stop(id: string): BotView | null;
  close(): void;
}

/** @param now wall clock, ms */
export function createBots(call: MarketClient['call'], timers: Timers, random: () => number, now: () => number): Bots {
  const bots = new Map<string, Running>();
  const world: BotWorld = { call, random };
  let count = 0;

  function schedule(id: string, view: BotView, params: BotParams): void {
    const cancel = timers.after(view.everyMs, () => void act(id));
    bots.set(id, { view, params, cancel });
  }

  async function act(id: string): Promise<void> {
    const bot = bots.get(id);
    if (bot === undefined) return;
    const result = await acts[bot.params.kind](world, bot.params);
    // Stopped meanwhile.
    if (bots.get(id) !== bot) return;
    const view = { ...bot.view, text: result.text, turns: bot.view.turns + 1, acted: bot.view.acted + (result.acted ? 1 : 0) };
    if (result.over) bots.set(id, { ...bot, view: { ...view, running: false }, cancel: () => undefined });
    else schedule(id, view, bot.params);
  }

  return {
    start(params) {
      if ([...bots.values()].filter((bot) => bot.view.running).length >= MAX_BOTS) return null;
      count += 1;
      const id = `bot-${count}`;
      const { kind, lotId = null, everyMs = EVERY_MS[kind] } = params;
      const view = { id, kind, lotId, everyMs, since: now(), running: true, turns: 0, acted: 0, text: 'Begins.' };
      schedule(id, view, params);
      return view;
    },
    list: () => [...bots.values()].map((bot) => bot.view),
    stop(id) {
      const bot = bots.get(id);
      if (bot === undefined) return null;
      bot.cancel();
      bots.delete(id);
      return { ...bot.view, running: false };
    },
    close() {
      for (const bot of bots.values()) bot.cancel();
      bots.clear();
    },
  };
}
