/**
 * The connection doctor: what the network layer really observed, a sentence each, with what to do about it.
 *
 * Every finding has a code for programs, a state, and the numbers it was made of.
 */
import type { CorePeer, DoctorFinding } from './api/peerPort.ts';
import type { Transport, TransportStats } from './net/transport.ts';
import type { PeerId } from '../shared/ids.ts';
import { type RefusalGroup, refusalsByGroup } from '../shared/refusals.ts';
import { PROTOCOL } from './version.ts';

const OFFSET_MS = 2_000;
/** An own beacon comes back within a second where group messages pass; some may be lost. */
const OWN_MS = 5_000;
const BEACONS_TO_JUDGE = 3;
/** Below this a short stall of this program loses datagrams (a stock Linux gives 208 KiB). */
const SMALL_BUFFER = 1024 * 1024;
/** macOS answers as if there were no route until somebody allows it. */
const MAC_DENIED =
  'macOS is blocking local network access. System Settings › Privacy & Security › Local Network › switch on, then restart.';

export interface DoctorInput {
  readonly transport: Pick<Transport, 'stats'> | null;
  /** What stands in the way differs by system. */
  readonly platform: NodeJS.Platform;
  readonly busyPort: number | null;
  /** "host:port" others can be told. */
  readonly ownAddress: string;
  readonly peers: readonly CorePeer[];
  /** Round trip of a sealed question just asked; null when it was not answered. */
  readonly answers: ReadonlyMap<PeerId, number | null>;
}

type State = 'ok' | 'warn' | 'bad';
type Details = DoctorFinding['details'];

const OLD_WORDS = { ok: 'yes', warn: 'unknown', bad: 'no' } as const;

function finding(check: string, code: string, state: State, text: string, details: Details = {}): DoctorFinding {
  return { check, code, state, ok: OLD_WORDS[state], text, details };
}

export function examine(input: DoctorInput): DoctorFinding[] {
  const { transport, peers } = input;
  if (transport === null) return [finding('socket', 'NOT_CONNECTED', 'bad', 'This desktop is not connected to the network at the moment.')];
  const stats = transport.stats();
  return [
    socket(input),
    buffer(stats),
    ...adapters(stats, input),
    heard(stats),
    ...refused(stats),
    ...version(stats),
    ...peers
      .filter((peer) => input.answers.has(peer.peerId))
      .flatMap((peer) => desktop(peer, stats, input.answers.get(peer.peerId) ?? null)),
    ...isolation(input, stats),
  ];
}

function socket({ busyPort, ownAddress }: DoctorInput): DoctorFinding {
  if (busyPort === null) return finding('socket', 'SOCKET_OPEN', 'ok', 'The UDP port is open.', { address: ownAddress });
  const using = ownAddress.split(':')[1] ?? '';
  const text = `Port ${busyPort} is used by another program (or by a second copy). Using ${using}.`;
  return finding('socket', 'PORT_BUSY', 'ok', text, { port: busyPort, using: Number(using) });
}

function buffer({ receiveBuffer, slots }: TransportStats): DoctorFinding {
  const details = { bytes: receiveBuffer, slots };
  const size = `${Math.round(receiveBuffer / 1024)} KiB`;
  if (receiveBuffer >= SMALL_BUFFER)
    return finding('buffer', 'BUFFER_OK', 'ok', `The system buffers ${size} while this desktop is busy.`, details);
  const text = `The system buffers only ${size}: under load messages are sent twice. On Linux raise it with sysctl net.core.rmem_max=4194304.`;
  return finding('buffer', 'BUFFER_SMALL', 'warn', text, details);
}

function adapters(stats: TransportStats, { ownAddress, platform }: DoctorInput): DoctorFinding[] {
  const outside = stats.interfaces.filter((one) => !one.internal);
  if (outside.length === 0) {
    return [
      finding('interfaces', 'NO_INTERFACE', 'bad', 'No usable network. Connect a cable or Wi-Fi; the market on this PC still works.'),
    ];
  }
  const list = outside.map((one) => `${one.name} ${one.address}`).join(', ');
  return [
    finding('interfaces', 'INTERFACES', 'ok', `Network: ${list}.`, { count: outside.length }),
    ...outside.map((one) => adapter(one, stats, platform)),
    group(stats, ownAddress),
    mdns(stats),
  ];
}

