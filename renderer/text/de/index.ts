/**
 * Every German text, in the shape of the English ones.
 */
import type { Texts } from '../t.ts';
import { activity } from './activity.ts';
import { auctions } from './auctions.ts';
import { diagnostics } from './diagnostics.ts';
import { frame } from './frame.ts';
import { guests } from './guests.ts';
import { inventory } from './inventory.ts';
import { market } from './market.ts';
import { network } from './network.ts';
import { newAuction } from './newAuction.ts';
import { said } from './said.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { states } from './states.ts';

export const de: Texts = {
  ...frame,
  ...market,
  ...auctions,
  ...newAuction,
  ...guests,
  ...inventory,
  ...activity,
  ...network,
  ...diagnostics,
  ...setup,
  ...settings,
  ...states,
  said,
};
