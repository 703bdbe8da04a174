/**
 * A new auction while it is being written: what was typed, which fields its kind has, whether it makes sense, and what is sent.
 */
import type { Params } from '../../shared/contract.ts';
import type { Money } from '../format/useMoney.ts';
import { moneyProblem, parseWhole, quantityProblem } from '../parts/fields.tsx';
import { t } from '../text/t.ts';

/** None, or as many as a lot's host may have. */
export const backupCounts = [0, 1, 2] as const;
export const kinds = ['open', 'rounds', 'sealed', 'vickrey', 'dutch', 'multi'] as const;
export type Kind = (typeof kinds)[number];
export type Backups = (typeof backupCounts)[number];
export type Start = 'now' | 'manual' | 'at' | 'draft';

export interface Draft {
  readonly kind: Kind;
  /** Empty: something new, by its name. */
  readonly itemId: string;
  readonly name: string;
  readonly description: string;
  readonly quantity: string;
  /** Start price (open, dutch) or the least that is taken (the others). */
  readonly startPrice: string;
  readonly increment: string;
  readonly reserve: string;
  readonly buyNow: string;
  readonly autoBid: boolean;
  readonly rounds: string;
  readonly minBidders: string;
  readonly deposit: string;
  readonly floorPrice: string;
  readonly dropBy: string;
  readonly dropEveryMs: number;
  readonly pricing: 'own' | 'uniform';
  readonly ticks: string;
  /** Backups of the desktop that hosts it; 0: its bids go through the market's log. */
  readonly backups: Backups;
  readonly durationMs: number;
  readonly softCloseMs: number;
  readonly softCloseMaxMs: number;
  readonly start: Start;
  /** As a datetime field gives it, local time: "2026-01-31T18:00". */
  readonly startAt: string;
  /** Null: as the market does it. */
  readonly confirm: boolean | null;
}

export const durations = [30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 86_400_000] as const;
export const softCloses = [0, 10_000, 30_000, 60_000, 300_000] as const;
export const softCloseMaxes = [60_000, 120_000, 600_000, 3_600_000] as const;
export const drops = [1_000, 2_000, 5_000, 10_000, 60_000] as const;

export const emptyDraft: Draft = {
  kind: 'open',
  itemId: '',
  name: '',
  description: '',
  quantity: '1',
  startPrice: '',
  increment: '',
  reserve: '',
  buyNow: '',
  autoBid: true,
  rounds: '3',
  minBidders: '2',
  deposit: '',
  floorPrice: '',
  dropBy: '',
  dropEveryMs: 5_000,
  pricing: 'own',
  ticks: '',
  backups: 0,
  durationMs: 120_000,
  softCloseMs: 10_000,
  softCloseMaxMs: 120_000,
  start: 'now',
  startAt: '',
  confirm: null,
};

type Field =
  | 'increment'
  | 'reserve'
  | 'buyNow'
  | 'sealed'
  | 'rounds'
  | 'falling'
  | 'pricing'
  | 'softClose'
  | 'duration'
  | 'ticks'
  | 'backups';
const has: Readonly<Record<Kind, readonly Field[]>> = {
  open: ['increment', 'reserve', 'buyNow', 'softClose', 'duration', 'ticks', 'backups'],
  rounds: ['rounds', 'sealed', 'duration'],
  sealed: ['sealed', 'reserve', 'duration', 'backups'],
  vickrey: ['sealed', 'reserve', 'duration', 'backups'],
  dutch: ['falling', 'backups'],
  multi: ['increment', 'pricing', 'softClose', 'duration', 'ticks', 'backups'],
};
/** Whether auctions of this kind have that rule at all. */
export const uses = (kind: Kind, field: Field): boolean => has[kind].includes(field);
/** Does the price start there (and move), or is it the least that is taken? */
export const priceStarts = (kind: Kind): boolean => kind === 'open' || kind === 'dutch';
/** Sealed rounds begin when enough people have joined and the auctioneer agrees. */
export const startsOf = (kind: Kind): readonly Start[] => (kind === 'rounds' ? ['manual', 'draft'] : ['now', 'manual', 'at', 'draft']);
export const startOf = ({ kind, start }: Draft): Start => (startsOf(kind).includes(start) ? start : 'manual');

/** Minor units, or null while it is empty or wrong. */
const minor = (text: string, money: Money): number | null => {
  const parsed = money.parse(text);
  return parsed.ok ? parsed.minor : null;
};

const wholeProblem = (text: string, least: number, most: number): string | null => {
  const n = parseWhole(text);
  return n === null || n < least || n > most ? t.newAuction.between(least, most) : null;
};

export type Problems = Partial<
  Record<'reserve' | 'buyNow' | 'floorPrice' | 'dropBy' | 'rounds' | 'minBidders' | 'quantity' | 'ticks' | 'startAt', string>
>;

