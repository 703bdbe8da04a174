import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReplayWindow, WINDOW } from './replayWindow.ts';

test('[NK7] the replay window agrees with a plain set, whatever the order', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(300), fc.nat(20_000), fc.integer({ min: 8_000, max: 8_300 })), { maxLength: 400 }), (counters) => {
      const window = new ReplayWindow();
      const seen = new Set<number>();
      let highest = -1;
      for (const counter of counters) {
        const expected = counter + WINDOW <= highest ? 'tooOld' : seen.has(counter) ? 'replayed' : 'fresh';
        expect(window.check(counter)).toBe(expected);
        if (expected !== 'fresh') continue;
        window.mark(counter);
        seen.add(counter);
        highest = Math.max(highest, counter);
      }
    }),
    { numRuns: 500 },
  );
});
