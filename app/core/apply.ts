/**
 * R6: applying committed entries, the same everywhere.
 *
 * A command is executed at most once: the session table, part of the replicated state, remembers each client's last sequence number and
 * its recent results (Ongaro, section 6.3). A refusal by the market is a result too.
 */
import { stampBundle } from './bundle.ts';
import { decode } from './schema.ts';
import { batchSchema, type Command, type Entry, leadSchema, type Signed, systemSchema } from './frames.ts';
import { fairOrder } from './order.ts';
import { assert, type Batch, event, mutated, type Session, sessionKey, sessionOf, type State, viewOf } from './state.ts';
import type { Applied, ApplyContext, CommandResult } from './types.ts';
import { concurrent, type Stamped } from './vectorClock.ts';
import { noteAdmissions } from './sessions.ts';
import { hearClock } from './hearClocks.ts';
import { noteDigest } from './digest.ts';
import { onOwnApplied } from './outbox.ts';
import { adoptRules } from './rules.ts';

const RECENT = 64;
const MAX_CONCURRENT = 8;
/** Longer texts are not kept beside their results: the log has them, and 256 a session would be in every snapshot. */
const KEPT_BODY = 4_096;

/** Applies everything that is committed and not yet applied. */
export function applyCommitted(s: State): void {
  while (s.applied < s.commit) {
    const entry = s.log.at(s.applied + 1);
    if (entry === undefined) return;
    applyEntry(s, entry);
    s.applied = entry.index;
    s.appliedT = entry.t;
    s.decoded.delete(entry.index);
    noteDigest(s, entry.index);
  }
}

function applyEntry(s: State, entry: Entry): void {
  const gapMs = s.appliedT === 0 ? 0 : entry.t - s.appliedT;
  if (entry.type === 'genesis') {
    assert(s.genesis !== null, 'genesis missing');
    s.machine = s.machines.create(s.genesis);
    const leader = s.genesis.creator.peerId;
    s.currentLead = { term: entry.term, leader };
    event(s, 'leader', {
      term: entry.term,
      leader,
      previous: null,
      reason: 'genesis',
      promisers: [leader],
      t: entry.t,
      entry: entry.index,
      gapMs: 0,
    });
    noteAdmissions(s, entry.index, entry.t);
  } else if (entry.type === 'config' || entry.type === 'fork') {
    noteAdmissions(s, entry.index, entry.t);
    if (entry.type === 'fork') tellFork(s, entry);
  } else if (entry.type === 'view') {
    const lead = decode(leadSchema, entry.payload);
    assert(lead.ok, 'view entry unreadable');
    s.currentLead = { term: lead.value.term, leader: lead.value.leader };
    if (lead.value.previous !== null) s.machine?.leaderChange(contextOf(s, entry), gapMs);
    if (lead.value.reason === 'takeover' && lead.value.leader === s.self.peerId) s.flaps.push(entry.t);
    event(s, 'leader', { ...lead.value, t: entry.t, entry: entry.index, gapMs });
  } else if (entry.type === 'system') {
    const system = decode(systemSchema, entry.payload);
    if (system.ok) {
      s.machine?.system(contextOf(s, entry), system.value.body);
      s.leading?.pendingSystem.delete(system.value.body);
    }
  } else if (entry.type === 'batch') {
    applyBatch(s, entry);
  }
}

function tellFork(s: State, entry: Entry): void {
  const fork = s.views.find((v) => v.index === entry.index)?.view.forks.at(-1);
  if (fork !== undefined) event(s, 'forked', { branch: fork.branch, entry: entry.index, by: fork.by, lost: fork.lost, t: entry.t });
}

function contextOf(s: State, entry: Entry): ApplyContext {
  return {
    index: entry.index,
    t: entry.t,
    term: entry.term,
    leader: (mutated(s, 'stateOfThisDesk') ? s.leader : s.currentLead?.leader) ?? s.self.peerId,
    lamport: s.marketLamport,
  };
}

