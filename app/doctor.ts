/**
 * The connection doctor: what the network layer really observed, a sentence each, with what to do about it.
 */
import type { CorePeer, DoctorFinding } from './api/peerPort.ts';
import type { Transport } from './net/transport.ts';

const OFFSET_MS = 2_000;

function line(check: string, ok: DoctorFinding['ok'], text: string): DoctorFinding {
  return { check, ok, text };
}

export function examine(transport: Transport | null, busyPort: number | null, peers: readonly CorePeer[]): DoctorFinding[] {
  if (transport === null) return [line('socket', 'no', 'This desktop is not connected to the network at the moment.')];
  const { traffic, refused, multicast, interfaces } = transport.stats();
  const outside = interfaces.filter((i) => !i.internal);
  const findings: DoctorFinding[] = [
    busyPort === null
      ? line('socket', 'yes', 'The UDP port is open.')
      : line('socket', 'yes', `Port ${busyPort} is used by another program (or by a second copy). Using a later one.`),
    outside.length === 0
      ? line('interfaces', 'no', 'No usable network. Connect a cable or Wi-Fi; the market on this PC still works.')
      : line('interfaces', 'yes', `Network: ${outside.map((i) => `${i.name} ${i.address}`).join(', ')}.`),
    multicastLine(multicast),
    line('traffic', traffic.messagesOut > 0 ? 'yes' : 'unknown', `${traffic.messagesOut} messages sent, ${traffic.messagesIn} received.`),
  ];
  const strangers = [...refused].map(([why, count]) => `${why} ${count}`);
  findings.push(
    line('refused', 'unknown', strangers.length === 0 ? 'No datagram was refused.' : `Datagrams refused: ${strangers.join(', ')}.`),
  );
  if (refused.has('twin')) {
    findings.push(
      line('copy', 'no', 'A copy of the data folder of one of the desktops runs beside the original. What it says is ignored; stop it.'),
    );
  }
  for (const peer of peers) {
    if (peer.lastHeardMs === 0) continue;
    const two = peer.rttMs !== null && peer.state === 'alive';
    const heard = peer.lastHeardMs === null ? 'never heard' : `last heard ${(peer.lastHeardMs / 1000).toFixed(1)} s ago`;
    const text = two ? `${peer.name}: both directions work, ${peer.rttMs} ms.` : `${peer.name}: ${heard}, no answer to our question yet.`;
    findings.push(line('desktop', two ? 'yes' : peer.state === 'alive' ? 'unknown' : 'no', text));
    if (peer.offsetMs !== null && Math.abs(peer.offsetMs) > OFFSET_MS) {
      findings.push(
        line(
          'clock',
          'no',
          `${peer.name}'s clock is ${(peer.offsetMs / 1000).toFixed(1)} s off. Set it; auctions follow the median of all clocks.`,
        ),
      );
    }
  }
  return findings;
}

function multicastLine(state: ReturnType<Transport['stats']>['multicast']): DoctorFinding {
  switch (state) {
    case 'ok':
      return line('multicast', 'yes', 'Group messages come back: desktops find each other by themselves.');
    case 'off':
      return line('multicast', 'unknown', 'Group messages are switched off. Add desktops by their address.');
    case 'blocked':
      return line('multicast', 'no', 'This network blocks group messages (common on guest Wi-Fi). Add a desktop by its address.');
    default:
      return line('multicast', 'unknown', 'Looking for desktops on this network…');
  }
}
