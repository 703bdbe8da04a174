/**
 * Entries of the log as they are kept, opened as far as anybody has to read them.
 */
import type { LogRecord } from './api/peerPort.ts';
import { openBundle } from './core/bundle.ts';
import type { Core } from './core/core.ts';
import { batchSchema, leadSchema, systemSchema, viewSchema } from './core/frames.ts';
import { decode } from './core/schema.ts';
import type { Entry } from './core/types.ts';

function commandsOf(payload: Uint8Array): LogRecord['commands'] {
  const batch = decode(batchSchema, payload);
  if (!batch.ok) return [];
  const all = batch.value.bundles.flatMap((bundle) => openBundle(bundle) ?? []);
  return batch.value.order.flatMap((at) => {
    const command = all[at];
    return command === undefined ? [] : [{ author: command.clientId, seq: command.seq, body: command.body }];
  });
}

function read(entry: Entry): Pick<LogRecord, 'commands' | 'lead' | 'view' | 'system'> {
  const nothing = { commands: [], lead: null, view: null, system: null };
  if (entry.type === 'batch') return { ...nothing, commands: commandsOf(entry.payload) };
  if (entry.type === 'view') {
    const lead = decode(leadSchema, entry.payload);
    return { ...nothing, lead: lead.ok ? lead.value.leader : null };
  }
  if (entry.type === 'system') {
    const system = decode(systemSchema, entry.payload);
    return { ...nothing, system: system.ok ? system.value.body : null };
  }
  const view = entry.type === 'config' || entry.type === 'fork' ? decode(viewSchema, entry.payload) : null;
  if (view === null || !view.ok) return nothing;
  const { voters, observers, old } = view.value;
  return { ...nothing, view: { voters: voters.length, observers: observers.length, joint: old !== null } };
}

/** At most `limit` entries before entry `before`, newest first. */
export function readLog(core: Core, before: number, limit: number): { first: number; last: number; records: LogRecord[] } {
  const { firstIndex, lastIndex, commit } = core.vitals();
  const records: LogRecord[] = [];
  for (let index = Math.min(before - 1, lastIndex); index >= firstIndex && records.length < limit; index -= 1) {
    const entry = core.entryAt(index);
    if (entry === undefined) break;
    const { term, t, type, hash } = entry;
    records.push({ index, term, t, type, hash, committed: index <= commit, ...read(entry) });
  }
  return { first: firstIndex, last: lastIndex, records };
}