function adapter(one: TransportStats['interfaces'][number], { multicast, now }: TransportStats, platform: NodeJS.Platform): DoctorFinding {
  const { name, address, beaconsOut, beaconsIn, sendErrors, ownHeardAt, peerHeardAt } = one;
  const lastPeer = peerHeardAt === null ? null : Math.round(now - peerHeardAt);
  const details = { name, address, beaconsOut, beaconsIn, sendErrors, lastPeerHeardMs: lastPeer };
  const check = `adapter ${name}`;
  if (one.virtual) {
    const text = `${name} (${address}) looks like a VPN or a virtual network. Desktops beyond it may not see those of this room.`;
    return finding(check, 'VIRTUAL_ADAPTER', 'warn', text, details);
  }
  if (multicast === 'off')
    return finding(check, 'MULTICAST_OFF', 'warn', `${name} (${address}): group messages are switched off.`, details);
  const numbers = `${beaconsOut} beacons out, ${beaconsIn} in`;
  if (ownHeardAt !== null && now - ownHeardAt <= OWN_MS) {
    return finding(check, 'MULTICAST_OK', 'ok', `${name} (${address}): sends and hears group messages, ${numbers}.`, details);
  }
  if (sendErrors > 0 && beaconsOut === 0 && platform === 'darwin') return finding(check, 'MAC_DENIED', 'bad', MAC_DENIED, details);
  if (sendErrors > 0 && beaconsOut === 0) {
    return finding(check, 'CANNOT_SEND', 'bad', `${name} (${address}) refuses to send group messages. Is its cable in?`, details);
  }
  if (beaconsOut < BEACONS_TO_JUDGE) return finding(check, 'CHECKING', 'warn', `${name} (${address}): too early to say.`, details);
  return finding(check, 'MULTICAST_DEAF', 'bad', `${name} (${address}): our own group messages do not come back, ${numbers}.`, details);
}

function group({ multicast }: TransportStats, ownAddress: string): DoctorFinding {
  const check = 'multicast';
  switch (multicast) {
    case 'ok':
      return finding(check, 'MULTICAST_OK', 'ok', 'Group messages come back: desktops find each other by themselves.');
    case 'off':
      return finding(check, 'MULTICAST_OFF', 'warn', 'Group messages are switched off. Add desktops by their address.');
    case 'blocked': {
      const text = `This network blocks group messages (common on guest Wi-Fi). Add a desktop by its address: yours is ${ownAddress}.`;
      return finding(check, 'MULTICAST_BLOCKED', 'bad', text, { address: ownAddress });
    }
    default:
      return finding(check, 'CHECKING', 'warn', 'Looking for desktops on this network…');
  }
}

function mdns({ mdns: state }: TransportStats): DoctorFinding {
  if (state === 'ok') return finding('mdns', 'MDNS_OK', 'ok', 'Service discovery (mDNS) works as a second way of finding desktops.');
  if (state === 'unknown') return finding('mdns', 'CHECKING', 'warn', 'Service discovery (mDNS) is starting.');
  const why = state === 'off' ? 'is switched off' : 'is not available: port 5353 belongs to another program';
  return finding(
    'mdns',
    state === 'off' ? 'MDNS_OFF' : 'MDNS_UNAVAILABLE',
    'warn',
    `Service discovery (mDNS) ${why}. Beacons do the work.`,
  );
}

function heard({ heardFrom, connected, traffic }: TransportStats): DoctorFinding {
  const details = {
    heard: heardFrom.length,
    connected: connected.length,
    messagesIn: traffic.messagesIn,
    messagesOut: traffic.messagesOut,
  };
  const text = `Heard from ${heardFrom.length} desktop${heardFrom.length === 1 ? '' : 's'} lately; ${traffic.messagesOut} messages sent, ${traffic.messagesIn} received.`;
  return finding('traffic', heardFrom.length === 0 ? 'NOBODY_HEARD' : 'HEARD', heardFrom.length === 0 ? 'warn' : 'ok', text, details);
}

