/**
 * What the members of a market have in common: a key made from the join code and the market's name.
 *
 * An open market has the empty code: anybody who knows its name belongs. A join code is short enough to be guessed by a machine, so
 * every guess is made expensive (scrypt); the empty code is no secret and costs nothing, or beacons with invented names would keep us
 * busy. From the one key follow those of its uses: a beacon proves to know the code without showing anything of it.
 */
import { createHmac, hkdfSync, scryptSync, timingSafeEqual } from 'node:crypto';

const GROUP_SALT = 'tradepost group 2';
export const MAC_BYTES = 16;
/** Decision 0025: 32 MiB and about a tenth of a second for a guess. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
/** Markets whose keys are kept ready; a desktop is in one at a time. */
const MAX_CACHED = 8;

export interface MarketKey {
  /** 32 bytes; authenticates beacons. */
  readonly beacon: Buffer;
  /** 32 bytes; a cheap check before a handshake costs anything. */
  readonly hello: Buffer;
  /** 32 bytes; the pre-shared key of the handshake. */
  readonly psk: Buffer;
}

/** The same name for people is the same name here: Unicode form, case and spaces do not count. */
export function normaliseMarketName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

const cache = new Map<string, MarketKey>();

/** Key of the market `name` with this join code; an open market has the code ''. The first time with a code takes about 0.1 s. */
export function marketKey(name: string, code: string): MarketKey {
  const normal = normaliseMarketName(name);
  const secret = code.trim();
  if (secret === '') return expand(Buffer.alloc(0), normal);
  const slot = `${secret}\n${normal}`;
  const known = cache.get(slot);
  if (known !== undefined) return known;
  const key = expand(scryptSync(secret.normalize('NFKC'), `${GROUP_SALT} ${normal}`, 32, SCRYPT), normal);
  const oldest = cache.keys().next();
  if (cache.size >= MAX_CACHED && !oldest.done) cache.delete(oldest.value);
  cache.set(slot, key);
  return key;
}

function expand(secret: Buffer, name: string): MarketKey {
  const part = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, GROUP_SALT, `${use} ${name}`, 32));
  return { beacon: part('beacon'), hello: part('hello'), psk: part('psk') };
}

/** First 16 bytes of HMAC-SHA256 over the parts. `key`: one of a market's keys. */
export function macOf(key: Buffer, ...parts: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest().subarray(0, MAC_BYTES);
}

export function macMatches(key: Buffer, mac: Uint8Array, ...parts: readonly Uint8Array[]): boolean {
  return mac.length === MAC_BYTES && timingSafeEqual(mac, macOf(key, ...parts));
}
