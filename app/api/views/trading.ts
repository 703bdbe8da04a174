/**
 * May a request be accepted now, and if not, why: the one answer that the banner, the lots and the buttons share.
 */
import { type ErrorCode, errorText } from '../../../shared/errors.ts';
import type { StatusView } from '../../../shared/views.ts';
import type { Reader } from './reader.ts';

export type Obstacle = Extract<
  ErrorCode,
  'NO_MARKET' | 'THIS_CRASHED' | 'STOPPED' | 'DISK_FULL' | 'NO_LEADER' | 'NO_MAJORITY' | 'NOT_MEMBER'
>;

/** Why nothing can be accepted now, or null. */
export function obstacle(reader: Reader): Obstacle | null {
  const { port, core } = reader;
  const phase = port.phase();
  if (phase === 'setup') return 'NO_MARKET';
  if (phase === 'joining') return 'NOT_MEMBER';
  if (phase === 'crashed') return 'THIS_CRASHED';
  if (phase === 'stopped') return port.stopped()?.code ?? 'STOPPED';
  if (core === null) return 'NO_MARKET';
  if (!core.quorate) return 'NO_MAJORITY';
  return core.leader === null || core.suspected || core.stoppedAt !== null ? 'NO_LEADER' : null;
}

/** Desktops that answer, of all members (left ones do not count). This desktop counts unless it simulates a crash. */
export function desktops(reader: Reader): StatusView['desktops'] {
  const peers = (reader.core?.peers ?? []).filter((peer) => peer.state !== 'left' && peer.memberNo !== null);
  const answers = peers.filter((peer) => peer.peerId === reader.me || peer.state === 'alive');
  return {
    reachable: answers.length,
    total: peers.length,
    voters: peers.filter((peer) => peer.voter).length,
    votersReachable: answers.filter((peer) => peer.voter).length,
    majority: reader.core?.majority ?? 0,
  };
}

/** Code and sentence for the status. */
export function trading(reader: Reader): StatusView['trading'] {
  const code = obstacle(reader);
  if (code === null) return { ok: true, code: null, text: null };
  const { reachable, total } = desktops(reader);
  const why = reader.port.stopped()?.reason ?? null;
  const details = { reachable, total, ...(why === null ? {} : { why }) };
  return { ok: false, code, text: errorText(code, details, reader.format) };
}
