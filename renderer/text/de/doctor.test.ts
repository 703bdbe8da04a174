import { expect, test } from 'vitest';
import { doctorText } from './doctor.ts';

test('[NK12] the German doctor names who is older, newer or otherwise different, and leaves out what there is not', () => {
  const line = (details: { older?: string; newer?: string; other?: string }): string =>
    doctorText({
      check: 'versions',
      ok: 'unknown',
      text: 'English',
      code: 'VERSIONS_DIFFER',
      details: { ours: '0.2.0', older: '', newer: '', other: '', ...details },
    });
  expect(line({ older: 'Desk-2 (0.1.9), Desk-4 (0.1.0)' })).toBe(
    'Die Versionen sind verschieden. Hier 0.2.0; älter als hier: Desk-2 (0.1.9), Desk-4 (0.1.0). Handeln geht; aktualisiere die älteren, wenn es passt.',
  );
  expect(line({ newer: 'Desk-3 (0.3.0)', other: 'Desk-5 (0.2.0+x)' })).toContain(
    'neuer als hier: Desk-3 (0.3.0); anders: Desk-5 (0.2.0+x).',
  );
});
