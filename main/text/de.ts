import type { TextFormat } from '../../shared/errors.ts';
import type { Text, ToldNotice } from './en.ts';

type Facts = ToldNotice['data'];
const word = (d: Facts, key: string): string => String(d[key] ?? '');
const money = (d: Facts, key: string, f: TextFormat): string => f.money(typeof d[key] === 'number' ? d[key] : 0);
const percent = (d: Facts): string => `${String(Number(d['bps'] ?? 0) / 100).replace('.', ',')} %`;

/** Of the kinds that leave the bell; the others are never shown by the system. */
const bodies: ReadonlyMap<string, (d: Facts, f: TextFormat) => string> = new Map<string, (d: Facts, f: TextFormat) => string>([
  ['outbid', (d, f) => `${f.nameOf(word(d, 'leader'))} führt mit ${money(d, 'price', f)}`],
  ['won', (d, f) => `Du hast ${word(d, 'title')} für ${money(d, 'price', f)} ersteigert.`],
  ['lost', (d, f) => `${word(d, 'title')} ging an jemand anderen. Endpreis ${money(d, 'price', f)}.`],
  [
    'sold',
    (d, f) =>
      `${word(d, 'quantity')} × ${word(d, 'item')} an ${f.nameOf(word(d, 'buyer'))}: ${money(d, 'net', f)} nach ${percent(d)} Provision.`,
  ],
  ['lotSold', (d, f) => `${word(d, 'title')} an ${f.nameOf(word(d, 'buyer'))}: ${money(d, 'net', f)} nach ${percent(d)} Provision.`],
  ['lotReady', (d) => `${word(d, 'bidders')} Bietende sind ${word(d, 'title')} beigetreten. Auktion starten?`],
  ['ending', (d) => `${word(d, 'title')}: noch ${word(d, 'seconds')} s.`],
  ['low', (d) => `${word(d, 'item')} wird knapp: noch ${word(d, 'onHand')}.`],
]);

export const de: Text = {
  locale: 'de-DE',
  menu: {
    file: 'Datei',
    edit: 'Bearbeiten',
    go: 'Gehe zu',
    window: 'Fenster',
    help: 'Hilfe',
    anotherDesktop: 'Noch einen Rechner auf diesem PC öffnen',
    quit: 'Tradepost beenden',
    search: 'Suchen',
    bigScreen: 'Großbild',
    shortcuts: 'Tastenkürzel',
    doctor: 'Verbindung prüfen',
    dataFolder: 'Datenordner öffnen',
    about: 'Über Tradepost',
    reload: 'Fenster neu laden',
    fullScreen: 'Vollbild',
  },
  pages: {
    market: 'Markt',
    auctions: 'Auktionen',
    inventory: 'Lager',
    activity: 'Aktivität',
    network: 'Netzwerk',
    diagnostics: 'Diagnose',
    settings: 'Einstellungen',
  },
  tray: { show: 'Tradepost zeigen', quit: 'Beenden' },
  closing: {
    title: 'Fenster schließen?',
    question: 'Soll dieser Rechner im Hintergrund weiterlaufen?',
    detail:
      'Im Hintergrund behält er seinen Teil des Marktes: Er kann leiten, das Protokoll führen und melden, wenn du überboten wirst. Beim Beenden ziehen die Auktionen, die er ausrichtet, auf einen anderen Rechner um.',
    background: 'Weiterlaufen',
    quit: 'Beenden',
    cancel: 'Abbrechen',
    remember: 'Nicht mehr fragen (änderbar in den Einstellungen)',
  },
  notices: {
    outbid: 'Überboten',
    won: 'Ersteigert',
    lost: 'Nicht ersteigert',
    lotSold: 'Verkauft',
    sold: 'Verkauft',
    readyCheck: 'Die Bietenden sind bereit',
    ending: 'Endet bald',
    low: 'Bestand niedrig',
    body: ({ kind, text, data }, format) => bodies.get(kind)?.(data, format) ?? text,
    several: (count) => `${count} Neuigkeiten vom Markt`,
    open: 'Klicken, um sie in Tradepost zu sehen.',
  },
  about: (version, protocol) => `Version ${version}\nProtokoll ${protocol}`,
  trouble: {
    start: 'Tradepost kann nicht starten',
    profile: 'Ein Profilname besteht aus höchstens 64 Buchstaben, Ziffern, Punkten, Strichen und Unterstrichen.',
    window: 'Das Fenster stürzt immer wieder ab',
    windowDetail: (reason) => `Der Teilnehmer läuft weiter. Grund: ${reason}`,
    peer: 'Der Teilnehmer ist stehen geblieben',
    peerDetail: 'Er endete, ohne zu sagen warum; siehe sein Protokoll im Datenordner.',
    another: 'Ein weiterer Rechner ließ sich nicht öffnen',
  },
};