/** What stands in the way besides badly typed amounts, which their fields say themselves; by field. */
export const problemsOf = (draft: Draft, money: Money, nowMs: number): Problems => {
  const { kind } = draft;
  const start = minor(draft.startPrice, money);
  const reserve = uses(kind, 'reserve') ? minor(draft.reserve, money) : null;
  const buyNow = uses(kind, 'buyNow') ? minor(draft.buyNow, money) : null;
  const floor = minor(draft.floorPrice, money);
  const found: Record<keyof Problems, string | null> = {
    reserve: start !== null && reserve !== null && reserve < start ? t.newAuction.reserveLow : null,
    buyNow: buyNow !== null && start !== null && (buyNow <= start || buyNow < (reserve ?? 0)) ? t.newAuction.buyNowLow : null,
    floorPrice: kind === 'dutch' && start !== null && floor !== null && floor >= start ? t.newAuction.floorHigh : null,
    dropBy: kind === 'dutch' && minor(draft.dropBy, money) === 0 ? t.newAuction.dropNothing : null,
    rounds: kind === 'rounds' ? wholeProblem(draft.rounds, 1, 20) : null,
    minBidders: kind === 'rounds' ? wholeProblem(draft.minBidders, 2, 60) : null,
    quantity: kind === 'multi' ? wholeProblem(draft.quantity, 2, 1000) : quantityProblem(draft.quantity),
    ticks: uses(kind, 'ticks') && draft.ticks.trim() !== '' ? wholeProblem(draft.ticks, 1, 1_000_000) : null,
    startAt: startOf(draft) === 'at' && !(Date.parse(draft.startAt) > nowMs) ? t.newAuction.startAtPast : null,
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null));
};

const required = ({ kind, startPrice, floorPrice, dropBy }: Draft): readonly string[] =>
  kind === 'dutch' ? [startPrice, floorPrice, dropBy] : [startPrice];

export const complete = (draft: Draft, money: Money, nowMs: number): boolean =>
  (draft.itemId !== '' || draft.name.trim() !== '') &&
  parseWhole(draft.quantity) !== null &&
  required(draft).every((text) => money.parse(text).ok) &&
  [draft.increment, draft.reserve, draft.buyNow, draft.deposit].every((text) => moneyProblem(text, money) === null) &&
  Object.keys(problemsOf(draft, money, nowMs)).length === 0;

const typed = <K extends string>(key: K, text: string): Partial<Record<K, string>> => {
  const made: Partial<Record<K, string>> = {};
  if (text.trim() !== '') made[key] = text.trim();
  return made;
};

/** What only some kinds have. */
const ofKind = (draft: Draft): Partial<Params<'auction.create'>> => {
  const { kind } = draft;
  return {
    ...(priceStarts(kind) ? { startPrice: draft.startPrice.trim() } : { minimum: draft.startPrice.trim() }),
    ...(uses(kind, 'increment') ? { increment: draft.increment.trim() === '' ? 'auto' : draft.increment.trim() } : {}),
    ...(uses(kind, 'reserve') ? typed('reserve', draft.reserve) : {}),
    ...(uses(kind, 'buyNow') ? { ...typed('buyNow', draft.buyNow), autoBid: draft.autoBid } : {}),
    ...(uses(kind, 'rounds') ? { rounds: parseWhole(draft.rounds) ?? 3, minBidders: parseWhole(draft.minBidders) ?? 2 } : {}),
    ...(uses(kind, 'sealed') ? typed('deposit', draft.deposit) : {}),
    ...(uses(kind, 'falling') ? { floorPrice: draft.floorPrice.trim(), dropBy: draft.dropBy.trim(), dropEveryMs: draft.dropEveryMs } : {}),
    ...(uses(kind, 'pricing') ? { pricing: draft.pricing } : {}),
    ...(uses(kind, 'duration') ? { durationMs: draft.durationMs } : {}),
    ...(uses(kind, 'softClose')
      ? { softCloseMs: draft.softCloseMs, softCloseMaxMs: draft.softCloseMs === 0 ? 0 : draft.softCloseMaxMs }
      : {}),
    ...(uses(kind, 'ticks') && draft.ticks.trim() !== '' ? { ticks: parseWhole(draft.ticks) ?? 100 } : {}),
    ...(mayHaveBackups(draft, true) && draft.backups > 0 ? { backups: draft.backups } : {}),
  };
};

/** Hosted lots count no ticks of the market's clock, and set no money aside. */
export const mayHaveBackups = ({ kind, ticks }: Draft, debts: boolean): boolean => debts && uses(kind, 'backups') && ticks.trim() === '';

/** The parameters of `auction.create`. */
export const draftParams = (draft: Draft): Params<'auction.create'> => {
  const start = startOf(draft);
  return {
    ...(draft.itemId === '' ? { name: draft.name.trim(), source: 'new' } : { itemId: draft.itemId, source: 'stock' }),
    ...(draft.itemId === '' && draft.description.trim() !== '' ? { description: draft.description.trim() } : {}),
    quantity: parseWhole(draft.quantity) ?? 1,
    kind: draft.kind,
    ...ofKind(draft),
    start: start === 'at' ? 'manual' : start,
    ...(start === 'at' ? { startAt: Date.parse(draft.startAt) } : {}),
    ...(draft.confirm === null ? {} : { confirm: draft.confirm }),
  };
};
