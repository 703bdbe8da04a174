/**
 * Lots with hosts of their own under the simulator: a record of all that any replica of the market has done with them. Nobody inside the
 * system has this record; the checkers P1 to P5 compare with it.
 */
import { parsePodCommand, POD_COMMAND } from '../market/pods/commands.ts';
import type { Machine, MachineFactory } from '../core/types.ts';
import type { PeerId } from '../../shared/ids.ts';
import { marketOf, tradeMachines } from './trade.ts';
import { Violation } from './violation.ts';

interface Seats {
  readonly host: number;
  readonly backups: readonly number[];
}

export interface ToldAnswer {
  readonly lotId: string;
  readonly member: number;
  readonly seq: number;
  readonly result: string;
}

/** What was seen of hosted lots, on any desktop. */
export class HostedLots {
  /** Who sat where, by `lot/epoch`. */
  readonly seats = new Map<string, Seats>();
  /** Chain hash of what became final, by `lot/row`. */
  readonly rows = new Map<string, string>();
  /** Who found rows final in an epoch, by `lot/epoch`. */
  readonly committers = new Map<string, PeerId>();
  /** Up to which row any replica of the market has a lot's log. */
  readonly taken = new Map<string, number>();
  /** Result of what was executed, by `lot/member/request`; null for one of so many at once that the market has let go of its answer. */
  readonly executed = new Map<string, string | null>();
  /** What bidders were told, by the same. */
  readonly told = new Map<string, ToldAnswer>();
  readonly #ended = new Map<string, boolean>();

  noteSeats(machine: Machine): void {
    for (const { podId, epoch, host, backups } of machine.pods?.list() ?? []) {
      const key = `${podId}/${epoch}`;
      const known = this.seats.get(key);
      if (known === undefined) this.seats.set(key, { host, backups: [...backups] });
      else if (known.host !== host || known.backups.join() !== backups.join())
        throw new Violation('P2', `epoch ${epoch} of ${podId} has two sets of seats`);
    }
  }

  /** Has the market's log given the seat that this member had in `epoch` to somebody else since? Then it keeps nothing of the lot. */
  isRelieved(podId: string, epoch: number, member: number): boolean {
    return [...this.seats].some(([key, { host, backups }]) => {
      const [lotId = '', later = ''] = key.split('/');
      return lotId === podId && Number(later) > epoch && host !== member && !backups.includes(member);
    });
  }

  noteRow(podId: string, n: number, hash: string): void {
    const key = `${podId}/${n}`;
    const known = this.rows.get(key);
    if (known !== undefined && known !== hash) throw new Violation('P1', `two different rows ${n} of ${podId} are final`);
    this.rows.set(key, hash);
  }

  /** P4, one half: what was executed and what was told are the same. */
  noteExecuted(lotId: string, member: number, seq: number, result: string | null): void {
    const key = `${lotId}/${member}/${seq}`;
    const known = this.executed.get(key) ?? this.told.get(key)?.result ?? null;
    if (known !== null && result !== null && known !== result)
      throw new Violation('P4', `request ${seq} of member ${member} for ${lotId} has two results: ${known} and ${result}`);
    this.executed.set(key, result ?? known);
  }

