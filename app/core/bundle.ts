/**
 * Bundles: commands of one client that were made durable together carry one signature.
 *
 * Signing and checking cost more than everything else a command needs; a busy client therefore signs what piled up during its last disk write
 * at once. A bundle is never split or changed after it has left, so it enters the log whole.
 */
import { bundleSchema, type Command, type Signed } from './frames.ts';
import { decode, encode } from './schema.ts';
import type { Crypto } from './types.ts';
import { fromWire, type Stamped } from './vectorClock.ts';

export function sealBundle(crypto: Crypto, commands: readonly Command[]): Signed {
  const signed = new Uint8Array(encode(bundleSchema, commands));
  return { signed, signature: crypto.sign(signed) };
}

/** Its commands; null when it cannot be read, is empty, mixes clients or skips a number. */
export function openBundle(signed: Signed): readonly Command[] | null {
  const decoded = decode(bundleSchema, signed.signed);
  const first = decoded.ok ? decoded.value[0] : undefined;
  if (!decoded.ok || first === undefined) return null;
  const whole = decoded.value.every(
    (command, i) => command.clientId === first.clientId && command.storeId === first.storeId && command.seq === first.seq + i,
  );
  return whole ? decoded.value : null;
}

export function stampBundle(signed: Signed): readonly Stamped[] | null {
  return openBundle(signed)?.map((command) => ({ command, clock: fromWire(command.clock) })) ?? null;
}
