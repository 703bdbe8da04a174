/**
 * German: what the connection doctor found, said by its code and the facts behind it.
 */
import type { DoctorLine } from '../../../shared/network.ts';
import { type RefusalGroup, refusalsByGroup } from '../../../shared/refusals.ts';

type Details = NonNullable<DoctorLine['details']>;
type Sentence = (d: Details) => string;

const word = (d: Details, key: string): string => String(d[key] ?? '?');
const count = (d: Details, key: string): number => (typeof d[key] === 'number' ? d[key] : 0);
const seconds = (ms: number): string => `${(Math.abs(ms) / 1_000).toFixed(1).replace('.', ',')} s`;
const kib = (d: Details): string => `${Math.round(count(d, 'bytes') / 1024)} KiB`;
const adapter = (d: Details): string => `${word(d, 'name')} (${word(d, 'address')})`;
const beacons = (d: Details): string => `${word(d, 'beaconsOut')} Rufe gesendet, ${word(d, 'beaconsIn')} gehört`;
const ofAdapter = (d: Details): boolean => d['name'] !== undefined;

const beiseite: Readonly<Record<RefusalGroup, string>> = {
  usual: 'verspätet, doppelt oder nicht für diesen Rechner',
  strange: 'von anderen Programmen oder mit anderem Schlüssel',
  damaged: 'beschädigt',
  busy: 'zu viel zum Senden oder Behalten',
  simulated: 'durch eine simulierte Störung verloren',
};