  noteTold(told: ToldAnswer): void {
    const key = `${told.lotId}/${told.member}/${told.seq}`;
    const known = this.executed.get(key) ?? this.told.get(key)?.result ?? null;
    if (known !== null && known !== told.result)
      throw new Violation(
        'P4',
        `request ${told.seq} of member ${told.member} for ${told.lotId} is answered ${told.result} and is ${known}`,
      );
    if (!this.executed.has(key) && this.#ended.get(told.lotId) === true)
      throw new Violation('P4', `request ${told.seq} of member ${told.member} is answered and ${told.lotId} ended without it`);
    this.told.set(key, told);
  }

  /** P4, the other half: a lot that its hosts have ended has all that anybody was told. */
  noteEnded(lotId: string): void {
    if (this.#ended.has(lotId)) return;
    this.#ended.set(lotId, true);
    for (const [key, told] of this.told) {
      if (told.lotId === lotId && !this.executed.has(key))
        throw new Violation(
          'P4',
          `request ${told.seq} of member ${told.member} was answered ${told.result}, and ${lotId} ended without it`,
        );
    }
  }
}

/** P5: every lot is paid for and handed over once. */
function settledOnce(machine: Machine, lotId: string): void {
  const state = marketOf(machine)?.state;
  const lot = state?.lots.get(lotId);
  if (state === undefined || lot === undefined) return;
  const sales = (state.ledgerByItem.get(lot.itemId) ?? []).filter((row) => row.ref === lotId && row.reason === 'Auction sale');
  if (lot.state === 'sold' && sales.length !== lot.awards.length)
    throw new Violation('P5', `${lotId} was handed over ${sales.length} times, it has ${lot.awards.length} winners`);
}

/** The seeded bug: what a closing does is done again. */
function settleAgain(machine: Machine, lotId: string): void {
  const state = marketOf(machine)?.state;
  const lot = state?.lots.get(lotId);
  const rows = lot === undefined ? undefined : state?.ledgerByItem.get(lot.itemId);
  const sale = rows?.findLast((row) => row.ref === lotId && row.reason === 'Auction sale');
  if (Array.isArray(rows) && sale !== undefined) rows.push({ ...sale });
}

function watched(machine: Machine, seen: HostedLots, twice: boolean): Machine {
  const after = (lotId: string | null, hostedBefore: boolean): void => {
    seen.noteSeats(machine);
    if (lotId === null) return;
    const seats = machine.pods?.seats(lotId) ?? null;
    if (seats !== null) {
      seen.noteRow(lotId, seats.length, seats.hash);
      seen.taken.set(lotId, Math.max(seen.taken.get(lotId) ?? 0, seats.length));
    } else if (hostedBefore) {
      if (twice) settleAgain(machine, lotId);
      seen.noteEnded(lotId);
      settledOnce(machine, lotId);
    }
  };
  return {
    execute(context, author, body) {
      // Nothing else changes seats or rows.
      if (!body.startsWith(POD_COMMAND)) return machine.execute(context, author, body);
      const told = parsePodCommand(body);
      const lotId = told?.lotId ?? null;
      const before = lotId === null ? null : (machine.pods?.seats(lotId) ?? null);
      const result = machine.execute(context, author, body);
      if (told?.type === 'pod.take' && lotId !== null && result.ok) {
        const known = before?.length ?? 0;
        for (const [i, [member, , seq]] of told.rows.entries()) {
          const isNew = member !== 0 && told.from + i > known && (machine.pods?.last(lotId, member) ?? 0) >= seq;
          if (isNew) seen.noteExecuted(lotId, member, seq, machine.pods?.answer(lotId, member, seq) ?? null);
        }
        seen.taken.set(lotId, Math.max(seen.taken.get(lotId) ?? 0, told.from + told.rows.length - 1));
      }
      after(lotId, before !== null);
      return result;
    },
    system(context, body) {
      machine.system(context, body);
      after(null, false);
    },
    leaderChange: (context, gapMs) => machine.leaderChange(context, gapMs),
    admit: (context, peerId, name, memberNo) => machine.admit(context, peerId, name, memberNo),
    due: (t, silent, room) => machine.due(t, silent, room),
    wantsTick: () => machine.wantsTick(),
    snapshot: () => machine.snapshot(),
    digest: () => machine.digest(),
    rules: () => machine.rules(),
    present: (context, peerIds) => machine.present(context, peerIds),
    operator: () => machine.operator(),
    ...(machine.pods === undefined ? {} : { pods: machine.pods }),
  };
}

/** The market's machines, each watched. `known` makes the market inside findable. */
export function hostedMachines(seen: HostedLots, twice: boolean, known: (outer: Machine, inner: Machine) => void): MachineFactory {
  const wrap = (machine: Machine): Machine => {
    const outer = watched(machine, seen, twice);
    known(outer, machine);
    return outer;
  };
  return {
    create: (genesis) => wrap(tradeMachines.create(genesis)),
    restore: (genesis, json) => wrap(tradeMachines.restore(genesis, json)),
  };
}
