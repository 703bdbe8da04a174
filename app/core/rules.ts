/**
 * Rules that the log changes while the market runs: timing, takeover, who may be stopped (the genesis is only how it began).
 *
 * Every desktop adopts them at the same entry, but not at the same moment: the leader first, the others when they hear that it is
 * accepted. A slower leader would look dead to whoever still counts in the old timing, so it keeps the quicker pace for a while. No
 * rule changes safety.
 */
import { drawFailTime } from './roles.ts';
import type { State } from './state.ts';

/** Long enough for a desktop that was cut off for a moment to hear of the change. */
const SETTLE_MS = 10_000;

/** After each command: is anything different now? */
export function adoptRules(s: State): void {
  const rules = s.machine?.rules();
  if (rules === undefined || rules === s.rules || s.genesis === null) return;
  s.rules = rules;
  const { preset, takeover, faultsAllowed } = s.genesis;
  const { preset: toPreset = preset, takeover: toTakeover = takeover, faultsAllowed: toFaults = faultsAllowed } = rules;
  if (toPreset === preset && toTakeover === takeover && toFaults === faultsAllowed) return;
  const quick = heartbeatEvery(s);
  s.genesis = { ...s.genesis, preset: toPreset, takeover: toTakeover, faultsAllowed: toFaults };
  s.config = s.configOf(s.genesis);
  s.pace = { heartbeatMs: quick, until: s.now.mono + SETTLE_MS };
  s.heardEwma = s.config.heartbeatMs;
  drawFailTime(s);
}

/** Distance of the leader's signs of life. */
export function heartbeatEvery(s: State): number {
  const { heartbeatMs } = s.config;
  return s.pace !== null && s.now.mono < s.pace.until ? Math.min(heartbeatMs, s.pace.heartbeatMs) : heartbeatMs;
}
