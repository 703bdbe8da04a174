/**
 * The log in words: who asked for what in which entry.
 *
 * Everybody has the log, and limits, reserves and drafts stand in it (decision 0037). Whoever wants to read them has to look for them; this
 * page does not carry them to everybody's screen.
 */
import { guestAccount } from '../../../shared/guests.ts';
import type { FileLine, LogCommand, LogEntry, LogPage } from '../../../shared/logView.ts';
import { type MarketCommand, parseCommand } from '../../../shared/commands.ts';
import { parsePodCommand, POD_COMMAND, type SystemCommand, systemCommand } from '../../market/index.ts';
import { without } from '../black.ts';
import type { LogRecord } from '../peerPort.ts';
import { authorRef, bidderRef, concerns, hides, lotOf } from './bidders.ts';
import { itemName, type Reader } from './reader.ts';
import { summary } from './requests.ts';

const MAX_COMMANDS = 8;
const MAX_LINES = 500;
const LEVELS: ReadonlyMap<number, string> = new Map([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
]);

/** Facts of a command that anybody may read. */
const SHOWN = ['name', 'category', 'barcode', 'sku', 'quantity', 'price', 'amount', 'delta', 'offerId', 'peerId', 'debtor', 'ref'] as const;

const titleOf = (reader: Reader, lotId: string): string => reader.state?.lots.get(lotId)?.title ?? lotId;

function asked(reader: Reader, command: MarketCommand): LogCommand['asked'] {
  const facts: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(command)) {
    if (SHOWN.some((one) => one === key) && (typeof value === 'string' || typeof value === 'number')) facts[key] = value;
  }
  if ('itemId' in command && command.itemId !== undefined) facts['goods'] = itemName(reader, command.itemId);
  if ('lotId' in command) facts['title'] = titleOf(reader, command.lotId);
  if ('picture' in command) facts['removed'] = command.picture === null;
  if ('guest' in command && command.guest !== undefined) {
    facts['guest'] = bidderRef(reader, lotOf(reader, command.lotId), guestAccount(command.guest)).name;
  }
  if ('rows' in command) facts['rows'] = command.rows.length;
  return facts;
}

/** Whose accounts a payment or a credit is about. */
function parties(command: MarketCommand): readonly string[] {
  if (command.type === 'settle.pay') return [command.debtor, command.creditor];
  return command.type === 'account.credit' ? [command.peerId] : [];
}

/** What is secret is named, and not shown. `things`: names of goods and lots that count more than those of the present state. */
export function masked(
  reader: Reader,
  author: string,
  command: MarketCommand,
  things?: ReadonlyMap<string, string>,
): Omit<LogCommand, 'author'> {
  const mine = author === reader.me;
  if (command.type === 'auction.autobid' && !mine) {
    const title = things?.get(command.lotId) ?? titleOf(reader, command.lotId);
    const { guest } = asked(reader, command);
    return {
      type: 'limit',
      summary: `Auto-bid on ${title}${guest === undefined ? '' : ` for ${String(guest)}`}`,
      asked: { title, ...(guest === undefined ? {} : { guest }) },
    };
  }
  if ((command.type === 'auction.create' || command.type === 'auction.relist') && command.start === 'draft' && !mine) {
    return { type: 'draft', summary: 'Keep a draft', asked: {} };
  }
  if ((command.type === 'guest.add' || command.type === 'guest.rename') && hides(reader)) {
    return { type: 'guest.add', summary: 'Register a guest', asked: {} };
  }
  const paid = parties(command);
  if (paid.length > 0 && !mine && !concerns(reader, ...paid)) {
    return { type: 'payment', summary: 'A payment between others', asked: {} };
  }
  return { type: command.type, summary: summary(reader, command, things), asked: asked(reader, command) };
}

function commandOf(reader: Reader, { author, body }: LogRecord['commands'][number]): LogCommand {
  const pod = body.startsWith(POD_COMMAND) ? parsePodCommand(body) : null;
  if (pod !== null) {
    const title = titleOf(reader, pod.lotId);
    const rows = pod.type === 'pod.take' ? pod.rows.length : 0;
    const said = {
      'pod.take': `${rows} rows of ${title}`,
      'pod.ready': `Ready to back up ${title}`,
      'pod.suspect': `Misses its partner for ${title}`,
    };
    return { author: reader.ref(author), type: pod.type, summary: said[pod.type], asked: { title, rows } };
  }
  const parsed = parseCommand(body);
  if (parsed.ok) return { author: authorRef(reader, author, parsed.command), ...masked(reader, author, parsed.command) };
  const taken = body === '{"type":"noop"}';
  return {
    author: reader.ref(author),
    type: taken ? 'noop' : 'unreadable',
    summary: taken ? 'A request that was taken back' : 'Not readable here',
    asked: {},
  };
}

