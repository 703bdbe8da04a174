/**
 * How a lot stands for one desktop (PRODUCT 5.5), as facts: which of the sentences, and what is in it. The English sentence is made here;
 * the interface makes its own in other languages.
 *
 * Facts are flat: minor units, ms, counts, peer ids, and reasons as people wrote them.
 */
import { z } from 'zod';
import { clockText } from './clock.ts';
import type { TextFormat } from './errors.ts';

export const lotKeys = [
  'draft',
  'startsAt',
  'startsWhen',
  'readyMine',
  'readyWaiting',
  'readyUntil',
  'queued',
  'sending',
  'pausedGone',
  'pausedByAuctioneer',
  'pausedDark',
  'pausedElecting',
  'pausedCrashed',
  'pausedFew',
  'noBids',
  'belowReserve',
  'winning',
  'outbid',
  'outbidMulti',
  'extended',
  'leads',
  'taken',
  'falling',
  'sealedIn',
  'sealedOf',
  'roundDone',
  'awaitsConfirm',
  'closing',
  'opening',
  'sold',
  'soldMany',
  'soldRounds',
  'notSold',
  'cancelled',
  'void',
] as const;
export type LotKey = (typeof lotKeys)[number];

export const lotSaid = z.object({
  key: z.enum(lotKeys),
  /** `clock`, `ms`: durations; `at`: log time; `minor`: an amount; `who`: a peer; the others are counts. */
  d: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Who got it or bid what, in the order in which it is said. */
  rows: z.array(z.object({ who: z.string(), minor: z.int() })),
});
export type LotSaid = z.infer<typeof lotSaid>;

/** The facts of one sentence, ready to be said. */
export interface LotFacts {
  count(key: string): number;
  word(key: string): string;
  money(): string;
  who(): string;
  clock(key: string): string;
  /** Each row by `say`. */
  rows(say: (name: string, amount: string) => string): readonly string[];
  time(): string;
}

export function lotFacts({ d, rows }: LotSaid, format: TextFormat): LotFacts {
  const count = (key: string): number => Number(d[key] ?? 0);
  return {
    count,
    word: (key) => String(d[key] ?? ''),
    money: () => format.money(count('minor')),
    who: () => format.nameOf(String(d['who'] ?? '')),
    clock: (key) => clockText(count(key)),
    rows: (say) => rows.map(({ who, minor }) => say(format.nameOf(who), format.money(minor))),
    time: () => format.time(count('at')),
  };
}

const stopped = (f: LotFacts): string => `(clock stopped at ${f.clock('clock')})`;
const round = (f: LotFacts): string => (f.count('rounds') > 1 ? `Round ${f.count('round')} of ${f.count('rounds')}: ` : 'Live: ');
const list = (rows: readonly string[]): string => `${rows.slice(0, -1).join(', ')} and ${rows.at(-1) ?? ''}`;

const english: Readonly<Record<LotKey, (f: LotFacts) => string>> = {
  draft: () => 'Draft: only you see it',
  startsAt: (f) => `Starts at ${f.time()}`,
  startsWhen: (f) => `Starts when ${f.count('needed')} bidders have joined (${f.count('joined')} now)`,
  readyMine: () => 'Ready. Start it when you like',
  readyWaiting: () => 'Ready. Waiting for the auctioneer',
  readyUntil: (f) => `Ready. Waiting for the auctioneer: ${f.clock('ms')}`,
  queued: () => 'Queued: no leader right now. It will be sent first when one is elected.',
  sending: () => 'Sending your bid…',
  pausedGone: (f) => `Paused: the auctioneer's desktop is not answering. It will be cancelled in ${f.clock('ms')} unless it returns.`,
  pausedByAuctioneer: (f) => `Paused by the auctioneer ${stopped(f)}`,
  pausedDark: (f) => `Clock was stopped while everything was off. Waiting for the auctioneer to resume ${stopped(f)}`,
  pausedElecting: (f) => `Paused: electing a leader ${stopped(f)}`,
  pausedCrashed: (f) => `Paused here: this desktop is simulating a crash ${stopped(f)}`,
  pausedFew: (f) => `Paused: only ${f.count('reachable')} of ${f.count('total')} desktops reachable ${stopped(f)}`,
  noBids: () => 'Live. No bids yet',
  belowReserve: () => 'Live. Reserve not met',
  winning: (f) => `You are winning at ${f.money()}`,
  outbid: (f) => `Outbid: ${f.who()} leads with ${f.money()}`,
  outbidMulti: (f) => `Outbid: the lowest winning bid is ${f.money()}`,
  extended: (f) => `Extended to ${f.clock('ms')} by a late bid`,
  leads: (f) => `Live. ${f.who()} leads with ${f.money()}`,
  taken: (f) => `Live. ${f.count('taken')} of ${f.count('units')} taken, the lowest at ${f.money()}`,
  falling: (f) => `Live. ${f.money()} and falling`,
  sealedIn: (f) => `${round(f)}${f.count('sealed')} sealed ${f.count('sealed') === 1 ? 'bid' : 'bids'} in`,
  sealedOf: (f) => `${round(f)}${f.count('sealed')} of ${f.count('of')} sealed bids in`,
  roundDone: (f) => {
    const bids = f.rows((name, amount) => `${name} ${amount}`);
    return `Round ${f.count('round')} of ${f.count('rounds')} complete: ${bids.length === 0 ? 'no bids' : bids.join(', ')}`;
  },
  awaitsConfirm: () => 'Closed. Waiting for the auctioneer to confirm the result',
  closing: () => 'Closing, checking the last bids…',
  opening: (f) => `Closing, opening the sealed bids… (${f.count('open')} still sealed)`,
  sold: (f) => `Sold to ${f.who()} for ${f.money()}`,
  soldMany: (f) => `Sold to ${list(f.rows((name, amount) => `${name} for ${amount}`))}`,
  soldRounds: (f) => `Winner: ${f.who()} with ${f.money()} in total (${f.word('parts')})`,
  notSold: (f) => `Not sold: ${f.word('reason') || 'no bids'}`,
  cancelled: (f) => `Cancelled: ${f.word('reason') || 'no reason given'}`,
  void: (f) => `Void: ${f.word('reason') || 'no reason given'}`,
};

/** The English sentence. */
export const lotText = (said: LotSaid, format: TextFormat): string => english[said.key](lotFacts(said, format));
