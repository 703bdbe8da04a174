/**
 * The bug report: six text files that say what is wrong, and nothing that lets anybody in.
 *
 * Keys and the token are in none of them; the join code and the token are searched for all the same and blacked out, and so are the names of desktops
 * when the person wants that. What is saved is exactly what was shown.
 */
import type { EventView } from '../../shared/views.ts';
import type { DoctorLine, ReportView } from '../../shared/network.ts';
import { without } from './black.ts';
import type { PeerPort } from './peerPort.ts';
import { doctorView } from './views/doctor.ts';
import { eventsView } from './views/events.ts';
import type { Reader } from './views/reader.ts';
import { peersView, statusView } from './views/status.ts';

const BLACK = '•••••';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const doctorText = (lines: readonly DoctorLine[]): string =>
  lines.map(({ ok, check, text }) => `${ok.padEnd(7)} ${check}: ${text}\n`).join('');

const eventsText = (events: readonly EventView[]): string =>
  events
    .map((event) => {
      const clock = event.clock.map(([name, count]) => `${name}:${count}`).join(' ');
      return `${new Date(event.wall).toISOString()} term ${event.term} entry ${event.entry} [${clock}] ${event.text}\n`;
    })
    .join('');

/** Names of desktops and of the market, each with the number it gets instead. */
function masks(reader: Reader): (readonly [string, string])[] {
  const names = new Set([reader.nameOf(reader.me), ...peersView(reader).map((peer) => peer.name)]);
  const market = reader.info?.name;
  return [
    ...[...names].map((name, i) => [name, `desktop ${i + 1}`] as const),
    ...(market === undefined ? [] : [[market, 'the market'] as const]),
  ];
}

export async function reportOf(port: PeerPort, reader: Reader, maskNames: boolean, wall: number): Promise<ReportView> {
  const [network, about, findings, log, secrets] = await Promise.all([
    port.desktop.network(),
    port.desktop.about(),
    port.doctor(),
    port.desktop.logTail(),
    port.desktop.secrets(),
  ]);
  const status = statusView(reader);
  const { choice, ...carried } = network;
  const files: ReportView['files'] = [
    { name: 'about.json', text: json({ ...about, made: new Date(wall).toISOString() }) },
    { name: 'settings.json', text: json({ market: status.market, network: choice }) },
    { name: 'doctor.txt', text: doctorText(doctorView(reader, findings)) },
    { name: 'network.json', text: json({ ...carried, status, desktops: peersView(reader) }) },
    { name: 'events.txt', text: eventsText(eventsView(reader, 0)) },
    { name: 'peer.log', text: log },
  ];
  const black = secrets.map((word) => [word, BLACK] as const);
  const words = maskNames ? [...masks(reader), ...black] : black;
  const day = new Date(wall).toISOString().slice(0, 16).replaceAll(':', '');
  return { name: `tradepost-report-${day}.zip`, files: files.map(({ name, text }) => ({ name, text: without(text, words) })) };
}
