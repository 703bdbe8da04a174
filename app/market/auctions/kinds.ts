/** All kinds of auctions, by name. */
import type { Lot, LotKind } from '../records.ts';
import { dutch } from './dutch.ts';
import type { Kind } from './kind.ts';
import { multi } from './multi.ts';
import { open } from './open.ts';
import { rounds } from './rounds.ts';
import { sealed, vickrey } from './sealedOnce.ts';

const kinds: Readonly<Record<LotKind, Kind>> = { open, rounds, sealed, vickrey, dutch, multi };

export function kindOf(lot: Readonly<Pick<Lot, 'kind'>>): Kind {
  return kinds[lot.kind];
}
