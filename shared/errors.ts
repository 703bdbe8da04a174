/**
 * Every refusal has a code, and every code has its sentence here: what happened, why, what to do.
 *
 * Details are flat so that they travel unchanged through the log, the API and the command line. They hold minor units and peer ids,
 * never words; amounts, names and times become words only here, with the reader's own format.
 */

export const errorCodes = [
  // auctions
  'BID_TOO_LOW',
  'BID_OWN_LOT',
  'BID_ALREADY_LEADING',
  'AUCTION_CLOSED',
  'AUCTION_NOT_STARTED',
  'AUCTION_STARTED',
  'AUCTION_PAUSED',
  'AUCTION_NOT_PAUSED',
  'AUCTION_CANCELLED',
  'NOT_FOUND',
  'ALREADY_JOINED',
  'JOIN_CLOSED',
  'READY_TIMEOUT',
  'AUCTIONEER_GONE',
  'NO_STANDBY',
  'NOT_AUCTIONEER',
  'HAS_BIDS',
  'AUCTION_VOID',
  'GUEST_NOT_FOUND',
  'GUEST_DESK_ONLY',
  'PADDLE_TAKEN',
  'AUTO_BID_OFF',
  'AUTO_BID_LOW',
  'BUY_NOW_GONE',
  'BID_SEALED',
  'BID_OPEN',
  'BID_BELOW_MINIMUM',
  'NOT_JOINED',
  'NOT_ENOUGH_BIDDERS',
  'ALREADY_SEALED',
  'ALREADY_REVEALED',
  'ROUND_OVER',
  'REVEAL_EARLY',
  'REVEAL_BAD',
  'NOT_RUNNING',
  'NOT_OVER',
  'NOTHING_TO_CONFIRM',
  'NOT_REOPENED',
  'VOID_TOO_LATE',
  'LOT_HOSTED',
  'POD_STALE',
  // goods and money
  'OUT_OF_STOCK',
  'INSUFFICIENT',
  'OWN_GOODS',
  'PRICE_TOO_HIGH',
  'ITEM_NOT_FOUND',
  'ITEM_EXISTS',
  'OFFER_NOT_FOUND',
  'STOCK_SHORT',
  'SALE_NOT_FOUND',
  'NO_COVER',
  'NOT_OWNER',
  'NOT_OPERATOR',
  'AUCTIONS_OPEN',
  'NOT_CREDITOR',
  'BOT_NOT_FOUND',
  'NOT_OWED',
  'NAME_TAKEN',
  'NAME_MISSING',
  'QUANTITY_BAD',
  'AMOUNT_AMBIGUOUS',
  'AMOUNT_BAD',
  'LIMIT_REACHED',
  'PEER_NOT_FOUND',
  'CSV_ROWS',
  'PICTURE_BAD',
  'BARCODE_BAD',
  'BARCODE_TAKEN',
  'SKU_TAKEN',
  // the group
  'NO_LEADER',
  'NO_MAJORITY',
  'UNKNOWN_OUTCOME',
  'NOT_MEMBER',
  'BUSY',
  'EXPIRED',
  'CANCELLED',
  'TIMEOUT',
  'NO_MARKET',
  'ALREADY_IN_MARKET',
  'WRONG_MARKET_CODE',
  'NO_ANSWER',
  'VERSION',
  'DIVERGED',
  'NOT_REPLAYABLE',
  'THIS_CRASHED',
  'FAULT_FORBIDDEN',
  'EVICTED',
  'CANNOT_CONTINUE_ALONE',
  'CONFIRMATION_WRONG',
  'CANNOT_LEAVE',
  'NOT_PUT_ASIDE',
  // this desktop
  'PORT_BUSY',
  'NO_INTERFACE',
  'MULTICAST_BLOCKED',
  'ONE_WAY',
  'MAC_DENIED',
  'SNAPSHOT_BAD',
  'STORE_ROLLED_BACK',
  'STORE_TWIN',
  'COPY_RUNS',
  'STORE_DAMAGED',
  'DISK_FULL',
  'RECEIPT_BAD',
  'STOPPED',
  'BAD_REQUEST',
  'UNAUTHORIZED',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

const known: ReadonlySet<string> = new Set(errorCodes);

export function isErrorCode(text: string): text is ErrorCode {
  return known.has(text);
}

/** Flat facts of a refusal: peer ids, minor units, counts, times (ms). */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** How the reader sees amounts (minor units), peers and times (ms since 1970). */
export interface TextFormat {
  money(minor: number): string;
  nameOf(peerId: string): string;
  time(ms: number): string;
}

type Sentence = (d: ErrorDetails, f: TextFormat) => string;

const text = (d: ErrorDetails, key: string, otherwise: string): string => {
  const value = d[key];
  return value === undefined ? otherwise : String(value);
};
const count = (d: ErrorDetails, key: string): number => {
  const value = d[key];
  return typeof value === 'number' ? value : 0;
};
const money = (d: ErrorDetails, key: string, f: TextFormat): string => f.money(count(d, key));
const peer = (d: ErrorDetails, key: string, f: TextFormat, otherwise: string): string => {
  const value = d[key];
  return typeof value === 'string' && value !== '' ? f.nameOf(value) : otherwise;
};
const item = (d: ErrorDetails): string => text(d, 'item', 'this item');

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const word = (digits: string): string => WORDS[Number(digits)] ?? digits;

function ambiguous(d: ErrorDetails): string {
  const typed = text(d, 'typed', '1,234');
  const [whole = '1', rest = '2'] = typed.split(/[.,]/);
  const reading = `${word(whole)} thousand or ${word(whole)} point ${word(rest.slice(0, 1))}`;
  return `Is ${typed} ${reading}? Type ${text(d, 'thousands', '1234')} or ${text(d, 'fraction', '1.23')}.`;
}

const minutes = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
};

