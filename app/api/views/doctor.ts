/**
 * Connection doctor: what the network layer found about sockets and multicast, and what the peer itself can tell about the group.
 */
import type { DoctorLine } from '../../../shared/network.ts';
import { compareVersions } from '../../../shared/version.ts';
import type { DoctorFinding } from '../peerPort.ts';
import type { Reader } from './reader.ts';
import { desktops, obstacle } from './trading.ts';

const OFFSET_WARN_MS = 2_000;

type Details = NonNullable<DoctorLine['details']>;

function line(check: string, code: string, ok: DoctorLine['ok'], text: string, details: Details = {}): DoctorLine {
  return { check, ok, text, code, details };
}

function group(reader: Reader): DoctorLine[] {
  const { core } = reader;
  if (core === null) return [line('market', 'NO_MARKET', 'no', 'This desktop is in no market yet. Create one or join one.')];
  const { reachable, total, voters, votersReachable, majority } = desktops(reader);
  const leader = core.leader === null ? null : reader.nameOf(core.leader);
  const works = obstacle(reader) === null;
  const offBy = (Math.abs(core.offsetMs) / 1_000).toFixed(1);
  return [
    total <= 1
      ? line('desktops', 'ALONE', 'unknown', 'You are the only desktop here. The market works, but nobody can take over if this one stops.')
      : line('desktops', 'DESKTOPS', reachable === total ? 'yes' : 'no', `${reachable} of ${total} desktops answer.`, { reachable, total }),
    line(
      'majority',
      'MAJORITY',
      core.quorate ? 'yes' : 'no',
      `${votersReachable} of ${voters} voting desktops answer; ${majority} are needed.`,
      { votersReachable, voters, majority },
    ),
    leader === null
      ? line('leader', 'NO_LEADER', 'no', 'There is no leader right now.')
      : line(
          'leader',
          'LEADER',
          works ? 'yes' : 'no',
          `${leader} leads (term ${core.term})${works ? '' : ', but nothing can be accepted now'}.`,
          { leader, term: core.term, works },
        ),
    line(
      'clock',
      'CLOCK_HERE',
      Math.abs(core.offsetMs) <= OFFSET_WARN_MS ? 'yes' : 'no',
      `This clock differs from the leader's by ${offBy} s.`,
      {
        offsetMs: Math.round(core.offsetMs),
      },
    ),
  ];
}

/** Which desktops run another version of the program, as far as they said which. All speak the same protocol, or they would not be heard. */
function versions(reader: Reader): DoctorLine[] {
  const ours = reader.port.self().version;
  const said = (reader.core?.peers ?? []).flatMap(({ peerId, state, version }) =>
    peerId === reader.me || state === 'left' || version === null ? [] : [{ version, name: reader.nameOf(peerId) }],
  );
  if (said.length === 0) return [];
  const listed = (is: (order: number) => boolean): string =>
    said
      .flatMap(({ name, version }) => (version !== ours && is(compareVersions(version, ours)) ? [`${name} (${version})`] : []))
      .join(', ');
  const [older, newer, other] = [listed((order) => order < 0), listed((order) => order > 0), listed((order) => order === 0)];
  if (`${older}${newer}${other}` === '')
    return [line('versions', 'VERSIONS_SAME', 'yes', `All desktops that are known here run version ${ours}.`, { ours })];
  const parts = [
    ...(older === '' ? [] : [`older than here: ${older}`]),
    ...(newer === '' ? [] : [`newer than here: ${newer}`]),
    ...(other === '' ? [] : [`another one: ${other}`]),
  ];
  const text = `Versions differ. Here ${ours}; ${parts.join('; ')}. They trade together; update the older ones when you can.`;
  return [line('versions', 'VERSIONS_DIFFER', 'unknown', text, { ours, older, newer, other })];
}

/** While the network layer cannot be asked (a simulated crash), what the group looked like to this desktop. */
function believed(reader: Reader): DoctorLine[] {
  const others = (reader.core?.peers ?? []).filter((peer) => peer.peerId !== reader.me && peer.state !== 'left');
  return others.map((peer) => {
    const ok = peer.state === 'alive' ? 'yes' : peer.state === 'crashed' || peer.state === 'failed' ? 'no' : 'unknown';
    const heard = peer.lastHeardMs === null ? 'never heard' : `last heard ${(peer.lastHeardMs / 1_000).toFixed(1)} s ago`;
    const name = reader.nameOf(peer.peerId);
    return line('desktop', 'BELIEVED', ok, `${name} (${peer.address ?? 'no address'}): ${heard}.`, { name, lastHeardMs: peer.lastHeardMs });
  });
}

/** What the network layer found comes with the names as the market has them. */
export function doctorView(reader: Reader, network: readonly DoctorFinding[]): DoctorLine[] {
  const asked = new Set(network.flatMap(({ details }) => (typeof details['peerId'] === 'string' ? [details['peerId']] : [])));
  return [
    ...network.map((finding) => ({ ...finding })),
    ...group(reader),
    ...versions(reader),
    ...(asked.size === 0 ? believed(reader) : []),
  ];
}
