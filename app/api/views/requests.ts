/**
 * What this desktop asked for, in words: what it was, how it stands, and when refused why and what to do.
 *
 * A request is never shown as done before its entry is applied here, or a lot's host has answered that nothing can undo it, and never as failed while the outcome is open.
 */
import type { MarketCommand } from '../../../shared/commands.ts';
import { errorText, isErrorCode } from '../../../shared/errors.ts';
import { guestAccount } from '../../../shared/guests.ts';
import type { RequestView } from '../../../shared/views.ts';
import type { CommandResult } from '../../core/types.ts';
import { type Facts, resultText } from '../../market/index.ts';
import type { RequestRecord } from '../peerPort.ts';
import { bidderRef, bidsForItself, hides, lotOf, refusalFacts, tellable } from './bidders.ts';
import { itemName, newest, type Reader } from './reader.ts';

export const MAX_REQUESTS_SHOWN = 200;
export const QUEUED_TEXT = 'Queued: no leader right now. It will be sent first when one is elected.';

const NOTHING: ReadonlyMap<string, string> = new Map();

type Data = Extract<CommandResult, { ok: true }>['data'];

function lotTitle(reader: Reader, lotId: string): string {
  return reader.state?.lots.get(lotId)?.title ?? lotId;
}

const VERBS = {
  'auction.publish': 'Publish',
  'auction.start': 'Start',
  'auction.join': 'Join',
  'auction.cancel': 'Cancel',
  'auction.void': 'Make void',
  'auction.pause': 'Pause',
  'auction.resume': 'Resume',
  'auction.extend': 'Extend',
  'auction.close': 'Close',
  'auction.confirm': 'Confirm',
  'auction.reopen': 'Re-open',
  'auction.relist': 'Put up again',
} as const;

/** " for #101 Anna Berg". */
function forGuest(reader: Reader, { lotId, guest }: { readonly lotId: string; readonly guest?: number | undefined }): string {
  return guest === undefined ? '' : ` for ${bidderRef(reader, lotOf(reader, lotId), guestAccount(guest)).name}`;
}

/** "Buy 5 × salt". `things`: names of items and lots that count more than those of the present state. */
export function summary(reader: Reader, command: MarketCommand, things: ReadonlyMap<string, string> = NOTHING): string {
  const goods = 'itemId' in command && command.itemId !== undefined ? (things.get(command.itemId) ?? itemName(reader, command.itemId)) : '';
  const title = (lotId: string): string => things.get(lotId) ?? lotTitle(reader, lotId);
  switch (command.type) {
    case 'market.rules':
      return 'Change the rules of the market';
    case 'market.operator':
      return `Make ${reader.nameOf(command.peerId)} the operator`;
    case 'profile.set':
      return `Rename to ${command.name}`;
    case 'item.create':
      return `Create ${command.name}`;
    case 'item.edit':
      return `Edit ${goods}`;
    case 'item.picture':
      return command.picture === null ? `Remove the picture of ${goods}` : `Save a picture of ${goods}`;
    case 'offer.place':
      return `Offer ${command.quantity} × ${command.name ?? goods} at ${reader.money(command.price)}`;
    case 'offer.withdraw':
      return `Withdraw ${command.offerId}`;
    case 'stock.in':
      return `Stock in ${command.quantity} × ${goods}`;
    case 'stock.out':
      return `Stock out ${command.quantity} × ${goods}`;
    case 'stock.adjust':
      return `Adjust ${goods} by ${command.delta > 0 ? '+' : '\u2212'}${Math.abs(command.delta)}`;
    case 'stock.count':
      return `Count ${command.rows.length} ${command.rows.length === 1 ? 'item' : 'items'}`;
    case 'order.buy':
      return `Buy ${command.quantity} × ${goods}`;
    case 'account.credit':
      return `Credit ${reader.money(command.amount)} to ${reader.nameOf(command.peerId)}`;
    case 'auction.create':
      return `Auction ${command.name ?? goods}`;
    case 'auction.bid':
      return `Bid ${reader.money(command.amount)} on ${title(command.lotId)}${forGuest(reader, command)}`;
    case 'auction.autobid':
      return `Auto-bid up to ${reader.money(command.amount)} on ${title(command.lotId)}${forGuest(reader, command)}`;
    case 'auction.buyNow':
      return `Buy now ${title(command.lotId)}${forGuest(reader, command)}`;
    case 'auction.seal':
      return `Seal a bid on ${title(command.lotId)}`;
    case 'auction.reveal':
      return `Reveal ${reader.money(command.amount)} on ${title(command.lotId)}`;
    case 'guest.add':
      return `Register the guest ${command.name ?? ''}`.trim();
    case 'guest.rename':
      return `Paddle ${command.paddle} is ${command.name}`;
    case 'receipt.ask':
      return `Receipt of ${command.ref}`;
    case 'receipt.sign':
      return `Sign the receipt of ${command.ref}`;
    case 'auction.endAll':
      return 'Close all auctions';
    case 'settle.pay':
      return `${reader.money(command.amount)} received from ${reader.nameOf(command.debtor)}`;
    default:
      return `${VERBS[command.type]} ${title(command.lotId)}`;
  }
}

