/**
 * What lies inside an opened datagram: items one after the other, `type u8 | length u16 | body`.
 *
 * Several small messages share a datagram, and a large one is cut into fragments that are items like any other. Nothing here knows
 * what a message means.
 */
export const ITEM_HEADER_BYTES = 3;
/** message id u32 | index u8 | count u8 */
export const FRAGMENT_HEADER_BYTES = 6;
/** A message may be cut into this many fragments at most. */
export const MAX_FRAGMENTS = 64;

const types = ['message', 'fragment', 'probe', 'probeAck'] as const;
export type ItemType = (typeof types)[number];

export interface Item {
  readonly type: ItemType;
  readonly body: Buffer;
}

/** Writes an item's header at `at`; the body follows it. */
export function writeItemHeader(target: Buffer, at: number, type: ItemType, length: number): void {
  target[at] = types.indexOf(type);
  target.writeUInt16LE(length, at + 1);
}

/** The items of a payload, or null when it is not made of whole items. An empty payload has none. */
export function readItems(payload: Buffer): readonly Item[] | null {
  const items: Item[] = [];
  let at = 0;
  while (at < payload.length) {
    if (at + ITEM_HEADER_BYTES > payload.length) return null;
    const type = types[payload[at] ?? -1];
    const end = at + ITEM_HEADER_BYTES + payload.readUInt16LE(at + 1);
    if (type === undefined || end > payload.length) return null;
    items.push({ type, body: payload.subarray(at + ITEM_HEADER_BYTES, end) });
    at = end;
  }
  return items;
}
