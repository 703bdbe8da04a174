/** Exit codes: what a script can tell apart without reading words. Source: PRODUCT section 8. */
export const EXIT = {
  ok: 0,
  internal: 1,
  usage: 2,
  /** No peer, no leader, no majority. */
  unreachable: 3,
  refused: 4,
  notFound: 5,
  /** Not decided in time. */
  unknown: 6,
  verification: 7,
  scenario: 8,
  interrupted: 130,
} as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

const codes: ReadonlyMap<string, Exit> = new Map([
  ['NO_PEER', EXIT.unreachable],
  ['NO_LEADER', EXIT.unreachable],
  ['CANNOT_LEAVE', EXIT.unreachable],
  ['NO_MAJORITY', EXIT.unreachable],
  ['NO_MARKET', EXIT.unreachable],
  ['NO_ANSWER', EXIT.unreachable],
  ['NO_INTERFACE', EXIT.unreachable],
  ['THIS_CRASHED', EXIT.unreachable],
  ['STOPPED', EXIT.unreachable],
  ['NOT_FOUND', EXIT.notFound],
  ['ITEM_NOT_FOUND', EXIT.notFound],
  ['OFFER_NOT_FOUND', EXIT.notFound],
  ['SALE_NOT_FOUND', EXIT.notFound],
  ['PEER_NOT_FOUND', EXIT.notFound],
  ['GUEST_NOT_FOUND', EXIT.notFound],
  ['REQUEST_NOT_FOUND', EXIT.notFound],
  ['TIMEOUT', EXIT.unknown],
  ['UNKNOWN_OUTCOME', EXIT.unknown],
  ['BAD_REQUEST', EXIT.usage],
  ['AMOUNT_BAD', EXIT.usage],
  ['AMOUNT_AMBIGUOUS', EXIT.usage],
  ['QUANTITY_BAD', EXIT.usage],
  ['PICTURE_BAD', EXIT.usage],
  ['BARCODE_BAD', EXIT.usage],
  ['NAME_MISSING', EXIT.usage],
  ['SNAPSHOT_BAD', EXIT.verification],
  ['RECEIPT_BAD', EXIT.verification],
  ['INTERNAL', EXIT.internal],
  ['BAD_ANSWER', EXIT.internal],
]);

/** Exit code of an error code; anything a rule of the market refused is 4. */
export function exitOf(code: string): Exit {
  return codes.get(code) ?? EXIT.refused;
}