function systemFacts(reader: Reader, body: string): LogEntry['facts'] {
  let json: unknown = null;
  try {
    json = JSON.parse(body);
  } catch {
    return { what: 'unreadable' };
  }
  const parsed = systemCommand.safeParse(json);
  if (!parsed.success) return { what: 'unreadable' };
  const command: SystemCommand = parsed.data;
  return { what: command.type, ...('lotId' in command ? { title: titleOf(reader, command.lotId) } : {}) };
}

const SYSTEM: Readonly<Record<SystemCommand['type'], (title: string) => string>> = {
  close: (title) => `What is due for ${title}`,
  away: (title) => `The auctioneer of ${title} does not answer`,
  back: (title) => `The auctioneer of ${title} is back`,
  tick: () => 'Time goes on',
  leaderChange: () => 'Time in which nobody could bid',
  seats: (title) => `Host and backups of ${title}`,
  recall: (title) => `${title} goes back to the market`,
};

function factsOf(reader: Reader, record: LogRecord): LogEntry['facts'] {
  if (record.lead !== null) return { leader: reader.nameOf(record.lead), term: record.term };
  if (record.view !== null) return { ...record.view };
  return record.system === null ? {} : systemFacts(reader, record.system);
}

function textOf(kind: LogEntry['kind'], facts: LogEntry['facts'], commands: readonly LogCommand[], more: number): string {
  const watch = facts['observers'] === 1 ? '1 watches' : `${String(facts['observers'])} watch`;
  switch (kind) {
    case 'genesis':
      return 'The market begins';
    case 'view':
      return `${String(facts['leader'])} leads term ${String(facts['term'])}`;
    case 'config':
      return `${String(facts['voters'])} desktops vote, ${watch}${facts['joint'] === true ? ' (both groups must agree)' : ''}`;
    case 'fork':
      return `${String(facts['voters'])} desktops go on without the others`;
    case 'noop':
      return 'Nothing';
    case 'system': {
      const what = Object.entries(SYSTEM).find(([type]) => type === facts['what'])?.[1];
      return what === undefined ? 'Not readable here' : what(String(facts['title'] ?? ''));
    }
    case 'batch':
      return [...commands.map(({ author, summary: said }) => `${author.name}: ${said}`), ...(more > 0 ? [`${more} more`] : [])].join('; ');
  }
}

function entryView(reader: Reader, record: LogRecord): LogEntry {
  const { index: entry, term, t: at, type: kind, hash, committed } = record;
  const commands = record.commands.slice(0, MAX_COMMANDS).map((command) => commandOf(reader, command));
  const more = record.commands.length - commands.length;
  const facts = factsOf(reader, record);
  return { entry, term, at, kind, hash, committed, text: textOf(kind, facts, commands, more), facts, commands, more };
}

/** Before entry `before` (or from the newest on), newest first. */
export function logView(reader: Reader, before: number | undefined, limit: number): LogPage {
  const { first, last, records } = reader.port.desktop.log(before ?? Number.MAX_SAFE_INTEGER, limit);
  return { first, last, entries: records.map((record) => entryView(reader, record)) };
}

function lineOf(text: string): FileLine | null {
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line !== 'object' || line === null) return null;
    const { level, time, msg, ...rest }: Record<string, unknown> = { ...line };
    const facts = Object.entries(rest).map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
    const at = Date.parse(String(time));
    return { at: Number.isNaN(at) ? 0 : at, level: LEVELS.get(Number(level)) ?? 'info', text: [String(msg ?? ''), ...facts].join(' ') };
  } catch {
    return null;
  }
}

/** The end of the log file without these words. */
export function fileLines(tail: string, secrets: readonly string[]): FileLine[] {
  return without(
    tail,
    secrets.map((secret) => [secret, '•••••'] as const),
  )
    .split('\n')
    .slice(-MAX_LINES - 1)
    .flatMap((line) => lineOf(line) ?? [])
    .reverse();
}
