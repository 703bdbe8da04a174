/**
 * Topics arrive whole. Keeping the old object wherever nothing changed lets React skip every row that looks the same, so that a
 * market of 500 items costs one row when one item changed.
 */

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const equal = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((value, i) => equal(value, b[i]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
};

/** `next`, or `old` where both say the same. */
export const shareValue = <T>(old: T, next: T): T => (equal(old, next) ? old : next);

/** The rows of `next`, each replaced by the equal row of `old` with the same key; `old` itself when nothing changed at all. */
export const shareRows = <T>(old: readonly T[], next: readonly T[], key: (row: T) => string): readonly T[] => {
  const before = new Map(old.map((row) => [key(row), row]));
  const rows = next.map((row) => {
    const same = before.get(key(row));
    return same !== undefined && equal(same, row) ? same : row;
  });
  return rows.length === old.length && rows.every((row, i) => row === old[i]) ? old : rows;
};