/** Decodes a batch and recomputes its order; undecodable commands are left out, the same on every replica (C5). */
function decodeBatch(s: State, entry: Entry): Batch | null {
  const batch = decode(batchSchema, entry.payload);
  if (!batch.ok) return null;
  const signed = batch.value.bundles;
  const commands = signed.flatMap((bundle, from) => (stampBundle(bundle) ?? []).map((stamped) => ({ stamped, from })));
  const order = fairOrder(
    commands.map((c) => c.stamped),
    s.log.hashAt(entry.index - 1) ?? '',
    (...parts) => s.crypto.sha256(...parts),
  );
  const same = order.length === batch.value.order.length && order.every((v, i) => v === batch.value.order[i]);
  assert(same, `C5 permutation of entry ${entry.index}`);
  return { order, signed, commands };
}

function applyBatch(s: State, entry: Entry): void {
  const own = s.decoded.get(entry.index);
  const batch = own ?? decodeBatch(s, entry);
  if (batch === null) return;
  const genuine = batch.signed.map((): boolean | null => (own === undefined ? null : true));
  for (const position of batch.order) {
    const { stamped, from } = batch.commands[position] ?? { stamped: null, from: 0 };
    if (stamped === null) continue;
    genuine[from] ??= isGenuine(s, entry, stamped.command, batch.signed[from]);
    if (genuine[from] === true) applyCommand(s, entry, stamped);
  }
}

/** One check per bundle; this peer's own needs none. */
function isGenuine(s: State, entry: Entry, command: Command, signed: Signed | undefined): boolean {
  if (command.clientId === s.self.peerId && command.storeId === s.self.storeId) return true;
  const session = sessionOf(s, command);
  if (session === undefined || signed === undefined) return false;
  if (s.crypto.verify(session.publicKey, signed.signed, signed.signature)) return true;
  event(s, 'badSignature', { clientId: command.clientId, entry: entry.index });
  return false;
}

function applyCommand(s: State, entry: Entry, stamped: Stamped): void {
  const command = stamped.command;
  const session = sessionOf(s, command);
  if (session === undefined) return;
  const isNext = command.seq === session.last + 1;
  if (!isNext && !mutated(s, 'noSessionTable')) return;
  s.marketLamport = Math.max(s.marketLamport, Math.min(command.lamport, s.marketLamport + 1)) + 1;
  const concurrentWith = findConcurrent(s, stamped);
  const machine = s.machine;
  assert(machine !== null, 'apply without a market');
  const result: CommandResult = machine.execute(contextOf(s, entry), command.clientId, command.body);
  adoptRules(s);
  const applied: Applied = { index: entry.index, term: entry.term, t: entry.t, command, result, concurrentWith };
  const kept = command.body.length <= KEPT_BODY ? command : { ...command, body: '' };
  remember(s, session, { ...applied, command: kept });
  s.recent.push({ ...stamped, command: kept, index: entry.index });
  if (s.recent.length > RECENT) s.recent.shift();
  hearClock(s, command.clock);
  s.out.applied.push(applied);
  if (command.clientId === s.self.peerId && command.storeId === s.self.storeId) onOwnApplied(s, applied);
}

function remember(s: State, session: Session, applied: Applied): void {
  session.last = Math.max(session.last, applied.command.seq);
  session.lastT = applied.t;
  session.results.set(applied.command.seq, applied);
  session.results.delete(applied.command.seq - s.config.sessionResults);
}

/** Requests that neither saw this one nor were seen by it, newest first (DESIGN 11: shown, not only ordered). */
function findConcurrent(s: State, stamped: Stamped): Applied['concurrentWith'] {
  const found: { clientId: string; seq: number }[] = [];
  for (let i = s.recent.length - 1; i >= 0 && found.length < MAX_CONCURRENT; i--) {
    const other = s.recent[i];
    if (other === undefined || other.index <= stamped.command.seen) break;
    if (concurrent(other, stamped)) found.push({ clientId: other.command.clientId, seq: other.command.seq });
  }
  return found;
}

/** Looks up a finished request of this peer's own session, also after a restart. */
export function resultOf(s: State, requestId: string): Applied | null {
  const session = s.sessions.get(sessionKey(s.self.peerId, s.self.storeId));
  if (session === undefined) return null;
  for (const applied of session.results.values()) if (applied.command.requestId === requestId) return applied;
  return null;
}

export function viewIsCommitted(s: State): boolean {
  return (s.views.at(-1)?.index ?? 0) <= s.commit && viewOf(s) !== null;
}
