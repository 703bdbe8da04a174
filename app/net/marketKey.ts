/**
 * What the members of a market have in common: a key made from the join code and the market's name.
 *
 * An open market has the empty code: its traffic is sealed all the same (nothing foreign is ever decoded), but anybody who knows the
 * name belongs. The beacon key is derived from it, so that a beacon proves to know the code without showing anything of it.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const GROUP_SALT = 'tradepost group 1';
export const MAC_BYTES = 16;

export interface MarketKey {
  /** 32 bytes; seals traffic. */
  readonly group: Buffer;
  /** 32 bytes; authenticates beacons. */
  readonly beacon: Buffer;
}

/** The same name for people is the same name here: Unicode form, case and spaces do not count. */
export function normaliseMarketName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

/** Key of the market `name` with this join code; an open market has the code ''. */
export function marketKey(name: string, code: string): MarketKey {
  const group = Buffer.from(hkdfSync('sha256', Buffer.from(code.trim(), 'utf8'), GROUP_SALT, normaliseMarketName(name), 32));
  return { group, beacon: Buffer.from(hkdfSync('sha256', group, GROUP_SALT, 'beacon', 32)) };
}

/** First 16 bytes of HMAC-SHA256 over the parts. */
export function beaconMac(key: MarketKey, ...parts: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('sha256', key.beacon);
  for (const part of parts) hmac.update(part);
  return hmac.digest().subarray(0, MAC_BYTES);
}

export function macMatches(key: MarketKey, mac: Uint8Array, ...parts: readonly Uint8Array[]): boolean {
  return mac.length === MAC_BYTES && timingSafeEqual(mac, beaconMac(key, ...parts));
}
