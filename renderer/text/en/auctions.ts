/**
 * English: the Auctions pages.
 */
import { many } from './many.ts';

export interface Preview {
  readonly what: string;
  readonly startsAt: string;
  readonly increment: string | null;
  readonly reserve: string | null;
  readonly duration: string;
  readonly softClose: string | null;
  readonly softCloseMax: string;
  readonly manual: boolean;
}

const preview = ({ what, startsAt, increment, reserve, duration, softClose, softCloseMax, manual }: Preview): string =>
  [
    `${what}: bidding starts at ${startsAt}; each bid must be ${increment === null ? 'one step' : `at least ${increment}`} higher.`,
    reserve === null ? 'It sells to the highest bid.' : `It sells to the highest bid, but not below ${reserve}.`,
    `It runs for ${duration} ${manual ? 'from when you start it' : 'from now'}.`,
    softClose === null
      ? 'The end does not move.'
      : `A bid in the last ${softClose} moves the end to ${softClose} after it, at most ${softCloseMax} in all.`,
    'Of equal bids the earliest entry wins. The clock stops while no bid can be accepted.',
  ].join(' ');

export const auctions = {
  auctions: {
    newAuction: 'New auction',
    create: 'Create an auction',
    tabs: { live: 'Live', waiting: 'Waiting', ended: 'Ended', mine: 'Mine' },
    empty: {
      live: 'No auction is running.',
      waiting: 'No auction is waiting to start.',
      ended: 'Nothing has ended yet.',
      mine: 'You have not bid yet.',
    },
    waitingCount: (count: number) => (count === 1 ? '1 is waiting to start' : `${count} are waiting to start`),
    showWaiting: 'Show waiting',
  },
  lot: {
    back: 'All auctions',
    timeLeft: 'Time left',
    clockStopped: 'Clock stopped',
    startingPrice: 'Starting price',
    currentPrice: 'Current price',
    finalPrice: 'Final price',
    bidsBy: (bids: number, bidders: number) => `${many(bids, 'bid', 'bids')} by ${many(bidders, 'bidder', 'bidders')}`,
    soldBy: (name: string) => `sold by ${name}`,
    leading: (name: string) => `${name} leads`,
    winner: (name: string, price: string) => `Winner: ${name} with ${price}`,
    yourBid: 'Your bid',
    bid: (price: string) => `Bid ${price}`,
    confirm: (price: string) => `Confirm ${price}`,
    ownAmount: 'Own amount',
    atLeast: (price: string) => `The next bid is ${price}.`,
    priceMoved: (price: string) => `The price has moved: the next bid is ${price}.`,
    steps: (increment: string) => `Steps of ${increment}`,
    stepLabel: (step: number, price: string) => `+${step}, makes ${price}`,
    alreadyWinning: 'You already lead. You can bid again when somebody else does.',
    sending: 'Sending your bid…',
    queued: 'Queued: no leader right now. It will be sent first when one is elected.',
    join: 'Join',
    startNow: 'Start now',
    resume: 'Resume',
    cancelLot: 'Cancel auction…',
    cancelTitle: (title: string) => `Cancel the auction of ${title}?`,
    cancelText: 'Everybody sees the reason.',
    cancelConfirm: 'Cancel auction',
    history: 'Bids',
    bidder: 'Bidder',
    chart: 'Price over time',
    spoken: 'Read aloud',
    secondsLeft: (seconds: number) => `${seconds} seconds left.`,
    bigScreen: 'Big screen',
    noBids: 'No bid yet.',
  },
  screen: { next: 'Next:', keys: 'Arrow keys: other auction · F: fill the screen · Esc: back' },
  rules: {
    title: 'Rules',
    start: 'Start',
    increment: 'Increment',
    reserve: 'Reserve',
    noReserve: 'None',
    reserveMet: 'Met',
    reserveNotMet: 'Not met yet',
    duration: 'Runs for',
    softClose: 'Late bids',
    noSoftClose: 'Do not move the end',
    softCloseText: (soft: string, max: string) => `Move the end to ${soft} after them, at most ${max} in all`,
    tie: 'Tie',
    tieText: 'The earliest entry wins',
    commission: 'Commission',
    commissionText: (percent: number) => (percent === 0 ? 'None' : `${percent} %, paid by the seller`),
    extended: 'Extended',
    times: (count: number) => many(count, 'time', 'times'),
    givenBack: 'Given back',
  },
  newAuction: {
    title: 'New auction',
    what: 'What',
    how: 'How',
    when: 'When',
    from: 'Take from',
    newItem: 'A new item',
    stockItem: (name: string, available: number) => `${name} (${available} available)`,
    startPrice: 'Start price',
    increment: 'Increment',
    incrementHelp: 'Empty: chosen by the start price.',
    reserve: 'Reserve',
    reserveHelp: 'Does not sell below this. Optional.',
    reserveLow: 'The reserve is below the start price.',
    starts: 'Starts',
    startsNow: 'Now',
    startsManual: 'When I say',
    duration: 'Ends after',
    softClose: 'Soft close',
    noSoftClose: 'Off',
    start: 'Start auction',
    prepare: 'Prepare auction',
    something: 'the item',
    preview,
  },
};
