/**
 * German: the Network page: desktops, elections, failovers, events, the connection doctor.
 */
import type { network as english } from '../en/network.ts';
import { many } from './many.ts';

export const network: typeof english = {
  network: {
    add: 'Rechner über Adresse hinzufügen',
    addTitle: 'Mit einem anderen Rechner verbinden',
    address: 'Adresse',
    yours: (address: string) => (address === '' ? '' : `Die Adresse dieses Rechners ist ${address}.`),
    connect: 'Verbinden',
    connecting: 'Verbindet…',
    alone: 'Du bist der einzige Rechner hier. Der Markt funktioniert, aber niemand kann einspringen, wenn dieser ausfällt.',
    looking: 'Sucht Rechner in diesem Netzwerk…',
    runDoctor: 'Verbindung prüfen',
    another: 'Noch einen Rechner auf diesem PC öffnen',
    desktops: (count: number) => many(count, 'Rechner', 'Rechner'),
  },
  alone: {
    button: 'Allein weiter…',
    title: 'Ohne die anderen weiterhandeln?',
    type: (phrase: string) => `Eintippen: ${phrase}`,
    doIt: 'Allein weiter',
  },
  history: {
    title: 'Auf einer Geschichte getan, die nicht zählt',
    of: (time: string) => `Geschichte, die um ${time} endete`,
    what: (leader: string, base: number, file: string) =>
      `Die Geschichte von ${leader === '' ? 'den anderen' : leader} zählt. Dieser Rechner ging nach Eintrag #${base} einen eigenen Weg. Alles steht in ${file}.`,
    entry: 'Eintrag',
    by: 'Von',
    command: 'Was',
    state: 'Stand',
    again: 'Noch einmal tun',
    states: {
      same: 'Auch hier',
      replayable: 'Fehlt, kann wiederholt werden',
      conflict: 'Fehlt, entscheide selbst',
      refused: 'War abgelehnt, nichts fehlt',
    },
  },
  peer: {
    leader: 'Leiter',
    you: 'Du',
    voter: 'Stimmberechtigt',
    observer: 'Beobachter',
    roles: 'Aufgaben',
    table: 'Rechner dieses Marktes',
    standby: 'In Reserve',
    standbyHelp: 'Hat gerade keine Aufgabe in einer Auktion; übernimmt, wenn ein Leiter oder Ausrichter ausfällt.',
    host: (lots: number) => `Richtet ${many(lots, 'Auktion', 'Auktionen')} aus`,
    backup: (lots: number) => `Ersatz für ${many(lots, 'Auktion', 'Auktionen')}`,
    lastHeard: 'Zuletzt gehört',
    now: 'dieser Rechner',
    never: 'nie',
    roundTrip: 'Hin und zurück',
    offset: 'Uhrabweichung',
    priority: 'Rang',
    crash: 'Absturz simulieren',
    crashNamed: (name: string) => `Absturz simulieren: ${name}`,
    address: 'Adresse',
  },
  election: {
    title: 'Wahl',
    nobody: 'Kein Leiter',
    leads: (name: string) => `${name} leitet`,
    facts: (term: number, since: string | null, reachable: number, voters: number, majority: number) =>
      [
        `Amtszeit ${term}`,
        ...(since === null ? [] : [`seit ${since}`]),
        `${reachable} von ${voters} Stimmberechtigten erreichbar, ${majority} sind die Mehrheit`,
      ].join(' · '),
    elect: 'Jetzt wählen',
    stepDown: 'Zurücktreten',
    history: 'Bisherige Leiter',
    line: (name: string, term: number, at: string, reason: string) => `${name}, Amtszeit ${term}, ${at}: ${reason}`,
  },
  failover: {
    title: 'Letzter Leiterwechsel',
    none: 'Bisher kein Leiterwechsel.',
    head: (from: string | null, to: string, term: number, at: string, reason: string) =>
      `${from === null ? '' : `${from} → `}${to}, Amtszeit ${term}, ${at}: ${reason}`,
    detected: 'Bemerkt nach',
    elected: 'Gewählt in',
    recovered: 'Wiederhergestellt in',
    stopped: 'Handel stand still',
    accepted: 'Angenommene Einträge',
    beforeAfter: (before: number, after: number) => `vorher ${before}, nachher ${after}`,
    waiting: 'Wartende Gebote gesendet',
    lost: 'Angenommene Gebote verloren',
    messages: (desk: string) => `Nachrichten, gesehen von ${desk}`,
    bully: 'Das Lehrbuch braucht',
    predicted: (p: { election: number; ok: number; coordinator: number }, starter: string, dead: string | null) =>
      `ELECTION ${p.election} · OK ${p.ok} · COORDINATOR ${p.coordinator} insgesamt, wenn ${starter} beginnt${dead === null ? '' : ` und ${dead} tot ist`}`,
    chart: 'Dauer der Leiterwechsel',
    term: 'Amtszeit',
    who: 'Von → zu',
    table: 'Tabelle der Leiterwechsel',
    counts: (m: { election: number; ok: number; prepare: number; promise: number; coordinator: number }) =>
      `ELECTION ${m.election} · OK ${m.ok} · PREPARE ${m.prepare} · PROMISE ${m.promise} · COORDINATOR ${m.coordinator}`,
  },
  events: {
    title: 'Ereignisse',
    filter: 'Arten von Ereignissen',
    empty: 'Noch keine Ereignisse dieser Art.',
    where: (desk: string, term: number, entry: number) => `${desk} · Amtszeit ${term} · Eintrag #${entry}`,
    group: {
      election: 'Wahl',
      auction: 'Auktion',
      stock: 'Lager',
      fault: 'Störung',
      network: 'Netzwerk',
      membership: 'Mitglieder',
      system: 'System',
    },
  },
};
