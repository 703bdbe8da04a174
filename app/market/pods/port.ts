/** Lots that have hosts of their own, as the protocol sees them: seats, a log that is a chain, and a machine that runs it. */
import { parseCommand } from '../../../shared/commands.ts';
import type { PeerId } from '../../../shared/ids.ts';
import type { Books } from '../state.ts';
import type { Pod } from '../records.ts';
import type { ApplyContext } from '../types.ts';
import type { PodRow } from './commands.ts';
import { hostedLot, isOver } from './hosted.ts';
import { chainOf, darkRow, dueRow, loneBooks, runRow, stopRow } from './lone.ts';

export interface PodSeats extends Readonly<Pod> {
  readonly podId: string;
}

/** The host's own books of one lot. */
export interface PodMachine {
  /** Is this one a member in the market's state, as far as it has come here? */
  knows(who: PeerId): boolean;
  /** Executes the next row of the lot's log. */
  run(context: ApplyContext, row: PodRow): void;
  /** What the host has to write by itself at time `t`, if anything. */
  due(t: number): string | null;
  /** No more rows: the lot is decided, or goes back to the market's log. */
  over(): boolean;
  /** What was answered to request `seq` of a member: JSON of its result; null when it is not known (any more). */
  answer(client: number, seq: number): string | null;
  /** Number of the last request that was executed for a member. */
  last(client: number): number;
}

export interface Pods {
  /** Which lot's host decides about this command now. */
  podOf(body: string): string | null;
  list(): readonly PodSeats[];
  seats(podId: string): PodSeats | null;
  open(podId: string): PodMachine | null;
  last(podId: string, client: number): number;
  answer(podId: string, client: number, seq: number): string | null;
  chain(before: string, row: PodRow): string;
  darkRow(gapMs: number): string;
  stopRow(): string;
}

function answers(books: Books, podId: string, client: number) {
  return books.lots.get(podId)?.hosted.find((row) => row.client === client);
}

const answerOf = (books: Books, podId: string, client: number, seq: number): string | null =>
  answers(books, podId, client)?.results.find((one) => one.seq === seq)?.result ?? null;

function machineOf(books: Books, podId: string): PodMachine | null {
  const of = books.lots.get(podId);
  if (of === undefined) return null;
  const lone = loneBooks(books, of);
  const lot = lone.lots.get(podId) ?? of;
  return {
    knows: (who) => lone.members.has(who),
    run(context, row) {
      runRow(lone, context, lot, row);
      lone.journal = '';
    },
    due: (t) => dueRow(lot, t),
    over: () => isOver(lot),
    answer: (client, seq) => answerOf(lone, podId, client, seq),
    last: (client) => answers(lone, podId, client)?.last ?? 0,
  };
}

export function podsOf(books: Books): Pods {
  const seats = (podId: string): PodSeats | null => {
    const pod = books.lots.get(podId)?.pod ?? null;
    return pod === null ? null : { podId, ...pod };
  };
  return {
    podOf(body) {
      if (!body.startsWith('{"type":"auction.')) return null;
      const parsed = parseCommand(body);
      return parsed.ok ? (hostedLot(books, parsed.command)?.lotId ?? null) : null;
    },
    list: () => [...books.liveLots.values()].flatMap(({ lotId, pod }) => (pod === null ? [] : [{ podId: lotId, ...pod }])),
    seats,
    open: (podId) => (seats(podId) === null ? null : machineOf(books, podId)),
    last: (podId, client) => answers(books, podId, client)?.last ?? 0,
    answer: (podId, client, seq) => answerOf(books, podId, client, seq),
    chain: chainOf,
    darkRow,
    stopRow,
  };
}
