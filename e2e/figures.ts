/** Small sums over measured numbers. */

/** The value that `p` % of all values do not exceed, rounded up to one that was measured; NaN of nothing. */
export function percentile(numbers: readonly number[], p: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? Number.NaN;
}
