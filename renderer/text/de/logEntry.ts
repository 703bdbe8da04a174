/**
 * German: an entry of the log.
 */
import type { TextFormat } from '../../../shared/errors.ts';
import type { LogCommand, LogEntry } from '../../../shared/logView.ts';
import { many } from './many.ts';
import { askedText } from './told.ts';

type Facts = LogEntry['facts'];
const text = (d: Facts, key: string): string => String(d[key] ?? '');

/** What stands in the log and is no request of a person, or is not for everybody. */
const others: ReadonlyMap<string, (d: Facts) => string> = new Map<string, (d: Facts) => string>([
  ['limit', (d) => `Höchstgebot auf ${text(d, 'title')}${d['guest'] === undefined ? '' : ` für ${text(d, 'guest')}`}`],
  ['payment', () => 'Eine Zahlung zwischen anderen'],
  ['draft', () => 'Einen Entwurf behalten'],
  ['pod.take', (d) => `${many(Number(d['rows'] ?? 0), 'Zeile', 'Zeilen')} von ${text(d, 'title')}`],
  ['pod.ready', (d) => `Bereit als Ersatz für ${text(d, 'title')}`],
  ['pod.suspect', (d) => `Vermisst Ausrichter oder Ersatz bei ${text(d, 'title')}`],
  ['noop', () => 'Ein zurückgezogener Auftrag'],
  ['unreadable', () => 'Hier nicht lesbar'],
]);

const systems: ReadonlyMap<string, (title: string) => string> = new Map<string, (title: string) => string>([
  ['close', (title) => `Was bei ${title} ansteht`],
  ['away', (title) => `Die Auktionsleitung von ${title} antwortet nicht`],
  ['back', (title) => `Die Auktionsleitung von ${title} ist wieder da`],
  ['tick', () => 'Die Zeit geht weiter'],
  ['leaderChange', () => 'Zeit, in der niemand bieten konnte'],
  ['seats', (title) => `Ausrichter und Ersatz von ${title}`],
  ['recall', (title) => `${title} geht an den Markt zurück`],
]);

const said = ({ author, type, asked, summary }: LogCommand, f: TextFormat): string =>
  `${author.name}: ${others.get(type)?.(asked) ?? askedText({ type, asked, summary }, f)}`;

const members = (d: Facts): string => {
  const watch = Number(d['observers'] ?? 0) === 1 ? '1 schaut zu' : `${text(d, 'observers')} schauen zu`;
  return `${many(Number(d['voters'] ?? 0), 'Rechner stimmt', 'Rechner stimmen')} ab, ${watch}${d['joint'] === true ? ' (beide Gruppen müssen zustimmen)' : ''}`;
};

export const logEntryText = ({ kind, facts: d, commands, more }: LogEntry, f: TextFormat): string => {
  switch (kind) {
    case 'genesis':
      return 'Der Markt beginnt';
    case 'view':
      return `${text(d, 'leader')} leitet Amtszeit ${text(d, 'term')}`;
    case 'config':
      return members(d);
    case 'fork':
      return `${many(Number(d['voters'] ?? 0), 'Rechner macht', 'Rechner machen')} ohne die anderen weiter`;
    case 'noop':
      return 'Nichts';
    case 'system':
      return systems.get(text(d, 'what'))?.(text(d, 'title')) ?? 'Hier nicht lesbar';
    case 'batch':
      return [...commands.map((command) => said(command, f)), ...(more > 0 ? [`${more} weitere`] : [])].join('; ');
  }
};