const SET_ASIDE: Readonly<Record<RefusalGroup, string>> = {
  usual: 'late, doubled or not for this desktop',
  strange: 'of other programs, or with another key',
  damaged: 'damaged',
  busy: 'too many to send or keep',
  simulated: 'lost by a simulated fault',
};

/** Late and doubled datagrams are every network's; a line about them is no warning. */
function refused({ refused: counts }: TransportStats): DoctorFinding[] {
  const groups = refusalsByGroup(counts);
  const list = [...groups].map(([group, count]) => `${count} ${SET_ASIDE[group]}`);
  const text = list.length === 0 ? 'Every datagram was used.' : `Datagrams set aside: ${list.join(', ')}.`;
  const usual = [...groups.keys()].every((group) => group === 'usual' || group === 'simulated');
  const findings = [finding('refused', 'REFUSED', usual ? 'ok' : 'warn', text, Object.fromEntries(counts))];
  if (!counts.has('twin')) return findings;
  const copy = 'A copy of the data folder of one of the desktops runs beside the original. What it says is ignored; stop it.';
  return [...findings, finding('copy', 'TWIN', 'bad', copy)];
}

function version({ otherVersion }: TransportStats): DoctorFinding[] {
  if (otherVersion === null) return [];
  const { version: other, address } = otherVersion;
  const text = `The desktop at ${address} runs protocol ${other}, you run ${PROTOCOL}. Update the older one to trade together.`;
  return [finding('version', 'VERSION', 'bad', text, { address, theirs: other, ours: PROTOCOL })];
}

function desktop(peer: CorePeer, stats: TransportStats, rttMs: number | null): DoctorFinding[] {
  const { name, address, offsetMs } = peer;
  const hears = stats.heardFrom.includes(peer.peerId);
  const details = {
    peerId: peer.peerId,
    name,
    address,
    rttMs: rttMs === null ? null : Math.round(rttMs * 10) / 10,
    toThem: rttMs !== null,
    fromThem: hears,
  };
  const findings: DoctorFinding[] = [];
  if (rttMs !== null) {
    findings.push(finding('desktop', 'TWO_WAY', 'ok', `${name}: both directions work, ${rttMs.toFixed(1)} ms.`, details));
  } else if (hears) {
    const text = `We hear ${name} but it does not hear us. On ${name}'s side allow the app in the firewall for private networks.`;
    findings.push(finding('desktop', 'ONE_WAY', 'bad', text, details));
  } else {
    const last = peer.lastHeardMs === null ? 'never heard' : `last heard ${(peer.lastHeardMs / 1000).toFixed(1)} s ago`;
    findings.push(finding('desktop', 'NO_ANSWER', 'bad', `${name}: ${last}, no answer to our question.`, details));
  }
  if (offsetMs !== null && Math.abs(offsetMs) > OFFSET_MS) {
    const text = `${name}'s clock is ${(offsetMs / 1000).toFixed(1)} s off. Set it; auctions follow the median of all clocks.`;
    findings.push(finding('clock', 'CLOCK', 'bad', text, { peerId: peer.peerId, name, offsetMs }));
  }
  return findings;
}

/** Beacons come back or service discovery works, several desktops are known, and not one of them answers: the access point keeps clients apart. */
function isolation({ answers }: DoctorInput, { multicast, mdns: state, interfaces }: TransportStats): DoctorFinding[] {
  const outside = interfaces.some((one) => !one.internal && !one.virtual);
  const silent = answers.size >= 2 && [...answers.values()].every((rtt) => rtt === null);
  if (!outside || !silent || (multicast !== 'ok' && state !== 'ok')) return [];
  const text = `None of ${answers.size} known desktops answers although this adapter works. Wi-Fi networks for guests often keep devices apart ("client isolation"): use another network or a cable.`;
  return [finding('isolation', 'CLIENT_ISOLATION', 'bad', text, { desktops: answers.size })];
}
