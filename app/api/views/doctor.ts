/**
 * Connection doctor: what the network layer found about sockets and multicast, and what the peer itself can tell about the group.
 */
import type { DoctorLine } from '../../../shared/views.ts';
import type { DoctorFinding } from '../peerPort.ts';
import type { Reader } from './reader.ts';
import { desktops, obstacle } from './trading.ts';

const OFFSET_WARN_MS = 2_000;

function group(reader: Reader): DoctorLine[] {
  const { core } = reader;
  if (core === null) return [{ check: 'market', ok: 'no', text: 'This desktop is in no market yet. Create one or join one.' }];
  const others = core.peers.filter((peer) => peer.peerId !== reader.me && peer.state !== 'left');
  const { reachable, total, voters, votersReachable, majority } = desktops(reader);
  const leader = core.leader === null ? null : reader.nameOf(core.leader);
  const lines: DoctorLine[] = [
    {
      check: 'desktops',
      ok: others.length === 0 ? 'unknown' : reachable === total ? 'yes' : 'no',
      text:
        others.length === 0
          ? 'You are the only desktop here. The market works, but nobody can take over if this one stops.'
          : `${reachable} of ${total} desktops answer.`,
    },
    {
      check: 'majority',
      ok: core.quorate ? 'yes' : 'no',
      text: `${votersReachable} of ${voters} voting desktops answer; ${majority} are needed.`,
    },
    {
      check: 'leader',
      ok: obstacle(reader) === null ? 'yes' : 'no',
      text:
        leader === null
          ? 'There is no leader right now.'
          : `${leader} leads (term ${core.term})${obstacle(reader) === null ? '' : ', but nothing can be accepted now'}.`,
    },
    {
      check: 'clock',
      ok: Math.abs(core.offsetMs) <= OFFSET_WARN_MS ? 'yes' : 'no',
      text: `This clock differs from the leader's by ${(Math.abs(core.offsetMs) / 1_000).toFixed(1)} s.`,
    },
  ];
  for (const peer of others) {
    const ok = peer.state === 'alive' ? 'yes' : peer.state === 'crashed' || peer.state === 'failed' ? 'no' : 'unknown';
    const heard = peer.lastHeardMs === null ? 'never heard' : `last heard ${(peer.lastHeardMs / 1_000).toFixed(1)} s ago`;
    const rtt = peer.rttMs === null ? '' : `, round trip ${peer.rttMs.toFixed(1)} ms`;
    lines.push({ check: `desktop ${reader.nameOf(peer.peerId)}`, ok, text: `${peer.address ?? 'no address'}: ${heard}${rtt}.` });
  }
  return lines;
}

export function doctorView(reader: Reader, network: readonly DoctorFinding[]): DoctorLine[] {
  return [...network.map((finding) => ({ ...finding })), ...group(reader)];
}