const sentences: ReadonlyMap<string, Sentence> = new Map<string, Sentence>([
  ['NOT_CONNECTED', () => 'Dieser Rechner ist gerade nicht mit dem Netzwerk verbunden.'],
  ['SOCKET_OPEN', () => 'Der UDP-Port ist offen.'],
  [
    'PORT_BUSY',
    (d) => `Port ${word(d, 'port')} gehört einem anderen Programm (oder einer zweiten Kopie). Benutzt wird ${word(d, 'using')}.`,
  ],
  ['BUFFER_OK', (d) => `Das System puffert ${kib(d)}, während dieser Rechner beschäftigt ist.`],
  [
    'BUFFER_SMALL',
    (d) =>
      `Das System puffert nur ${kib(d)}: Unter Last werden Nachrichten zweimal gesendet. Unter Linux hilft sysctl net.core.rmem_max=4194304.`,
  ],
  ['NO_INTERFACE', () => 'Kein brauchbares Netzwerk. Verbinde Kabel oder WLAN; der Markt auf diesem PC funktioniert weiter.'],
  ['INTERFACES', (d) => (count(d, 'count') === 1 ? 'Ein Netzwerkadapter ist da.' : `${count(d, 'count')} Netzwerkadapter sind da.`)],
  [
    'VIRTUAL_ADAPTER',
    (d) => `${adapter(d)} sieht nach VPN oder virtuellem Netz aus. Rechner dahinter sehen die in diesem Raum vielleicht nicht.`,
  ],
  [
    'MULTICAST_OFF',
    (d) =>
      ofAdapter(d)
        ? `${adapter(d)}: Gruppennachrichten sind ausgeschaltet.`
        : 'Gruppennachrichten sind ausgeschaltet. Füge Rechner über ihre Adresse hinzu.',
  ],
  [
    'MULTICAST_OK',
    (d) =>
      ofAdapter(d)
        ? `${adapter(d)}: sendet und hört Gruppennachrichten, ${beacons(d)}.`
        : 'Gruppennachrichten kommen zurück: Rechner finden einander von selbst.',
  ],
  [
    'MAC_DENIED',
    () =>
      'macOS sperrt den Zugriff auf das lokale Netzwerk. Systemeinstellungen › Datenschutz & Sicherheit › Lokales Netzwerk › einschalten, dann neu starten.',
  ],
  ['CANNOT_SEND', (d) => `${adapter(d)} nimmt keine Gruppennachrichten an. Steckt das Kabel?`],
  ['MULTICAST_DEAF', (d) => `${adapter(d)}: Unsere eigenen Gruppennachrichten kommen nicht zurück, ${beacons(d)}.`],
  [
    'MULTICAST_BLOCKED',
    (d) =>
      `Dieses Netzwerk sperrt Gruppennachrichten (üblich in Gäste-WLANs). Füge einen Rechner über seine Adresse hinzu: Deine ist ${word(d, 'address')}.`,
  ],
  ['CHECKING', (d) => (ofAdapter(d) ? `${adapter(d)}: zu früh für ein Urteil.` : 'Sucht noch…')],
  ['MDNS_OK', () => 'Die Dienstsuche (mDNS) geht als zweiter Weg, einander zu finden.'],
  ['MDNS_OFF', () => 'Die Dienstsuche (mDNS) ist ausgeschaltet. Die Rufe genügen.'],
  ['MDNS_UNAVAILABLE', () => 'Die Dienstsuche (mDNS) geht nicht: Port 5353 gehört einem anderen Programm. Die Rufe genügen.'],
  [
    'HEARD',
    (d) =>
      `Vor kurzem ${count(d, 'heard') === 1 ? 'einen Rechner' : `${word(d, 'heard')} Rechner`} gehört; ${word(d, 'messagesOut')} Nachrichten gesendet, ${word(d, 'messagesIn')} empfangen.`,
  ],
  [
    'NOBODY_HEARD',
    (d) => `Vor kurzem keinen Rechner gehört; ${word(d, 'messagesOut')} Nachrichten gesendet, ${word(d, 'messagesIn')} empfangen.`,
  ],
  [
    'REFUSED',
    (d) => {
      const groups = refusalsByGroup(Object.entries(d).map(([why, number]) => [why, Number(number)]));
      const list = [...groups].map(([group, number]) => `${number} ${beiseite[group]}`);
      return list.length === 0 ? 'Jedes Datagramm war zu gebrauchen.' : `Beiseite gelegte Datagramme: ${list.join(', ')}.`;
    },
  ],
  ['TWIN', () => 'Neben dem Original läuft eine Kopie des Datenordners eines Rechners. Was sie sagt, wird nicht beachtet; halte sie an.'],
  [
    'VERSION',
    (d) =>
      `Der Rechner bei ${word(d, 'address')} spricht Protokoll ${word(d, 'theirs')}, du ${word(d, 'ours')}. Aktualisiere den älteren, um zusammen zu handeln.`,
  ],
  ['VERSIONS_SAME', (d) => `Alle Rechner, die hier bekannt sind, haben Version ${word(d, 'ours')}.`],
  [
    'VERSIONS_DIFFER',
    (d) => {
      const parts = [
        ...(d['older'] === '' ? [] : [`älter als hier: ${word(d, 'older')}`]),
        ...(d['newer'] === '' ? [] : [`neuer als hier: ${word(d, 'newer')}`]),
        ...(d['other'] === '' ? [] : [`anders: ${word(d, 'other')}`]),
      ];
      return `Die Versionen sind verschieden. Hier ${word(d, 'ours')}; ${parts.join('; ')}. Handeln geht; aktualisiere die älteren, wenn es passt.`;
    },
  ],
  ['TWO_WAY', (d) => `${word(d, 'name')}: Beide Richtungen gehen, ${word(d, 'rttMs').replace('.', ',')} ms.`],
  [
    'ONE_WAY',
    (d) =>
      `Wir hören ${word(d, 'name')}, aber er hört uns nicht. Erlaube das Programm auf der Seite von ${word(d, 'name')} in der Firewall für private Netzwerke.`,
  ],
  ['NO_ANSWER', (d) => `${word(d, 'name')} antwortet nicht auf unsere Frage.`],
  [
    'CLOCK',
    (d) =>
      `Die Uhr von ${word(d, 'name')} geht um ${seconds(count(d, 'offsetMs'))} falsch. Stelle sie; Auktionen folgen der Mitte aller Uhren.`,
  ],
  [
    'CLIENT_ISOLATION',
    (d) =>
      `Keiner von ${word(d, 'desktops')} bekannten Rechnern antwortet, obwohl dieser Adapter geht. WLANs für Gäste halten Geräte oft getrennt: Nimm ein anderes Netz oder ein Kabel.`,
  ],
  ['NO_MARKET', () => 'Dieser Rechner ist noch in keinem Markt. Lege einen an oder tritt einem bei.'],
  ['ALONE', () => 'Du bist der einzige Rechner hier. Der Markt funktioniert, aber niemand kann einspringen, wenn dieser ausfällt.'],
  ['DESKTOPS', (d) => `${word(d, 'reachable')} von ${word(d, 'total')} Rechnern antworten.`],
  [
    'MAJORITY',
    (d) => `${word(d, 'votersReachable')} von ${word(d, 'voters')} Stimmberechtigten antworten; ${word(d, 'majority')} sind nötig.`,
  ],
  ['NO_LEADER', () => 'Zurzeit gibt es keinen Leiter.'],
  [
    'LEADER',
    (d) =>
      `${word(d, 'leader')} leitet (Amtszeit ${word(d, 'term')})${d['works'] === true ? '' : ', aber zurzeit kann nichts angenommen werden'}.`,
  ],
  ['CLOCK_HERE', (d) => `Diese Uhr weicht von der des Leiters um ${seconds(count(d, 'offsetMs'))} ab.`],
  [
    'BELIEVED',
    (d) => `${word(d, 'name')}: ${d['lastHeardMs'] === null ? 'nie gehört' : `zuletzt vor ${seconds(count(d, 'lastHeardMs'))} gehört`}.`,
  ],
]);

export const doctorText = ({ code, details = {}, text }: DoctorLine): string => sentences.get(code ?? '')?.(details) ?? text;
