/**
 * What people ask for in a market of hosted lots: mostly bids, on lots of every kind that can have a host and that are open for a few
 * seconds; now and then a lot, a word of its auctioneer, or anything else.
 */
import type { MarketCommand } from '../../shared/commands.ts';
import { commitmentOf } from '../market/auctions/index.ts';
import type { Market } from '../market/index.ts';
import { cheapHash } from './cheapCrypto.ts';
import { bankWork, type Workload } from './clients.ts';
import type { Prng } from './random.ts';
import { marketOf, tradeWork } from './trade.ts';

type State = Market['state'];
type Lot = State['lots'] extends ReadonlyMap<string, infer L> ? L : never;

/** What somebody bids under seal on a lot: always the same, so that whoever forgot it can reveal it. */
function secretOf(state: State, lot: Lot, bidder: string) {
  const nonce = cheapHash(`${lot.lotId}|${bidder}`);
  const amount = 1 + (Number.parseInt(nonce.slice(0, 6), 16) % 500);
  return { marketId: state.genesis.marketId, lotId: lot.lotId, round: 1, bidder, amount, nonce };
}

function newLot(dice: Prng): MarketCommand {
  const backups = dice.pick([1, 1, 1, 2]) ?? 1;
  const terms = {
    type: 'auction.create',
    name: dice.pick(['Lamp', 'Chair', 'Atlas']) ?? 'Lamp',
    start: 'now',
    source: 'new',
    backups,
  } as const;
  const durationMs = dice.between(3_000, 15_000);
  const softClose = { softCloseMs: dice.pick([0, 500, 2_000]) ?? 0, softCloseMaxMs: dice.pick([0, 3_000, 10_000]) ?? 0 };
  const kind = dice.weighted({ open: 12, dutch: 3, multi: 2, sealed: 1, vickrey: 1 });
  const minimum = dice.between(1, 50);
  const increment = dice.between(1, 20);
  switch (kind) {
    case 'dutch':
      return { ...terms, kind, startPrice: 500, floorPrice: 20, dropBy: 20, dropEveryMs: 500 };
    case 'multi':
      return {
        ...terms,
        kind,
        quantity: dice.between(2, 4),
        minimum,
        increment,
        pricing: dice.chance(0.5) ? 'own' : 'uniform',
        durationMs,
        ...softClose,
      };
    case 'sealed':
    case 'vickrey':
      return { ...terms, kind, minimum, deposit: dice.pick([0, 10]) ?? 0, revealMs: dice.between(1_000, 4_000), durationMs };
    default:
      return {
        ...terms,
        kind,
        startPrice: dice.between(0, 100),
        increment,
        ...(dice.chance(0.2) ? { buyNow: dice.between(400, 900) } : {}),
        durationMs,
        ...softClose,
      };
  }
}

function direct(dice: Prng, { lotId }: Lot): MarketCommand {
  const what = dice.weighted({ pause: 2, resume: 4, extend: 1, close: 1, void: 0.3, join: 2 });
  if (what === 'extend') return { type: 'auction.extend', lotId, byMs: 1_000 };
  return what === 'void' ? { type: 'auction.void', lotId, reason: 'a mistake' } : { type: `auction.${what}`, lotId };
}

function bidOn(dice: Prng, state: State, lot: Lot, bidder: string): MarketCommand {
  const { lotId } = lot;
  if (lot.kind === 'sealed' || lot.kind === 'vickrey') {
    const secret = secretOf(state, lot, bidder);
    if (lot.state !== 'closing') return { type: 'auction.seal', lotId, round: 1, commitment: commitmentOf(secret) };
    return { type: 'auction.reveal', lotId, round: 1, amount: secret.amount, nonce: secret.nonce };
  }
  if (lot.buyNow !== null && dice.chance(0.05)) return { type: 'auction.buyNow', lotId };
  const price = lot.kind === 'dutch' ? dice.between(20, 400) : (lot.bids.at(-1)?.amount ?? lot.startPrice) + dice.between(-5, 60);
  return { type: lot.kind === 'open' && dice.chance(0.15) ? 'auction.autobid' : 'auction.bid', lotId, amount: Math.max(1, price) };
}

export const hostedWork: Workload = (dice, author, desks, no) => {
  const machine = author.core?.machine() ?? null;
  const state = machine === null ? undefined : marketOf(machine)?.state;
  const open = [...(state?.liveLots.values() ?? [])].filter(
    (lot) => lot.state === 'open' || lot.state === 'paused' || lot.state === 'closing',
  );
  const lot = dice.pick(open);
  if (state === undefined) return bankWork(dice, author, desks, no);
  const kind = open.length < 2 ? 'lot' : dice.weighted({ bid: 20, lot: 1, direct: 2, other: 2 });
  if (kind === 'other') return tradeWork(dice, author, desks, no);
  if (kind === 'lot' || lot === undefined) return JSON.stringify(newLot(dice));
  return JSON.stringify(kind === 'direct' ? direct(dice, lot) : bidOn(dice, state, lot, author.id));
};
