/**
 * C1..C7: what a client may rely on, checked as soon as a replica executes and again when it answers (DESIGN 16).
 */
import { batchSchema, bundleSchema, type Entry } from '../../core/frames.ts';
import { decode } from '../../core/schema.ts';
import type { RequestUpdate } from '../../core/types.ts';
import { cheapHash } from '../cheapCrypto.ts';
import { Violation } from '../violation.ts';
import { type Facts, newlyCommitted, type Observed } from './facts.ts';

/** C1 and S10 in small: a command is executed at one index only, and with one result everywhere. C3: in the order of its client. */
export function c1ExecutedOnce(f: Facts, o: Observed): void {
  for (const applied of o.effects.applied) {
    const { clientId, storeId, seq } = applied.command;
    const key = `${clientId}/${storeId}/${seq}`;
    const result = JSON.stringify(applied.result);
    const known = f.answers.get(key);
    if (known === undefined) {
      f.answers.set(key, { index: applied.index, result });
      c3ClientOrder(f, `${clientId}/${storeId}`, seq, o.desk.id);
    } else if (known.index !== applied.index) {
      throw new Violation('C1', `command ${seq} of a client is executed at #${known.index} and at #${applied.index}`, o.desk.id);
    } else if (known.result !== result) {
      throw new Violation('S10', `command ${seq} of a client has two results at #${applied.index}`, o.desk.id);
    }
  }
  c1NotTwiceInOneStep(o);
}

function c1NotTwiceInOneStep(o: Observed): void {
  if (o.effects.applied.length < 2) return;
  const seen = new Set<string>();
  for (const { command } of o.effects.applied) {
    const key = `${command.clientId}/${command.storeId}/${command.seq}`;
    if (seen.has(key)) throw new Violation('C1', `command ${command.seq} of a client is executed twice`, o.desk.id);
    seen.add(key);
  }
}

/** C3: a client's commands are executed in the order of their numbers, none left out. */
function c3ClientOrder(f: Facts, client: string, seq: number, desk: string): void {
  const last = f.lastSeq.get(client) ?? 0;
  if (seq !== last + 1) throw new Violation('C3', `command ${seq} of a client is executed after its command ${last}`, desk);
  f.lastSeq.set(client, seq);
}

/** C2: what the author is told is what the log's execution gave. */
export function c2AnswerIsInTheLog(f: Facts, desk: Observed['desk'], update: RequestUpdate): void {
  if (update.state !== 'done') return;
  const told = update.applied;
  // Answered by a lot's host, before the market's log has it: P4.
  if (told?.index === 0) return;
  const known = f.answers.get(`${desk.id}/${desk.disk.storeId}/${update.seq}`);
  if (told === null || known === undefined)
    throw new Violation('C2', `request ${update.requestId} is answered but was never executed`, desk.id);
  if (told.command.requestId !== update.requestId || told.command.body !== update.body) {
    throw new Violation('C2', `request ${update.requestId} is answered with the result of another`, desk.id);
  }
  if (known.index !== told.index || known.result !== JSON.stringify(told.result)) {
    throw new Violation('C2', `request ${update.requestId} is answered with another result than executed`, desk.id);
  }
  if (f.committed[told.index] === undefined && told.index > f.committedUpTo) {
    throw new Violation('C2', `request ${update.requestId} is answered from entry #${told.index}, which is not committed`, desk.id);
  }
}

/** C4 and C5 for every batch, once, when it is first committed. */
export function c4c5BatchOrder(f: Facts, o: Observed): void {
  for (const entry of newlyCommitted(o)) {
    if (entry.type === 'batch' && f.executed[entry.index] === undefined) f.executed[entry.index] = checkBatch(o, entry);
  }
}

interface Part {
  readonly client: string;
  readonly seq: number;
  readonly ticket: string;
  readonly clock: ReadonlyMap<number, number>;
  readonly slot: number;
}

function checkBatch(o: Observed, entry: Entry): string[] {
  const batch = decode(batchSchema, entry.payload);
  if (!batch.ok) throw new Violation('C5', `batch #${entry.index} unreadable`, o.desk.id);
  const previous = o.before.log[entry.index - 1];
  const commands = batch.value.bundles.flatMap(({ signed }) => {
    const bundle = decode(bundleSchema, signed);
    if (!bundle.ok) throw new Violation('C5', `a bundle in batch #${entry.index} is unreadable`, o.desk.id);
    return bundle.value;
  });
  const parts = commands.map(({ clientId, seq, slot, clock }): Part => {
    const known = new Map(clock.flatMap(([no, n]) => (no === undefined || n === undefined ? [] : [[no, n] as const])));
    return { client: clientId, seq, ticket: cheapHash(previous?.hash ?? '', clientId, String(seq)), clock: known, slot };
  });
  const order = batch.value.order;
  if (order.length !== parts.length || new Set(order).size !== order.length)
    throw new Violation('C5', `batch #${entry.index} has no permutation`, o.desk.id);
  const executed = order.flatMap((i) => parts[i] ?? []);
  c4Causal(o, entry, executed);
  if (previous !== undefined) c5Lottery(o, entry, executed);
  return executed.map((p) => `${p.client}/${p.seq}`);
}

function knew(later: Part, earlier: Part): boolean {
  if (earlier.client === later.client) return earlier.seq < later.seq;
  const own = earlier.clock.get(earlier.slot);
  return own !== undefined && (later.clock.get(earlier.slot) ?? 0) >= own;
}

/** Everything that knew of `from`, directly or through others, itself only if it is on a circle. */
function downstream(parts: readonly Part[], from: Part): Set<Part> {
  const reached = new Set<Part>();
  const todo = [from];
  for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
    for (const next of parts) {
      if (next === part || reached.has(next) || !knew(next, part)) continue;
      reached.add(next);
      todo.push(next);
    }
  }
  return reached;
}

/**
 * Clocks can go round in a circle: a desktop that restarts counts some events twice. What is on a circle, or knew of something on one,
 * has no causal order and runs by arrival.
 */
function behindCircle(parts: readonly Part[], part: Part): boolean {
  return parts.some((p) => {
    const reached = downstream(parts, p);
    return reached.has(p) && (p === part || reached.has(part));
  });
}

/** C4: nothing runs before something that it knew of. */
function c4Causal(o: Observed, entry: Entry, executed: readonly Part[]): void {
  for (let i = 0; i < executed.length; i++) {
    for (let j = i + 1; j < executed.length; j++) {
      const [first, second] = [executed[i], executed[j]];
      if (first === undefined || second === undefined) continue;
      if (knew(first, second) && !behindCircle(executed, first))
        throw new Violation('C4', `batch #${entry.index} runs an effect before its cause`, o.desk.id);
    }
  }
}

/** C5: of two neighbours that did not know of each other the smaller ticket runs first; what is on a circle comes last, by arrival. */
function c5Lottery(o: Observed, entry: Entry, executed: readonly Part[]): void {
  for (let i = 0; i + 1 < executed.length; i++) {
    const [first, second] = [executed[i], executed[i + 1]];
    if (first === undefined || second === undefined) continue;
    if (
      !knew(second, first) &&
      !knew(first, second) &&
      second.ticket < first.ticket &&
      ![first, second].some((p) => behindCircle(executed, p))
    ) {
      throw new Violation('C5', `batch #${entry.index} is not in the order of its lottery`, o.desk.id);
    }
  }
}

export const CLIENTS = [c1ExecutedOnce, c4c5BatchOrder] as const;
