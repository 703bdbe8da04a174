/**
 * Which market a run replicates, and what its clients do: the small bank at full speed, or Tradepost's own market.
 */
import type { MachineFactory } from '../core/types.ts';
import { bankMachines } from './bank.ts';
import { bankWork, type Workload } from './clients.ts';
import type { Params } from './params.ts';

export function machinesOf(_market: Params['market']): MachineFactory {
  return bankMachines;
}

export function workOf(_market: Params['market']): Workload {
  return bankWork;
}
