/**
 * Which seeds nobody has run yet: every run begins somewhere else, so that every run adds cover, and says where.
 *
 * A minute owns a thousand seeds, more than a machine runs in it; a counter of the build server keeps two runs of one minute apart.
 */
const START = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const SEEDS_A_MINUTE = 1_000;
const FIRST = 1_000_000;
const A_COUNT = 10_000_000_000;
const MAX_COUNTS = 400_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** SIM_FROM when it is given; otherwise seeds of this minute. */
export function firstSeed(env: Environment, nowMs: number): number {
  const given = Number(env['SIM_FROM']);
  if (env['SIM_FROM'] !== undefined && Number.isSafeInteger(given) && given >= 0) return given;
  const minutes = Math.max(0, Math.floor((nowMs - START) / MINUTE_MS));
  const counter = Number(env['GITHUB_RUN_NUMBER'] ?? env['CI_PIPELINE_IID'] ?? env['BUILD_NUMBER'] ?? 0);
  const count = Number.isSafeInteger(counter) && counter > 0 ? counter % MAX_COUNTS : 0;
  return FIRST + minutes * SEEDS_A_MINUTE + count * A_COUNT;
}
