/**
 * Checks a receipt: first against itself (its hash, the signatures, who signed), which needs nothing but the file, then against the
 * history of this desktop, which knows whose keys those are and what was really sold.
 */
import { createHash } from 'node:crypto';
import { errorText } from '../../shared/errors.ts';
import {
  canonical,
  receiptBody,
  receiptDocument,
  type ReceiptBody,
  type ReceiptDocument,
  type ReceiptFault,
  type ReceiptVerdict,
  statementOf,
} from '../../shared/receipts.ts';
import type { MarketState } from '../market/index.ts';
import { peerIdOf, verifier } from '../identity.ts';

const PLAIN = { money: String, nameOf: String, time: String };

const sentences: Readonly<Record<ReceiptFault, (field: string, confirmed: number, desktops: number) => string>> = {
  unreadable: () => 'it is no receipt',
  changed: () => 'it was changed after signing',
  differs: (field) => `the ${field} was changed after signing`,
  signature: () => 'a signature does not fit',
  unsigned: () => 'nobody who bought or sold has signed it',
  few: (_field, confirmed, desktops) => `only ${confirmed} of ${desktops} desktops have signed it`,
  foreign: () => 'it is signed by a desktop that is not in this market',
  unknown: () => 'this market made no such receipt',
  void: () => 'that sale was made void later',
};

/** What people call the parts of a receipt. */
const fields: readonly (readonly [keyof ReceiptBody, string])[] = [
  ['total', 'price'],
  ['quantity', 'quantity'],
  ['title', 'title'],
  ['item', 'item'],
  ['buyers', 'buyer'],
  ['sellers', 'seller'],
  ['soldAt', 'time'],
];

/** The part in which a receipt is not what this market made. */
function changedField(given: ReceiptBody, own: ReceiptBody): string {
  const other = ([key]: (typeof fields)[number]): boolean => JSON.stringify(given[key]) !== JSON.stringify(own[key]);
  return fields.find(other)?.[1] ?? 'content';
}

interface Checked {
  readonly fault: ReceiptFault | null;
  readonly field: string;
  readonly compared: boolean;
}
const found = (fault: ReceiptFault, compared = false, field = ''): Checked => ({ fault, field, compared });

function signaturesFit({ receipt, hash, confirmations }: ReceiptDocument): boolean {
  const verify = verifier();
  const statement = Buffer.from(statementOf(receipt.market.marketId, hash));
  const each = confirmations.every(
    ({ peerId, publicKey, signature }) => peerIdOf(publicKey) === peerId && verify(publicKey, statement, Buffer.from(signature, 'hex')),
  );
  return each && new Set(confirmations.map(({ peerId }) => peerId)).size === confirmations.length;
}

const partiesOf = ({ buyers, sellers }: ReceiptBody): ReceiptBody['buyers'] => [...buyers, ...sellers];

function check(document: ReceiptDocument, state: MarketState | null): Checked {
  const { receipt, hash, confirmations } = document;
  const here = state !== null && state.genesis.marketId === receipt.market.marketId ? state : null;
  const own = here?.receipts.get(receipt.ref);
  const whole = createHash('sha256').update(canonical(receipt)).digest('hex') === hash;
  if (own !== undefined && !(whole && own.hash === hash)) {
    return found('differs', true, changedField(receipt, receiptBody.parse(JSON.parse(own.body))));
  }
  if (!whole) return found('changed');
  if (!signaturesFit(document)) return found('signature');
  const signed = new Set(confirmations.map(({ peerId }) => peerId));
  if (here !== null && own === undefined) return found('unknown', true);
  if (here !== null && [...signed].some((peerId) => !here.members.has(peerId))) return found('foreign', true);
  if (!partiesOf(receipt).some(({ peerId }) => signed.has(peerId))) return found('unsigned');
  if (signed.size * 2 <= receipt.desktops) return found('few');
  if (here?.lots.get(receipt.ref)?.state === 'void') return found('void', true);
  return { fault: null, field: '', compared: here !== null };
}

function parse(text: string): ReceiptDocument | null {
  try {
    const parsed = receiptDocument.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** @param state the market of this desktop, or null to check the file by itself alone */
export function checkReceipt(text: string, state: MarketState | null): ReceiptVerdict {
  const document = parse(text);
  const { fault, field, compared } = document === null ? found('unreadable') : check(document, state);
  const confirmed = document?.confirmations.length ?? 0;
  const desktops = document?.receipt.desktops ?? 0;
  const signed = new Set(document?.confirmations.map(({ peerId }) => peerId));
  const names = document === null ? [] : partiesOf(document.receipt).flatMap(({ peerId, name }) => (signed.has(peerId) ? [name] : []));
  const signedBy = [...new Set(names)];
  const verified = `Verified: chain intact, signed by ${signedBy.join(', ')}, confirmed by ${confirmed} of ${desktops} desktops.`;
  const why = fault === null ? null : sentences[fault](field, confirmed, desktops);
  return {
    ok: fault === null,
    text: why === null ? verified : errorText('RECEIPT_BAD', { why }, PLAIN),
    confirmed,
    desktops,
    signedBy,
    compared,
    fault,
    field,
  };
}
