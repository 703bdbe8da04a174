/** The market that tests with real desktops make: the timers of a local network, the rules of a class. */
import type { CreateMarket } from '../peerPort.ts';

export const newMarket = (name: string, code: string | null = null): CreateMarket => ({
  name,
  code,
  currency: 'EUR',
  decimals: 2,
  commissionBps: 1_000,
  preset: 'lan',
  takeover: 'never',
  availability: 'safe',
  allowNegative: true,
  faultsAllowed: true,
});
