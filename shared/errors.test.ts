import { expect, test } from 'vitest';
import { type ErrorCode, type ErrorDetails, errorCodes, errorText, isErrorCode, type TextFormat } from './errors.ts';
import { formatMoney } from './money.ts';

const names = new Map([
  ['p1', 'Desk-1'],
  ['p2', 'Desk-2'],
  ['p3', 'Desk-3'],
  ['p4', 'Desk-4'],
]);
const format: TextFormat = {
  money: (minor) => formatMoney(minor, { currency: 'EUR', decimals: 2, locale: 'en-GB' }),
  nameOf: (peerId) => names.get(peerId) ?? peerId,
  time: (ms) => new Date(ms).toISOString().slice(11, 19),
};

const table: [ErrorCode, ErrorDetails, string][] = [
  ['BID_TOO_LOW', { leader: 'p2', price: 4600, next: 4700 }, 'Not accepted: Desk-2 already leads with €46.00. The next bid is €47.00.'],
  ['BID_OWN_LOT', {}, 'You cannot bid on your own auction.'],
  ['BID_ALREADY_LEADING', { price: 4500 }, 'You are already winning at €45.00. Raise your auto-bid instead?'],
  [
    'AUCTION_CLOSED',
    { closedAt: Date.UTC(2026, 0, 1, 14, 3, 10), lateMs: 400 },
    'Too late: bidding closed at 14:03:10 (leader time). Your bid arrived 0.4 s later.',
  ],
  ['AUCTION_NOT_STARTED', {}, 'This auction has not started.'],
  ['NOT_FOUND', {}, 'This auction no longer exists.'],
  ['ALREADY_JOINED', {}, 'You are already in this auction.'],
  ['JOIN_CLOSED', {}, 'This auction is no longer accepting bidders.'],
  ['READY_TIMEOUT', {}, 'Cancelled: the auctioneer did not start it within 60 seconds.'],
  [
    'AUCTIONEER_GONE',
    { leftMs: 45_000 },
    "Paused: the auctioneer's desktop is not answering. It will be cancelled in 00:45 unless it returns.",
  ],
  ['NO_STANDBY', {}, 'No free desktop can host this auction. Close one, or add a desktop.'],
  ['OUT_OF_STOCK', { item: 'boar', first: 'p1' }, 'Not bought: boar sold out a moment ago (Desk-1 was first).'],
  ['INSUFFICIENT', { item: 'salt', available: 5 }, 'Only 5 × salt are available. Buy 5?'],
  ['OWN_GOODS', {}, 'These are your own goods. You cannot buy from yourself.'],
  ['NO_LEADER', {}, 'No leader right now. Your request is queued and will be sent first.'],
  ['NO_MAJORITY', { reachable: 2, total: 5 }, 'Only 2 of 5 desktops reachable. You can look, but not buy or bid.'],
  ['UNKNOWN_OUTCOME', {}, 'We do not know yet whether this went through. Do not repeat it: asking the new leader…'],
  ['THIS_CRASHED', {}, 'This desktop is simulating a crash. It sends and receives nothing.'],
  ['FAULT_FORBIDDEN', {}, 'This market does not allow stopping other desktops. You can stop your own.'],
  ['PORT_BUSY', { port: 47100, used: 47101 }, 'Port 47100 is used by another program (or by a second copy). Using 47101.'],
  ['NO_INTERFACE', {}, 'No usable network. Connect a cable or Wi-Fi; the market on this PC still works.'],
  [
    'MULTICAST_BLOCKED',
    { address: '192.168.1.23:47100' },
    'This network blocks group messages (common on guest Wi-Fi). Add a desktop by its address: yours is 192.168.1.23:47100.',
  ],
  [
    'ONE_WAY',
    { peer: 'p3' },
    "We hear Desk-3 but it does not hear us. On Desk-3's side allow the app in the firewall for private networks.",
  ],
  [
    'MAC_DENIED',
    {},
    'macOS is blocking local network access. System Settings › Privacy & Security › Local Network › switch on, then restart.',
  ],
  ['VERSION', { peer: 'p4', theirs: 3, ours: 2 }, 'Desk-4 runs protocol 3, you run 2. You can watch; update to trade.'],
  ['WRONG_MARKET_CODE', {}, 'That join code does not match any market on this network.'],
  ['NAME_TAKEN', { wanted: 'Desk-1', name: 'Desk-1b' }, 'Another desktop is already called Desk-1. You are Desk-1b for now.'],
  [
    'AMOUNT_AMBIGUOUS',
    { typed: '1,234', thousands: '1234', fraction: '1.23' },
    'Is 1,234 one thousand or one point two? Type 1234 or 1.23.',
  ],
  ['AMOUNT_BAD', {}, 'Enter an amount like 45 or 45.50.'],
  ['PICTURE_BAD', {}, 'A picture must be a WebP, JPEG or PNG of at most 16 KB, and at most 1024 pixels wide and high.'],
  [
    'CSV_ROWS',
    { ready: 18, bad: 2, rows: "row 7 quantity 'ten' is not a number; row 12 has no name" },
    "18 rows ready, 2 not: row 7 quantity 'ten' is not a number; row 12 has no name. Nothing has been changed yet.",
  ],
  [
    'SNAPSHOT_BAD',
    { previousAt: Date.UTC(2026, 0, 1, 14, 1, 22) },
    'The saved state is damaged (checksum). Loaded the previous one (14:01:22) and asking the others for the rest.',
  ],
  ['DISK_FULL', {}, 'Cannot save. This desktop stops trading so that nothing is lost. Free some space, then [Resume].'],
  ['SALE_NOT_FOUND', { ref: 'order-9' }, 'There is no sale order-9.'],
  ['RECEIPT_BAD', { why: 'the price was changed after signing' }, 'This receipt does not match: the price was changed after signing.'],
  ['NAME_MISSING', {}, 'Give it a name.'],
  ['QUANTITY_BAD', {}, 'At least 1.'],
  ['NO_ANSWER', { address: '127.0.0.1:9' }, 'No desktop answered at 127.0.0.1:9. Check the number on its Diagnostics page.'],
];

test.each(table)('%s says what happened, why, what to do', (code, details, sentence) => {
  expect(errorText(code, details, format)).toBe(sentence);
});

test.each(errorCodes.map((code) => [code]))('%s has a whole sentence even without details', (code) => {
  const sentence = errorText(code, {}, format);
  expect(sentence).toMatch(/[.?…\]]$|: no reason given$/);
  expect(sentence).not.toMatch(/undefined|NaN|null/);
});

test('codes are unique and recognised', () => {
  expect(new Set(errorCodes).size).toBe(errorCodes.length);
  expect(isErrorCode('BID_TOO_LOW')).toBe(true);
  expect(isErrorCode('constructor')).toBe(false);
});
