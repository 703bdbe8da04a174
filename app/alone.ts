/**
 * `Continue alone` for people (9.3): what may be lost is said first, and done only when it was read.
 *
 * The core refuses while a leader is heard; here the same is asked again for a few seconds, because the other survivors may just be trying to
 * elect somebody in vain.
 */
import type { Outcome } from '../shared/contract.ts';
import type { ContinueAlone } from '../shared/alone.ts';
import { type Desk } from './desk.ts';
import { crashedText, failed, until } from './outcome.ts';

/** What has to be typed. */
const PHRASE = 'continue alone';
const PATIENCE_MS = 8_000;
const AGAIN_MS = 300;

const WHY = {
  leader: 'A leader was heard a moment ago. This is possible after 3 seconds without one.',
  notVoter: 'This desktop has no vote, so it cannot go on by itself. Do it on one that votes.',
  election: 'An election is under way. Try again in a moment.',
} as const;

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** Without the phrase it only tells; with it, it is done. */
export async function continueAlone(desk: Desk, typed: string | null): Promise<Outcome<ContinueAlone>> {
  const { engine } = desk;
  const info = engine?.core.info();
  if (engine === null || info === undefined) return crashedText();
  if (info.view === null) return failed('NO_MARKET', 'This desktop is in no market yet.');
  const { obstacle, survivors, lost, silentMs } = info.alone;
  if (obstacle !== null) return failed('CANNOT_CONTINUE_ALONE', WHY[obstacle]);
  const [stay, gone] = [survivors, lost].map((ids) => ids.map((peerId) => desk.nameOf(peerId)));
  const since = Math.round(Date.now() - silentMs);
  const at = new Date(since).toLocaleTimeString('en-GB', { hour12: false });
  const text =
    `${list(gone ?? [])} cannot be heard, and no leader since ${at}. Perhaps they still trade with each other. ` +
    `If you continue, ${list(stay ?? [])} trade without them: trades the others made after ${at} will not be here. ` +
    'Everything from now on is provisional. When the others are back the two histories are compared, one of them counts, and what the other one did is listed.';
  const told: ContinueAlone = { done: false, text, confirm: PHRASE, since, survivors: stay ?? [], lost: gone ?? [] };
  if (typed === null) return { ok: true, value: told };
  if (typed.trim().toLowerCase() !== PHRASE) return failed('CONFIRMATION_WRONG', `To do it, type ${PHRASE}.`);
  const { branch } = info;
  let askedAt = Number.NEGATIVE_INFINITY;
  const happened = await until(() => {
    const now = engine.core.info();
    if (now.branch !== branch && now.leader !== null) return 'alone' as const;
    if (now.branch === branch && now.leader !== null) return 'leader' as const;
    if (performance.now() - askedAt > AGAIN_MS) {
      askedAt = performance.now();
      engine.driver.input({ kind: 'continueAlone' });
    }
    return null;
  }, PATIENCE_MS);
  if (happened === 'leader') return failed('CANNOT_CONTINUE_ALONE', WHY.leader);
  if (happened === null)
    return failed('CANNOT_CONTINUE_ALONE', `Not every one of ${list(stay ?? [])} agreed. Look who is there and try again.`);
  return {
    ok: true,
    value: { ...told, done: true, text: `${list(stay ?? [])} trade without ${list(gone ?? [])}. What is done now is provisional.` },
  };
}