/** Facts of a result are flat; anything else in there is not for sentences. */
function flat(data: Data | MarketCommand): Facts {
  const facts: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(data)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') facts[key] = value;
  }
  return facts;
}

/** What is nobody's business, or means nothing to people. */
const UNSAID: ReadonlySet<string> = new Set(['type', 'nonce', 'commitment', 'publicKey', 'signature', 'picture']);

/** The facts behind the summary: the command's own, and what its goods and its lot are called. */
function asked(reader: Reader, command: MarketCommand): Facts {
  const own = Object.fromEntries(Object.entries(flat(command)).filter(([key]) => !UNSAID.has(key)));
  return {
    ...own,
    ...('itemId' in command && command.itemId !== undefined ? { goods: itemName(reader, command.itemId) } : {}),
    ...('lotId' in command ? { title: lotTitle(reader, command.lotId) } : {}),
    ...('guest' in command && command.guest !== undefined
      ? { guest: bidderRef(reader, lotOf(reader, command.lotId), guestAccount(command.guest)).name }
      : {}),
    ...('picture' in command ? { removed: command.picture === null } : {}),
    ...('rows' in command ? { rows: command.rows.length } : {}),
  };
}

type Shown = Pick<RequestView, 'state' | 'code' | 'text' | 'details' | 'data'>;
const nothing = { details: {}, data: {} };

function shown(reader: Reader, { state, command, result }: RequestRecord): Shown {
  const lot = 'lotId' in command ? lotOf(reader, command.lotId) : undefined;
  const told = (facts: Facts): Facts => tellable(reader, lot, facts);
  switch (state) {
    case 'sending':
      return { ...nothing, state, code: null, text: 'Sending…' };
    case 'queued':
      return { ...nothing, state, code: 'NO_LEADER', text: QUEUED_TEXT };
    case 'expired':
      return { ...nothing, state, code: 'EXPIRED', text: errorText('EXPIRED', {}, reader.format) };
    case 'cancelled':
      return { ...nothing, state, code: 'CANCELLED', text: errorText('CANCELLED', {}, reader.format) };
    case 'done': {
      if (result === null) return { ...nothing, state: 'sending', code: null, text: 'Sending…' };
      if (result.ok)
        return {
          ...nothing,
          state: 'accepted',
          code: null,
          text: resultText(command.type, told(flat(result.data)), reader.format),
          data: { ...result.data, ...told(flat(result.data)) },
        };
      const { code } = result;
      const details = refusalFacts(reader, lot, result);
      const text = isErrorCode(code) ? errorText(code, details, reader.format) : code;
      return { ...nothing, state: 'refused', code, text, details: { ...details } };
    }
  }
}

export function requestView(reader: Reader, record: RequestRecord): RequestView {
  return {
    requestId: record.requestId,
    seq: record.seq,
    type: record.command.type,
    summary: summary(reader, record.command),
    asked: asked(reader, record.command),
    ...shown(reader, record),
    entry: record.entry,
    term: record.term,
    at: record.at,
    // Whose bid came at the same moment as this one is as good as a name.
    concurrentWith: (hides(reader) && bidsForItself(record.command) ? [] : record.concurrentWith).map(
      ({ clientId, seq }) => `${reader.nameOf(clientId)} #${seq}`,
    ),
  };
}

/** Newest first. */
export function requestsView(reader: Reader): RequestView[] {
  return newest(reader.port.requests(), MAX_REQUESTS_SHOWN).map((record) => requestView(reader, record));
}
