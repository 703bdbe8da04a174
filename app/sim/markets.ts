/**
 * Which market a run replicates, and what its clients do: the small bank at full speed, or Tradepost's own market.
 */
import type { MachineFactory } from '../core/types.ts';
import { bankMachines } from './bank.ts';
import { bankWork, type Workload } from './clients.ts';
import type { Params } from './params.ts';
import { type HostedLots, hostedMachines } from './hosted.ts';
import { hostedWork } from './hostedWork.ts';
import { alsoMarketOf, tradeMachines, tradeWork } from './trade.ts';

/** @param twice the seeded bug that settles a hosted lot again */
export function machinesOf(market: Params['market'], seen: HostedLots, twice: boolean): MachineFactory {
  if (market === 'hosted') return hostedMachines(seen, twice, alsoMarketOf);
  return market === 'bank' ? bankMachines : tradeMachines;
}

export function workOf(market: Params['market']): Workload {
  if (market === 'hosted') return hostedWork;
  return market === 'bank' ? bankWork : tradeWork;
}
