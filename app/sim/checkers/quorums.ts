/**
 * Quorums once more, written from the definition and not from the core's code, so that a fault there cannot hide here.
 *
 * A set decides when it has more than half of the weight of every half of the view; with an even number of voters the anchor weighs two.
 */
import type { View } from '../../core/frames.ts';

interface Half {
  /** Weight by storeId. */
  readonly weights: ReadonlyMap<string, number>;
  readonly total: number;
}

function halfOf(half: Pick<View, 'voters' | 'anchor'>): Half {
  const even = half.voters.length % 2 === 0;
  const weights = new Map(half.voters.map((v) => [v.storeId, even && v.peerId === half.anchor ? 2 : 1]));
  let total = 0;
  for (const w of weights.values()) total += w;
  return { weights, total };
}

function halvesOf(view: View): Half[] {
  return view.old === null ? [halfOf(view)] : [halfOf(view), halfOf(view.old)];
}

function decides(half: Half, has: (storeId: string) => boolean): boolean {
  let sum = 0;
  for (const [storeId, weight] of half.weights) if (has(storeId)) sum += weight;
  return sum * 2 > half.total;
}

/** Do the stores for which `has` holds decide in this view? */
export function isQuorumOf(view: View, has: (storeId: string) => boolean): boolean {
  return halvesOf(view).every((half) => decides(half, has));
}

/** Does every deciding set of `a` share a store with every deciding set of `b`? Tries all splits of the stores: at most 2^18. */
export function quorumsMeet(a: View, b: View): boolean {
  const stores = [...new Set([...halvesOf(a), ...halvesOf(b)].flatMap((h) => [...h.weights.keys()]))];
  const bit = new Map(stores.map((storeId, i) => [storeId, 1 << i]));
  for (let set = 0; set < 1 << stores.length; set++) {
    const inside = (storeId: string): boolean => ((bit.get(storeId) ?? 0) & set) !== 0;
    if (isQuorumOf(a, inside) && isQuorumOf(b, (storeId) => !inside(storeId))) return false;
  }
  return true;
}