const sentences: Readonly<Record<ErrorCode, Sentence>> = {
  BID_TOO_LOW: (d, f) =>
    d['leader'] === undefined
      ? `Not accepted: the first bid must be at least ${money(d, 'next', f)}.`
      : `Not accepted: ${peer(d, 'leader', f, 'somebody')} already leads with ${money(d, 'price', f)}. The next bid is ${money(d, 'next', f)}.`,
  BID_OWN_LOT: () => 'You cannot bid on your own auction.',
  BID_ALREADY_LEADING: (d, f) =>
    d['bidder'] === undefined
      ? `You are already winning at ${money(d, 'price', f)}. Raise your auto-bid instead?`
      : `${peer(d, 'bidder', f, 'The guest')} is already winning at ${money(d, 'price', f)}.`,
  AUCTION_CLOSED: (d, f) =>
    `Too late: bidding closed at ${f.time(count(d, 'closedAt'))} (leader time). Your bid arrived ${(count(d, 'lateMs') / 1000).toFixed(1)} s later.`,
  AUCTION_NOT_STARTED: () => 'This auction has not started.',
  AUCTION_STARTED: () => 'This auction has already started.',
  AUCTION_PAUSED: () => 'Paused: the clock is stopped until the auctioneer resumes this auction.',
  AUCTION_NOT_PAUSED: () => 'This auction is not paused.',
  AUCTION_CANCELLED: (d) => `Cancelled: ${text(d, 'reason', 'no reason given')}`,
  NOT_FOUND: () => 'This auction no longer exists.',
  ALREADY_JOINED: () => 'You are already in this auction.',
  JOIN_CLOSED: () => 'This auction is no longer accepting bidders.',
  READY_TIMEOUT: () => 'Cancelled: the auctioneer did not start it within 60 seconds.',
  AUCTIONEER_GONE: (d) =>
    `Paused: the auctioneer's desktop is not answering. It will be cancelled in ${minutes(count(d, 'leftMs'))} unless it returns.`,
  NO_STANDBY: () => 'No free desktop can host this auction. Close one, or add a desktop.',
  NOT_AUCTIONEER: () => 'Only the auctioneer can do this.',
  HAS_BIDS: () => 'This auction already has a bid, so it cannot be cancelled.',
  AUCTION_VOID: (d) => `Void: ${text(d, 'reason', 'no reason given')}`,
  GUEST_NOT_FOUND: (d) => `No guest has paddle ${count(d, 'paddle')}. The operator registers guests under Activity, Guests.`,
  GUEST_DESK_ONLY: () => 'Bids of guests are entered by the auctioneer of the lot, or by the operator of this market.',
  PADDLE_TAKEN: (d) => `Paddle ${count(d, 'paddle')} is taken. Choose another number, or leave it out to get the next free one.`,
  AUTO_BID_OFF: () => 'This auction takes no auto-bids. Bid an amount.',
  AUTO_BID_LOW: (d, f) => {
    const whose = d['bidder'] === undefined ? 'Your auto-bid' : `The auto-bid of ${peer(d, 'bidder', f, 'the guest')}`;
    return `${whose} ${d['limit'] === undefined ? 'goes as far already' : `already goes to ${money(d, 'limit', f)}`}. Set a higher one.`;
  },
  BUY_NOW_GONE: () => 'Buy now is no longer possible. You can still bid.',
  BID_SEALED: () => 'This auction takes sealed bids only.',
  BID_OPEN: () => 'This auction takes open bids only.',
  BID_BELOW_MINIMUM: (d, f) => `The minimum is ${money(d, 'minimum', f)}.`,
  NOT_JOINED: () => 'Only who joined before the start may bid in this auction.',
  NOT_ENOUGH_BIDDERS: (d) => `It starts when ${count(d, 'needed')} bidders have joined (${count(d, 'bidders')} now).`,
  ALREADY_SEALED: (d) => `Your bid of round ${count(d, 'round')} is sealed already. It cannot be changed.`,
  ALREADY_REVEALED: () => 'This sealed bid has been revealed already.',
  ROUND_OVER: (d) => (count(d, 'round') > 1 ? `That round is over. Round ${count(d, 'round')} is the present one.` : 'That round is over.'),
  REVEAL_EARLY: () => 'Sealed bids are revealed when the round is over.',
  REVEAL_BAD: () => 'This does not fit any sealed bid of this desktop.',
  LOT_HOSTED: () => 'This auction has a host of its own, and your desktop sends the request there.',
  POD_STALE: () => 'Somebody else has this auction by now.',
  NOT_RUNNING: () => 'No such auction is running.',
  NOT_OVER: () => 'Only an auction that ended without a sale can be put up again.',
  NOTHING_TO_CONFIRM: () => 'This auction does not wait for a confirmation.',
  NOT_REOPENED: () => 'The bids of this auction are known, so it cannot be re-opened. Make it void and put it up again.',
  VOID_TOO_LATE: () => 'The goods or the money have moved on, so this sale cannot be taken back.',

  OUT_OF_STOCK: (d, f) =>
    d['first'] === undefined
      ? `Not bought: ${item(d)} is not for sale right now.`
      : `Not bought: ${item(d)} sold out a moment ago (${peer(d, 'first', f, 'somebody')} was first).`,
  INSUFFICIENT: (d) => `Only ${count(d, 'available')} × ${item(d)} are available. Buy ${count(d, 'available')}?`,
  OWN_GOODS: () => 'These are your own goods. You cannot buy from yourself.',
  PRICE_TOO_HIGH: (d, f) => `Not bought: only ${count(d, 'available')} × ${item(d)} are offered at ${money(d, 'maxPrice', f)} or less.`,
  ITEM_NOT_FOUND: () => 'There is no such item.',
  ITEM_EXISTS: (d) => `There is already an item called ${item(d)}.`,
  OFFER_NOT_FOUND: () => 'This offer is no longer there.',
  STOCK_SHORT: (d) => `You have only ${count(d, 'available')} × ${item(d)} free. The rest is offered or in an auction, or not there.`,
  NO_COVER: (d, f) =>
    d['bidder'] === undefined
      ? `You need ${money(d, 'needed', f)} but have ${money(d, 'available', f)} free.`
      : `${peer(d, 'bidder', f, 'The guest')} needs ${money(d, 'needed', f)} but has ${d['available'] === undefined ? 'less' : money(d, 'available', f)} free. The operator credits what is paid at the desk.`,
  NOT_OWNER: () => 'This belongs to another desktop.',
  AUCTIONS_OPEN: (d) => `The commission cannot change while an auction is open (${count(d, 'open')} now). Change it when they have ended.`,
  NOT_OPERATOR: () => 'Only the operator of this market can do this.',
  BOT_NOT_FOUND: () => 'There is no such bot on this desktop.',
  NOT_CREDITOR: () => 'Only who received the money, or the operator of this market, can do this.',
  NOT_OWED: (d, f) => `Only ${money(d, 'owed', f)} is owed between these two.`,
  NAME_TAKEN: (d) => `Another desktop is already called ${text(d, 'wanted', 'that')}. You are ${text(d, 'name', 'renamed')} for now.`,
  NAME_MISSING: () => 'Give it a name.',
  QUANTITY_BAD: (d) => (d['tooMany'] === true ? `At most ${count(d, 'max')}.` : 'At least 1.'),
  AMOUNT_AMBIGUOUS: ambiguous,
  AMOUNT_BAD: () => 'Enter an amount like 45 or 45.50.',
  LIMIT_REACHED: (d) => `The limit is reached: ${text(d, 'limit', 'too much')}.`,
  PICTURE_BAD: () => 'A picture must be a WebP, JPEG or PNG of at most 16 KB, and at most 1024 pixels wide and high.',
  BARCODE_BAD: () =>
    'This barcode is misread or mistyped: its check digit is wrong. Scan it again, or compare the digits. A barcode has at most 48 characters.',
  BARCODE_TAKEN: (d) => `The barcode ${text(d, 'barcode', '')} is that of ${item(d)}. A barcode stands for one item.`,
  SKU_TAKEN: (d) => `Your ${item(d)} has the SKU ${text(d, 'sku', '')} already. Choose another one.`,
  PEER_NOT_FOUND: () => 'There is no such desktop in this market.',
  CSV_ROWS: (d) =>
    `${count(d, 'ready')} rows ready, ${count(d, 'bad')} not: ${text(d, 'rows', 'see the list')}. Nothing has been changed yet.`,

  NO_LEADER: () => 'No leader right now. Your request is queued and will be sent first.',
  NO_MAJORITY: (d) => `Only ${count(d, 'reachable')} of ${count(d, 'total')} desktops reachable. You can look, but not buy or bid.`,
  UNKNOWN_OUTCOME: () => 'We do not know yet whether this went through. Do not repeat it: asking the new leader…',
  NOT_MEMBER: () => 'This desktop is not a member of this market.',
  BUSY: () => 'Too many requests are waiting. Try again in a moment.',
  EXPIRED: () => 'This request is too old to be repeated. Look at the result first.',
  CANCELLED: () => 'You cancelled this request before it was sent.',
  TIMEOUT: () => 'No answer in time.',
  NO_MARKET: () => 'This desktop is in no market yet. Create one or join one.',
  ALREADY_IN_MARKET: () => 'This desktop is already in a market. Leave it first.',
  WRONG_MARKET_CODE: () => 'That join code does not match any market on this network.',
  NO_ANSWER: (d) => `No desktop answered at ${text(d, 'address', 'that address')}. Check the number on its Diagnostics page.`,
  VERSION: (d, f) =>
    `${peer(d, 'peer', f, 'Another desktop')} runs protocol ${text(d, 'theirs', '?')}, you run ${text(d, 'ours', '?')}. You can watch; update to trade.`,
  DIVERGED: (d, f) =>
    `This market had two histories. The one of ${peer(d, 'leader', f, 'the others')} counts. What was done here since entry #${text(d, 'base', '?')} is kept in ${text(d, 'file', 'the data folder')} and listed on the Network page; this desktop follows again as a new member.`,
  NOT_REPLAYABLE: () =>
    'This cannot be done again by itself: goods, money or a bid are involved, or it is already here. Decide what is right and do that.',
  THIS_CRASHED: () => 'This desktop is simulating a crash. It sends and receives nothing.',
  FAULT_FORBIDDEN: () => 'This market does not allow stopping other desktops. You can stop your own.',

  CANNOT_CONTINUE_ALONE: (d) => `It is not possible to continue alone now: ${text(d, 'why', 'a leader can be heard')}.`,
  CONFIRMATION_WRONG: (d) => `To do it, type ${text(d, 'phrase', 'the words that are shown')}.`,
  CANNOT_LEAVE: () => 'Nobody could take this desktop off the list. Try again when there is a leader.',
  NOT_PUT_ASIDE: () => 'This desktop was not reset: its data cannot be put aside. It goes on as it was.',
  EVICTED: (d) =>
    `This desktop was taken off the list of ${text(d, 'market', 'its market')} by its operator. What it had is kept in ${text(d, 'kept', 'its data folder')}. You can join again as a new member.`,

  PORT_BUSY: (d) => `Port ${text(d, 'port', '?')} is used by another program (or by a second copy). Using ${text(d, 'used', 'another')}.`,
  NO_INTERFACE: () => 'No usable network. Connect a cable or Wi-Fi; the market on this PC still works.',
  MULTICAST_BLOCKED: (d) =>
    `This network blocks group messages (common on guest Wi-Fi). Add a desktop by its address: yours is ${text(d, 'address', 'unknown')}.`,
  ONE_WAY: (d, f) => {
    const name = peer(d, 'peer', f, 'another desktop');
    return `We hear ${name} but it does not hear us. On ${name}'s side allow the app in the firewall for private networks.`;
  },
  MAC_DENIED: () =>
    'macOS is blocking local network access. System Settings › Privacy & Security › Local Network › switch on, then restart.',
  SNAPSHOT_BAD: (d, f) =>
    d['previousAt'] === undefined
      ? 'The saved state is damaged (checksum). Asking the others for it.'
      : `The saved state is damaged (checksum). Loaded the previous one (${f.time(count(d, 'previousAt'))}) and asking the others for the rest.`,
  STORE_ROLLED_BACK: (d) =>
    `The data folder was older than what this desktop had already told others (a restored backup, or a copy). It was put aside in ${text(d, 'kept', 'the data folder')}, and this desktop follows again as a new member. Nothing that was accepted is lost.`,
  STORE_TWIN: (d) =>
    `This data folder is a copy of one that is running on another desktop. Two memories must not speak as one, so this one has stopped. Close the other desktop, or start here with a new data folder${text(d, 'hint', '')}.`,
  COPY_RUNS: () =>
    'This desktop is running on this computer already, from this data folder or from a copy of it. Close that one first, or start with another profile: two with one key would be taken for one.',
  STORE_DAMAGED: (d) =>
    `The log was damaged (${text(d, 'what', 'it cannot be read')}). It was put aside in ${text(d, 'kept', 'the data folder')}, and this desktop follows again as a new member.`,
  DISK_FULL: () => 'Cannot save. This desktop stops trading so that nothing is lost. Free some space, then [Resume].',
  SALE_NOT_FOUND: (d) => `There is no sale ${text(d, 'ref', 'with that number')}.`,
  RECEIPT_BAD: (d) => `This receipt does not match: ${text(d, 'why', 'it was changed after signing')}.`,
  STOPPED: (d) => `This desktop has stopped: ${text(d, 'why', 'something that must hold did not')}.`,
  BAD_REQUEST: (d) => (d['why'] === undefined ? 'This request is not valid.' : `This request is not valid: ${text(d, 'why', '')}.`),
  UNAUTHORIZED: () => 'This needs the token of the desktop. Open the printed address again.',
  INTERNAL: () => 'Something went wrong inside this desktop. Save a report on the Diagnostics page.',
};

/**
 * The sentence of a refusal.
 * @param details flat facts; amounts in minor units, people as peer ids
 * @param format the reader's way to show amounts, names and times
 */
export function errorText(code: ErrorCode, details: ErrorDetails, format: TextFormat): string {
  return sentences[code](details, format);
}
