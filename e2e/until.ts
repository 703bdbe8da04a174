/** Waiting in tests: for a condition with a deadline, never for a time. */
const POLL_MS = 50;

/** Resolves when `condition` gives true; throws with `what` (and what `explain` knows) when that takes longer than `ms`. */
export async function until(
  what: string,
  ms: number,
  condition: () => boolean | Promise<boolean>,
  explain?: () => string | Promise<string>,
): Promise<void> {
  const end = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > end)
      throw new Error(`waited ${ms / 1_000} s for: ${what}${explain === undefined ? '' : `\n${await explain()}`}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Resolves with the first value that is not null. */
export async function first<T>(what: string, ms: number, look: () => T | null | Promise<T | null>): Promise<T> {
  let found: T | null = null;
  await until(what, ms, async () => {
    found = await look();
    return found !== null;
  });
  if (found === null) throw new Error(what);
  return found;
}
