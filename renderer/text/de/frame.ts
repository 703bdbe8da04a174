/**
 * German: the frame: what is on every page.
 */
import type { frame as english } from '../en/frame.ts';
import { many } from './many.ts';

export const frame: typeof english = {
  appName: 'Tradepost',
  skipToContent: 'Zum Inhalt',
  common: {
    cancel: 'Abbrechen',
    close: 'Schließen',
    sending: 'Wird gesendet…',
    name: 'Name',
    description: 'Beschreibung',
    price: 'Preis',
    amount: 'Betrag',
    quantity: 'Menge',
    entry: 'Eintrag',
    time: 'Zeit',
    state: 'Zustand',
    reason: 'Grund',
    actions: 'Aktionen',
    optional: 'Freiwillig',
    wholeNumber: 'Eine ganze Zahl, 0 oder mehr.',
    you: (name: string) => `${name} (du)`,
    asOf: (entry: number) => `Stand: Eintrag #${entry}`,
  },
  carrier: {
    badAnswer:
      'Die Antwort dieses Rechners passt nicht zu dieser Seite. Lade die Seite neu; vielleicht sind beide aus verschiedenen Versionen.',
    down: 'Das Marktprogramm dieses Rechners antwortet nicht. Die Seite verbindet sich von selbst wieder.',
    token: 'Diese Seite darf diesen Rechner nicht benutzen. Öffne sie einmal mit der vollständigen Adresse, die ausgegeben wurde.',
  },
  frame: { me: 'Einstellungen dieses Rechners' },
  search: {
    label: 'Suchen',
    hint: 'Artikel, Auktionen, Rechner suchen  ( / )',
    items: 'Artikel',
    desktops: 'Rechner',
    nothing: 'Hier heißt nichts so.',
  },
  rail: {
    label: 'Seiten',
    market: 'Markt',
    auctions: 'Auktionen',
    inventory: 'Lager',
    activity: 'Aktivität',
    network: 'Netzwerk',
    diagnostics: 'Diagnose',
    settings: 'Einstellungen',
    shortcut: (name: string, digit: number) => `${name} (Strg+${digit})`,
  },
  status: {
    leader: 'Leiter',
    none: 'keiner',
    term: 'Amtszeit',
    entry: 'Eintrag',
    queue: 'Warteschlange',
    desktops: (reachable: number, total: number) => `${reachable} von ${total} Rechnern`,
    you: (name: string) => `du: ${name}`,
  },
  mode: {
    light: 'Hell',
    dark: 'Dunkel',
    system: 'Wie das System',
    label: (mode: string) => `Darstellung: ${mode}`,
  },
  bell: {
    title: 'Mitteilungen',
    all: 'Alle Mitteilungen',
    label: (unseen: number) => (unseen === 0 ? 'Mitteilungen' : `Mitteilungen, ${unseen} neu`),
  },
  shortcuts: {
    title: 'Tastenkürzel',
    page: (digit: number) => `Strg+${digit} oder Alt+${digit}`,
    others: [
      ['/', 'Suchen'],
      ['B', 'Auf die gezeigte Auktion bieten'],
      ['?', 'Diese Tastenkürzel'],
      ['Esc', 'Schließen, was offen ist'],
    ],
  },
  banner: {
    connecting: 'Verbindung mit diesem Rechner…',
    offline: (ago: string) => `Getrennt: letzter Stand vor ${ago}`,
    recoversIn: (seconds: number) => `Er kommt von selbst zurück, in ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}.`,
    stopped: (reason: string | null) => `Dieser Rechner hat angehalten, damit nichts Falsches geschrieben wird. ${reason ?? ''}`.trim(),
    rejoining: 'Kehrt zurück…',
    joining: 'Tritt dem Markt bei…',
    suspected: 'Der Leiter antwortet nicht. Gebote bleiben erhalten.',
    electing: 'Ein Leiter wird gewählt…',
    noLeaderFor: (seconds: number, reachable: number, total: number) =>
      `Seit ${seconds} s kein Leiter: ${reachable} von ${total} Rechnern erreichbar`,
    leftLeader: (gone: string, leader: string, term: number) => `${gone} ist gegangen. ${leader} leitet (Amtszeit ${term}).`,
    newLeader: (leader: string, term: number) => `${leader} ist der neue Leiter (Amtszeit ${term}).`,
    reconnected: (entries: number) => `Wieder verbunden. ${many(entries, 'Eintrag', 'Einträge')} empfangen.`,
    back: (leader: string, term: number) => `Du bist zurück. Leiter ist ${leader} (Amtszeit ${term}).`,
    failover: (leader: string, term: number, stopped: string | null, lost: number, sent: number) =>
      [
        `${leader} ist der neue Leiter (Amtszeit ${term}).`,
        ...(stopped === null
          ? []
          : [
              `Der Handel stand ${stopped} still.`,
              `${many(lost, 'angenommenes Gebot', 'angenommene Gebote')} verloren, ${many(sent, 'wartendes Gebot', 'wartende Gebote')} gesendet.`,
            ]),
      ].join(' '),
  },
  fault: {
    crashLeader: 'Absturz des Leiters simulieren',
    crashSelf: 'Diesen Rechner abstürzen lassen',
    recover: (name: string) => `${name} zurückholen`,
    recoverShort: 'Zurückholen',
    resume: 'Fortsetzen',
    selfRecovery: 'Ein angehaltener Rechner kommt nach 30 s zurück (sonst nach 10 min)',
    askTitle: 'Diesen Rechner anhalten?',
    askText: (name: string) =>
      `In diesem Markt darf niemand fremde Rechner anhalten. ${name} sendet und empfängt nichts, bis du ihn zurückholst. Nichts geht verloren.`,
    askConfirm: 'Diesen Rechner anhalten',
  },
};
