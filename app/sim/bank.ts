/**
 * The smallest market worth replicating: accounts with conserved money, and a counter.
 *
 * It exists so that the protocol can be tested at full speed and so that its own rules (each command once, in one order, with one
 * answer) show as wrong sums. Commands: pay {to, amount}, count; every body carries a number that makes it unique.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { ApplyContext, CommandResult, Machine, MachineFactory } from '../core/types.ts';
import { cheapHash } from './cheapCrypto.ts';
import { Violation } from './violation.ts';

export const OPENING_BALANCE = 1_000;
const INTEREST_EVERY_MS = 5_000;
/** A bank has none to change. */
const RULES = {};

interface State {
  accounts: Map<PeerId, number>;
  minted: number;
  counter: number;
  nextInterest: number;
  digest: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

function field(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null ? Object.getOwnPropertyDescriptor(json, name)?.value : undefined;
}

export class Bank implements Machine {
  readonly #s: State;

  constructor(state: State) {
    this.#s = state;
  }

  get counter(): number {
    return this.#s.counter;
  }

  execute(context: ApplyContext, author: PeerId, body: string): CommandResult {
    const result = this.#run(author, JSON.parse(body));
    this.#mark(`x${context.index}|${context.t}|${context.lamport}|${author}|${body}|${result.ok}`);
    return result;
  }

  #run(author: PeerId, command: unknown): CommandResult {
    const s = this.#s;
    const type = field(command, 'type');
    if (type === 'count') {
      s.counter += 1;
      return { ok: true, data: { counter: s.counter } };
    }
    if (type !== 'pay') return { ok: false, code: 'BAD_REQUEST', details: {} };
    const to = text(field(command, 'to'));
    const amount = number(field(command, 'amount'));
    const have = s.accounts.get(author) ?? 0;
    const theirs = s.accounts.get(to);
    if (theirs === undefined) return { ok: false, code: 'NOT_FOUND', details: { to } };
    if (have < amount) return { ok: false, code: 'FUNDS_SHORT', details: { have } };
    s.accounts.set(author, have - amount);
    s.accounts.set(to, (s.accounts.get(to) ?? 0) + amount);
    return { ok: true, data: { left: s.accounts.get(author) } };
  }

  system(context: ApplyContext, body: string): void {
    const s = this.#s;
    if (body !== `interest ${s.nextInterest}`) return;
    s.nextInterest += INTEREST_EVERY_MS;
    for (const [peer, have] of s.accounts) s.accounts.set(peer, have + 1);
    s.minted += s.accounts.size;
    this.#mark(`s${context.index}|${body}`);
  }

  leaderChange(context: ApplyContext): void {
    this.#mark(`l${context.index}|${context.leader}`);
  }

  admit(context: ApplyContext, peerId: PeerId): void {
    const s = this.#s;
    if (s.nextInterest === 0) s.nextInterest = context.t + INTEREST_EVERY_MS;
    if (s.accounts.has(peerId)) return;
    s.accounts.set(peerId, OPENING_BALANCE);
    s.minted += OPENING_BALANCE;
    this.#mark(`a${context.index}|${peerId}`);
  }

  present(): void {
    // Accounts stay, whoever is there.
  }

  operator(): null {
    return null;
  }

  due(t: number): readonly string[] {
    return this.#s.nextInterest !== 0 && t >= this.#s.nextInterest ? [`interest ${this.#s.nextInterest}`] : [];
  }

  wantsTick(): boolean {
    return false;
  }

  snapshot(): unknown {
    return { ...this.#s, accounts: [...this.#s.accounts] };
  }

  rules(): Record<string, never> {
    return RULES;
  }

  digest(): string {
    return this.#s.digest;
  }

  /** M1, M2, M5 over the whole state. */
  check(): void {
    let sum = 0;
    for (const have of this.#s.accounts.values()) {
      if (have < 0) throw new Violation('M2', `an account holds ${have}`);
      if (!Number.isSafeInteger(have)) throw new Violation('M5', `an account holds ${have}`);
      sum += have;
    }
    if (sum !== this.#s.minted) throw new Violation('M1', `accounts hold ${sum}, minted ${this.#s.minted}`);
  }

  #mark(what: string): void {
    this.#s.digest = cheapHash(this.#s.digest, what);
  }
}

export const bankMachines: MachineFactory = {
  create: () => new Bank({ accounts: new Map(), minted: 0, counter: 0, nextInterest: 0, digest: '' }),
  restore: (_genesis, json) => {
    const accounts = new Map<PeerId, number>();
    const rows = field(json, 'accounts');
    for (const row of Array.isArray(rows) ? rows : []) if (Array.isArray(row)) accounts.set(text(row[0]), number(row[1]));
    return new Bank({
      accounts,
      minted: number(field(json, 'minted')),
      counter: number(field(json, 'counter')),
      nextInterest: number(field(json, 'nextInterest')),
      digest: text(field(json, 'digest')),
    });
  },
};
