/** What only some kinds of auctions show: rounds and seals, a falling price, several pieces, and the rules in words. */
import { clockText } from '../../../shared/clock.ts';
import type { LotView } from '../../../shared/views.ts';
import { auctions, commissionNow } from '../../market/index.ts';
import { bidderRef } from './bidders.ts';
import type { ShownLot } from './lotSentence.ts';
import type { Reader } from './reader.ts';

export function roundsPart(reader: Reader, lot: ShownLot): LotView['rounds'] {
  if (!auctions.kindOf(lot).sealed) return null;
  const own = (round: number): LotView['price'] => {
    const amount = reader.port.sealedAmount(lot.lotId, round);
    return amount === null ? null : reader.amount(amount);
  };
  return {
    round: lot.round,
    of: lot.rounds,
    minBidders: lot.minBidders,
    joined: lot.joined.map((peerId) => bidderRef(reader, lot, peerId)),
    sealedIn: lot.seals.filter((seal) => seal.round === lot.round).length,
    expected: lot.kind === 'rounds' ? lot.joined.length : null,
    readyUntil: lot.readyUntil,
    revealUntil: lot.revealUntil,
    deposit: reader.amount(lot.deposit),
    seals: lot.seals.toReversed().map((seal) => ({
      round: seal.round,
      bidder: bidderRef(reader, lot, seal.bidder),
      at: seal.t,
      entry: seal.entry,
      commitment: seal.commitment,
      amount: seal.amount === null ? null : reader.amount(seal.amount),
      own: seal.bidder === reader.me ? own(seal.round) : null,
    })),
    standings: auctions.standings(lot).map(({ bidder, total, amounts }) => ({
      bidder: bidderRef(reader, lot, bidder),
      total: reader.amount(total),
      amounts: amounts.map((amount) => (amount === null ? null : reader.amount(amount))),
    })),
    unrevealed: lot.forfeits.map((peerId) => bidderRef(reader, lot, peerId)),
  };
}

export function fallingPart(reader: Reader, lot: ShownLot): LotView['falling'] {
  if (lot.kind !== 'dutch') return null;
  return {
    floor: reader.amount(lot.floorPrice),
    dropBy: reader.amount(lot.dropBy),
    dropEveryMs: lot.dropEveryMs,
    nextDropAt: auctions.nextDropAt(lot, reader.now),
  };
}

export function unitsPart(reader: Reader, lot: ShownLot): LotView['units'] {
  if (lot.kind !== 'multi') return null;
  const winning = auctions.leaders(lot).map((bid) => ({ bidder: bidderRef(reader, lot, bid.bidder), amount: reader.amount(bid.amount) }));
  return { units: lot.quantity, pricing: lot.pricing, winning };
}

function incrementRule(reader: Reader, lot: ShownLot): string[] {
  if (lot.kind !== 'open' && lot.kind !== 'multi') return [];
  if (lot.bands.length === 0) return [`A bid adds at least ${reader.money(lot.increment)}.`];
  const rows = lot.bands.map(({ from, step }) => `${reader.money(step)} from ${reader.money(from)}`);
  return [`A bid adds at least: ${rows.join(', ')}.`];
}

function endRule(lot: ShownLot): string[] {
  const late =
    lot.softCloseMs > 0
      ? [
          `A bid in the last ${clockText(lot.softCloseMs)} moves the end to ${clockText(lot.softCloseMs)} after it, by ${clockText(lot.softCloseMaxMs)} at most.`,
        ]
      : [];
  const ticks = lot.ticks === null ? [] : [`It also ends after ${lot.ticks} ticks of the market's Lamport clock.`];
  return [
    ...late,
    ...ticks,
    'The leader’s time in the log decides. While no bid can be accepted the clock stands and the time is given back.',
  ];
}

/** The rules box, one sentence each. */
export function rulesOf(reader: Reader, lot: ShownLot): string[] {
  const bps = reader.state === null ? 0 : commissionNow(reader.state);
  const sealed = auctions.kindOf(lot).sealed;
  return [
    auctions.kindOf(lot).rule(lot),
    ...incrementRule(reader, lot),
    ...(lot.reserve === null ? [] : ['There is a reserve. Others are shown only whether it is met; it stands in the log.']),
    ...(lot.buyNow === null
      ? []
      : [`Buy now ends it at once; it is gone ${lot.reserve === null ? 'with the first bid' : 'when the reserve is met'}.`]),
    ...(sealed
      ? [`Deposit ${reader.money(lot.deposit)}. Sealed bids are opened when the round is over; the leader cannot read them before.`]
      : []),
    ...endRule(lot),
    ...(lot.confirm ? ['The auctioneer confirms the result, or re-opens it.'] : []),
    'An accepted bid is not withdrawn; the auctioneer may make the auction void with a reason everybody sees.',
    `The seller pays ${bps / 100}% commission.`,
  ];
}
