/**
 * Who is alive, as far as this peer can know (DESIGN 6; Lifeguard: the observer may be the slow one).
 *
 * Silence of the leader is yellow, then red; red starts an election.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { FrameOf, Message } from './frames.ts';
import { amVoter, event, mutated, others, type Seen, send, type State, viewOf } from './state.ts';
import { drawFailTime, failAfter, lastSign, leaderIsFresh, suspectAfter } from './roles.ts';
import { campaignedLately, eligible, startElection } from './election.ts';
import { beginJoin } from './join.ts';
import { askOthers, tickRelay } from './relay.ts';

export function seenOf(s: State, peerId: PeerId): Seen {
  const known = s.seen.get(peerId);
  if (known !== undefined) return known;
  const fresh: Seen = {
    heardAt: Number.NEGATIVE_INFINITY,
    rttMs: null,
    offsetMs: null,
    entry: null,
    boot: 0,
    pingSeq: 0,
    pingAt: 0,
    saidGoodbye: null,
    incarnation: 0,
    vouchedAt: Number.NEGATIVE_INFINITY,
    restsUntil: Number.NEGATIVE_INFINITY,
    failedAt: Number.NEGATIVE_INFINITY,
  };
  s.seen.set(peerId, fresh);
  return fresh;
}

/** D4: is it left of an earlier boot of its sender? A lower number is believed once the higher one has been silent for long. */
export function fromEarlierBoot(s: State, { from, boot }: Message): boolean {
  const seen = s.seen.get(from);
  return seen !== undefined && boot < seen.boot && s.now.mono - seen.heardAt < s.config.downMs && !mutated(s, 'oldBootHeard');
}

/** Every message is a sign of life. */
export function noteMessage(s: State, message: Message): void {
  const seen = seenOf(s, message.from);
  if (message.boot !== seen.boot) {
    seen.incarnation = 0;
    s.clockSent.delete(message.from);
  }
  seen.boot = message.boot;
  seen.heardAt = s.now.mono;
  if (message.frame.type !== 'goodbye') seen.saidGoodbye = null;
}

/** Yellow and red for the leader. */
export function tickDetector(s: State): void {
  if (s.leading !== null || s.campaign !== null || s.preparing !== null) return;
  const silent = s.now.mono - lastSign(s);
  tickRelay(s);
  if (silent >= suspectAfter(s)) suspectLeader(s, silent);
  if (silent < failAfter(s)) return;
  giveUpLeader(s, silent);
  askAgainToBeLetIn(s);
  if (eligible(s) && s.now.mono >= s.backoffUntil && !campaignedLately(s) && !leaderIsFresh(s)) {
    drawFailTime(s);
    startElection(s, 'suspect');
  }
}

/** D5, yellow: shown, and the leader is asked directly and through others. */
function suspectLeader(s: State, silent: number): void {
  if (s.leader === null || s.suspectedShown) return;
  s.suspectedShown = true;
  event(s, 'suspected', { peerId: s.leader, silentMs: Math.round(silent) });
  send(s, s.leader, { type: 'ping', seq: 0 });
  askOthers(s, s.leader, null);
}

/** D5, red: by this peer's own patience, or because it agrees with who asks for an election. Nobody fails who was not suspected. */
export function giveUpLeader(s: State, silent: number): void {
  if (s.leader === null || s.leading !== null || s.failedShown) return;
  suspectLeader(s, silent);
  s.failedShown = true;
  event(s, 'failed', { peerId: s.leader, silentMs: Math.round(silent) });
  seenOf(s, s.leader).failedAt = s.now.mono;
  s.leader = null;
  s.relay = null;
}

/**
 * Who does not vote cannot call an election, and nobody sends to a peer whose admission was lost with the leader that wrote it: it asks
 * those it knows. Who was removed by name stays out until its user says otherwise.
 */
function askAgainToBeLetIn(s: State): void {
  const view = viewOf(s);
  if (view === null || amVoter(s) || s.joining !== null || s.leavingSince !== null || view.removed.includes(s.self.peerId)) return;
  beginJoin(
    s,
    others(s).map((m) => m.peerId),
  );
}

/** Pings one other peer after the other, for the round trips and states on screen. */
export function tickPing(s: State): void {
  if (s.now.mono - s.pingAt < s.config.pingMs) return;
  s.pingAt = s.now.mono;
  const peers = others(s);
  const target = peers[s.pingNext % Math.max(1, peers.length)];
  s.pingNext += 1;
  if (target === undefined) return;
  const seen = seenOf(s, target.peerId);
  seen.pingSeq += 1;
  seen.pingAt = s.now.mono;
  send(s, target.peerId, { type: 'ping', seq: seen.pingSeq });
}

export function onPing(s: State, from: PeerId, m: FrameOf<'ping'>): void {
  send(s, from, { type: 'pong', seq: m.seq, wall: Math.round(s.now.wall), last: s.log.lastIndex, incarnation: s.incarnation });
}

export function onPong(s: State, from: PeerId, m: FrameOf<'pong'>): void {
  const seen = seenOf(s, from);
  seen.entry = m.last;
  seen.incarnation = Math.max(seen.incarnation, m.incarnation);
  if (m.seq === 0 || m.seq !== seen.pingSeq) return;
  const rtt = s.now.mono - seen.pingAt;
  seen.rttMs = seen.rttMs === null ? rtt : seen.rttMs + (rtt - seen.rttMs) / 8;
  const offset = m.wall - (s.now.wall - rtt / 2);
  seen.offsetMs = seen.offsetMs === null ? offset : seen.offsetMs + (offset - seen.offsetMs) / 4;
}

/** D8: true when this is news of that peer. A later boot counts anew. */
export function noteIncarnation(s: State, peerId: PeerId, boot: number, incarnation: number): boolean {
  const seen = seenOf(s, peerId);
  if (boot < seen.boot || (boot === seen.boot && incarnation <= seen.incarnation)) return false;
  seen.boot = boot;
  seen.incarnation = incarnation;
  seen.vouchedAt = s.now.mono;
  return true;
}

export function onGoodbye(s: State, from: PeerId, m: FrameOf<'goodbye'>): void {
  seenOf(s, from).saidGoodbye = m.reason;
  event(s, 'goodbye', { peerId: from, reason: m.reason });
}
