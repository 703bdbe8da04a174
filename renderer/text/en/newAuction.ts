/**
 * English: writing a new auction, and the sentence that states its rules.
 */
import { many } from './many.ts';

export interface Preview {
  readonly kind: 'open' | 'rounds' | 'sealed' | 'vickrey' | 'dutch' | 'multi';
  readonly what: string;
  readonly price: string;
  /** Null: by the table of prices. */
  readonly increment: string | null;
  readonly reserve: string | null;
  readonly buyNow: string | null;
  readonly rounds: number;
  readonly minBidders: number;
  /** Null: as much as the minimum. */
  readonly deposit: string | null;
  readonly floor: string;
  readonly dropBy: string;
  readonly dropEvery: string;
  readonly uniform: boolean;
  readonly pieces: number;
  readonly ticks: number | null;
  readonly duration: string;
  readonly softClose: string | null;
  readonly softCloseMax: string;
  /** Backups of its host; 0: no host. */
  readonly backups: 0 | 1 | 2;
  readonly start: 'now' | 'manual' | 'at' | 'draft';
}

const steps = (p: Preview): string => `each bid must be ${p.increment === null ? 'one step' : `at least ${p.increment}`} higher`;
const end = (p: Preview): string[] => [
  `It runs for ${p.duration} ${p.start === 'now' ? 'from now' : 'from when it starts'}.`,
  ...(p.ticks === null ? [] : [`It also ends after ${many(p.ticks, 'tick', 'ticks')} of the market's logical clock.`]),
  p.softClose === null
    ? 'The end does not move.'
    : `A bid in the last ${p.softClose} moves the end to ${p.softClose} after it, at most ${p.softCloseMax} in all.`,
];
const TIE = 'Of equal bids the earliest entry wins.';
const CLOCK = 'The clock stops while no bid can be accepted.';
const sealing = (p: Preview): string =>
  `Bids are sealed: nobody can read one before the end. Who does not open a sealed bid loses ${p.deposit ?? 'a deposit as high as the minimum'}.`;
const least = (p: Preview): string => (p.reserve === null ? '' : `, but not below ${p.reserve}`);

const hosted = (p: Preview): string[] =>
  p.backups === 0
    ? []
    : [
        `One desktop hosts it and ${many(p.backups, 'other keeps', 'others keep')} every bid as well, so that it goes on when the host fails; it needs four desktops.`,
      ];

const sentences: Readonly<Record<Preview['kind'], (p: Preview) => readonly string[]>> = {
  open: (p) => [
    `${p.what}: bidding starts at ${p.price}; ${steps(p)}.`,
    `It sells to the highest bid${least(p)}.`,
    ...(p.buyNow === null ? [] : [`Before the first bid anybody can buy it at once for ${p.buyNow}.`]),
    ...end(p),
    TIE,
    CLOCK,
  ],
  rounds: (p) => [
    `${p.what}: ${many(p.rounds, 'round', 'rounds')} of sealed bids of at least ${p.price}; the highest sum wins and is paid.`,
    `It starts when ${many(p.minBidders, 'bidder has', 'bidders have')} joined and you confirm within 60 s.`,
    `A round lasts ${p.duration}, less when all bids are in; a missing bid counts as none.`,
    sealing(p),
    'Of equal sums the earlier sealed bid wins.',
    CLOCK,
  ],
  sealed: (p) => [
    `${p.what}: one sealed bid each, at least ${p.price}. The highest wins${least(p)} and pays its bid.`,
    `Bids are taken for ${p.duration}.`,
    sealing(p),
    TIE,
    CLOCK,
  ],
  vickrey: (p) => [
    `${p.what}: one sealed bid each, at least ${p.price}. The highest wins${least(p)} and pays the second highest bid.`,
    `Bids are taken for ${p.duration}.`,
    sealing(p),
    TIE,
    CLOCK,
  ],
  dutch: (p) => [
    `${p.what}: the price starts at ${p.price} and falls by ${p.dropBy} every ${p.dropEvery}, down to ${p.floor}.`,
    'The first who takes it pays the price of that moment.',
    CLOCK,
  ],
  multi: (p) => [
    `${p.what}, one piece for each winner: bids start at ${p.price}; ${steps(p)}.`,
    p.uniform
      ? `The ${p.pieces} highest bids win and all pay the lowest of them.`
      : `The ${p.pieces} highest bids win and each pays its own.`,
    ...end(p),
    TIE,
    CLOCK,
  ],
};

export const newAuction = {
  newAuction: {
    title: 'New auction',
    what: 'What',
    how: 'How',
    when: 'When',
    from: 'Take from',
    newItem: 'A new item',
    stockItem: (name: string, available: number) => `${name} (${available} available)`,
    type: 'Type',
    types: {
      open: 'Open, price rises',
      rounds: 'Sealed rounds, the sum wins',
      sealed: 'Sealed once, pays own bid',
      vickrey: 'Sealed once, pays second price',
      dutch: 'Falling price',
      multi: 'Several pieces',
    },
    startPrice: 'Start price',
    minimum: 'Minimum',
    increment: 'Increment',
    incrementHelp: 'Empty: rises with the price.',
    reserve: 'Reserve',
    reserveHelp: 'Does not sell below this. Others see only whether it is met.',
    reserveLow: 'The reserve is below the start price.',
    buyNow: 'Buy now',
    buyNowHelp: 'Optional. Until the first bid.',
    buyNowLow: 'Must be above the start price and the reserve.',
    autoBid: 'Bidders may set a secret maximum',
    rounds: 'Rounds',
    minBidders: 'Bidders needed',
    deposit: 'Deposit',
    depositHelp: 'Lost by who does not open a sealed bid. Empty: the minimum.',
    between: (least: number, most: number) => `A whole number from ${least} to ${most}.`,
    floorPrice: 'Lowest price',
    floorHigh: 'Must be below the start price.',
    dropBy: 'Falls by',
    dropNothing: 'It has to fall.',
    dropEvery: 'Falls every',
    pricing: 'Winners pay',
    pricings: { own: 'Their own bid', uniform: 'The lowest winning bid' },
    ticks: 'Ticks of the logical clock',
    ticksHelp: 'Optional: ends after that many, too. A request moves it by at most 2.',
    backups: 'Backups',
    backupsOf: (count: number) => (count === 0 ? 'None: all desktops keep its bids' : many(count, 'backup', 'backups')),
    backupsHelp: 'With backups one desktop hosts this auction and the others are spared its bids.',
    starts: 'Starts',
    startings: { now: 'Now', manual: 'When I say', at: 'At a time', draft: 'Keep as a draft' },
    startAt: 'Start time',
    startAtPast: 'Choose a time that is still to come.',
    duration: 'Ends after',
    roundLength: 'A round lasts',
    softClose: 'Soft close',
    softCloseMax: 'Extended by at most',
    noSoftClose: 'Off',
    confirm: 'I confirm the result before it counts',
    moreRules: 'More rules',
    start: 'Start auction',
    prepare: 'Prepare auction',
    keep: 'Keep draft',
    something: 'the item',
    preview: (p: Preview): string => [...sentences[p.kind](p), ...hosted(p)].join(' '),
  },
};
