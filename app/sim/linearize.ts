/**
 * Is a history linearizable: is there one order of all operations that respects real time and in which every answer is right?
 *
 * Wing and Gong's search with Lowe's memory of configurations, one object at a time (a history is linearizable exactly if its part for
 * each object is: Herlihy and Wing's locality). An operation without an answer may have happened at any moment after its call, or never.
 */
export interface Operation {
  readonly client: string;
  readonly object: string;
  readonly input: unknown;
  /** What the client was told; null while `return` is null. */
  readonly output: unknown;
  /** Times of one clock. */
  readonly call: number;
  readonly return: number | null;
}

/** An object by its rules. `step` gives the state after an operation, or null when it cannot have answered that; without an output it is unknown. */
export interface Model<S> {
  readonly initial: (object: string) => S;
  readonly step: (state: S, input: unknown, output: unknown, known: boolean) => S | null;
  /** Equal states, equal text. */
  readonly key: (state: S) => string;
}

export type Verdict =
  | { readonly kind: 'linearizable' }
  /** `stuck` is the operation whose answer fits no order, as far as the search came. */
  | { readonly kind: 'violation'; readonly object: string; readonly stuck: Operation; readonly explained: number }
  /** Too many orders to try. */
  | { readonly kind: 'unknown'; readonly object: string };

interface Node {
  readonly no: number;
  readonly op: Operation;
  /** The answer belonging to a call; null for an answer and for a call without one. */
  readonly answer: Node | null;
  readonly isCall: boolean;
  previous: Node | null;
  next: Node | null;
}

const MAX_STEPS = 2_000_000;

/** Calls and answers in the order of time; at the same moment a call comes first, so that the two overlap. */
function listOf(ops: readonly Operation[]): Node {
  const nodes: { at: number; node: Node }[] = [];
  ops.forEach((op, no) => {
    const answer: Node | null = op.return === null ? null : { no, op, answer: null, isCall: false, previous: null, next: null };
    nodes.push({ at: op.call, node: { no, op, answer, isCall: true, previous: null, next: null } });
    if (answer !== null && op.return !== null) nodes.push({ at: op.return, node: answer });
  });
  nodes.sort((a, b) => a.at - b.at || Number(b.node.isCall) - Number(a.node.isCall));
  const [first] = ops;
  if (first === undefined) throw new Error('an empty history has no list');
  const head: Node = { no: -1, op: first, answer: null, isCall: true, previous: null, next: null };
  let last = head;
  for (const { node } of nodes) {
    last.next = node;
    node.previous = last;
    last = node;
  }
  return head;
}

function unlink(node: Node): void {
  if (node.previous !== null) node.previous.next = node.next;
  if (node.next !== null) node.next.previous = node.previous;
}

function relink(node: Node): void {
  if (node.previous !== null) node.previous.next = node;
  if (node.next !== null) node.next.previous = node;
}

/** Which operations are in the order so far. */
class Taken {
  readonly #words: Uint32Array;

  constructor(count: number) {
    this.#words = new Uint32Array(Math.ceil(count / 32));
  }

  flip(no: number): void {
    const word = no >>> 5;
    this.#words[word] = (this.#words[word] ?? 0) ^ (1 << (no & 31));
  }

  key(): string {
    return this.#words.join(',');
  }
}

function checkObject<S>(object: string, ops: readonly Operation[], model: Model<S>, maxSteps: number): Verdict {
  const head = listOf(ops);
  const taken = new Taken(ops.length);
  const tried = new Set<string>();
  const path: { node: Node; state: S }[] = [];
  let state = model.initial(object);
  let open = ops.filter((op) => op.return !== null).length;
  let explained = 0;
  let stuck = ops[0];
  let node = head.next;
  for (let steps = 0; open > 0; steps++) {
    if (steps > maxSteps) return { kind: 'unknown', object };
    if (node !== null && node.isCall) {
      const next = model.step(state, node.op.input, node.op.output, node.answer !== null);
      taken.flip(node.no);
      const key = next === null ? '' : `${taken.key()}|${model.key(next)}`;
      if (next !== null && !tried.has(key)) {
        tried.add(key);
        path.push({ node, state });
        state = next;
        unlink(node);
        if (node.answer !== null) {
          unlink(node.answer);
          open -= 1;
        }
        node = head.next;
      } else {
        taken.flip(node.no);
        node = node.next;
      }
      continue;
    }
    // An answer is reached whose call has not been placed: no order continues this way.
    if (node !== null && path.length >= explained) {
      explained = path.length;
      stuck = node.op;
    }
    const back = path.pop();
    if (back === undefined) {
      if (stuck === undefined) throw new Error('nothing to be stuck at');
      return { kind: 'violation', object, stuck, explained };
    }
    taken.flip(back.node.no);
    state = back.state;
    if (back.node.answer !== null) {
      relink(back.node.answer);
      open += 1;
    }
    relink(back.node);
    node = back.node.next;
  }
  return { kind: 'linearizable' };
}

/** Judges a history object by object: the first violation, else the first object that was too hard, else linearizable. */
export function checkHistory<S>(history: readonly Operation[], model: Model<S>, maxSteps = MAX_STEPS): Verdict {
  const parts = new Map<string, Operation[]>();
  for (const op of history) {
    const part = parts.get(op.object);
    if (part === undefined) parts.set(op.object, [op]);
    else part.push(op);
  }
  let unknown: Verdict | null = null;
  for (const [object, ops] of parts) {
    const verdict = checkObject(object, ops, model, maxSteps);
    if (verdict.kind === 'violation') return verdict;
    if (verdict.kind === 'unknown') unknown ??= verdict;
  }
  return unknown ?? { kind: 'linearizable' };
}
