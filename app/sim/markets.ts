/**
 * Which market a run replicates, and what its clients do: the small bank at full speed, or Tradepost's own market.
 */
import type { MachineFactory } from '../core/types.ts';
import { bankMachines } from './bank.ts';
import { bankWork, type Workload } from './clients.ts';
import type { Params } from './params.ts';
import { tradeMachines, tradeWork } from './trade.ts';

export function machinesOf(market: Params['market']): MachineFactory {
  return market === 'bank' ? bankMachines : tradeMachines;
}

export function workOf(market: Params['market']): Workload {
  return market === 'bank' ? bankWork : tradeWork;
}
