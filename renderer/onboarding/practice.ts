/**
 * A market with everything allowed, to try things out.
 */
import { client } from '../carrier/current.ts';
import { attempt } from '../state/requests.ts';
import { t } from '../text/t.ts';

/** Creates the practice market. True when it exists. */
export const createPractice = async (): Promise<boolean> =>
  (await attempt(
    client().call('market.create', { name: t.setup.practiceName, preset: 'demo', takeover: 'never', faultsAllowed: true }),
  )) !== null;
