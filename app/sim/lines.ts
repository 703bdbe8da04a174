/**
 * Histories as lines of JSON, `{client, op: {object, input, output}, call, return}`: one operation each, times in ms of one clock,
 * `return` null while there is no answer. Simulated and real desktops write the same.
 */
import type { Operation } from './linearize.ts';

export function lineOf({ client, object, input, output, call, return: ret }: Operation): string {
  return JSON.stringify({ client, op: { object, input, output }, call, return: ret });
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

/** Reads such lines; what is wrong is named with its line. */
export function operationsOf(
  text: string,
): { readonly ok: true; readonly history: Operation[] } | { readonly ok: false; readonly why: string } {
  const history: Operation[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch {
      return { ok: false, why: `line ${i + 1} is not JSON` };
    }
    const client = field(json, 'client');
    const op = field(json, 'op');
    const object = field(op, 'object');
    const call = field(json, 'call');
    const ret = field(json, 'return');
    if (typeof client !== 'string' || typeof object !== 'string') return { ok: false, why: `line ${i + 1} has no client or no op.object` };
    if (typeof call !== 'number' || (ret !== null && typeof ret !== 'number') || (ret !== null && ret < call))
      return { ok: false, why: `line ${i + 1} needs numbers call <= return, or null for return` };
    history.push({ client, object, input: field(op, 'input'), output: field(op, 'output') ?? null, call, return: ret });
  }
  return { ok: true, history };
}
