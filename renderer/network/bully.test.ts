import { expect, test } from 'vitest';
import { desk, peer } from '../test/people.ts';
import { report } from '../test/situation.ts';
import { bullyPredicts, predictionFor } from './bully.ts';

test('[U32] five desktops, the strongest dead, the second begins: 6 ELECTION, 3 OK, 3 COORDINATOR', () => {
  expect(bullyPredicts([true, true, true, true, false], 1)).toEqual({ election: 6, ok: 3, coordinator: 3 });
});

test('[U32] the second strongest begins: it asks one and nobody answers', () => {
  expect(bullyPredicts([true, true, true, true, false], 3)).toEqual({ election: 1, ok: 0, coordinator: 3 });
});

test('[U32] the formula is made for the group as it is known, and left out when nobody saw who began', () => {
  const peers = [5, 1, 4, 2, 3].map((n) => peer(n));
  expect(predictionFor({ ...report, starter: desk(2) }, peers)).toEqual({ election: 6, ok: 3, coordinator: 3 });
  expect(predictionFor({ ...report, starter: null }, peers)).toBeNull();
});
