/**
 * The story of this desktop in sentences: one line per event kind, with the group the filter chips use.
 *
 * An event says what this desktop saw or did, so "suspected" is a belief, not a truth (PRODUCT 6). A kind without a line here is
 * shown by its name rather than hidden.
 */
import { z } from 'zod';
import type { EventView } from '../../../shared/views.ts';
import type { EventRecord } from '../peerPort.ts';
import type { Reader } from './reader.ts';

export const MAX_EVENTS_SHOWN = 1_000;

type Data = EventRecord['data'];
/** `who(key)`: the desktop named in the data; `word(key)`: any other fact; `self`: this desktop. */
interface Facts {
  readonly self: string;
  readonly term: number;
  /** Does somebody stronger than the leader keep quiet when it is back? */
  quiet(key: string): boolean;
  /** The leader that failed just before, if one did. */
  readonly failed: string | null;
  who(key: string): string;
  word(key: string): string;
}
interface Line {
  readonly group: EventView['group'];
  readonly text: (facts: Facts) => string;
}
const line = (group: EventView['group'], text: (facts: Facts) => string): Line => ({ group, text });

const seconds = (ms: string): string => (Number(ms) / 1_000).toFixed(1);

const lines: ReadonlyMap<string, Line> = new Map([
  ['suspected', line('election', (f) => `${f.who('peerId')} suspected`)],
  ['failed', line('election', (f) => `${f.who('peerId')} failed (no heartbeat for ${seconds(f.word('silentMs'))} s)`)],
  ['leaderHeard', line('election', (f) => `${f.who('leader')} is heard again`)],
  ['oneWay', line('election', (f) => `${f.who('peerId')} lives, heard through ${f.who('via')}: its link to here is dead`)],
  ['unheard', line('election', (f) => `${f.who('peerId')} does not hear ${f.self}`)],
  ['electionStarted', line('election', (f) => `${f.self} starts election, term ${f.word('nextTerm')}`)],
  ['electionHeard', line('election', (f) => `${f.who('from')} starts election, term ${f.word('nextTerm')}`)],
  ['electionAnswered', line('election', (f) => `${f.self} answers the election of ${f.who('to')}: ${f.word('verdict')}`)],
  ['strongerAnswered', line('election', (f) => `${f.who('by')} is the strongest so far`)],
  [
    'prepares',
    line(
      'election',
      (f) => `${f.failed === null ? '' : `No answer from ${f.failed}: `}${f.self} claims leadership, term ${f.word('term')}`,
    ),
  ],
  ['promised', line('election', (f) => `${f.self} promises term ${f.word('term')} to ${f.who('to')}`)],
  ['adoptsLog', line('election', (f) => `${f.self} reads the latest state of ${f.who('from')}: #${f.word('have')} of #${f.word('want')}`)],
  ['forfeits', line('election', (f) => `${f.self} gives up its claim`)],
  ['coordinator', line('election', (f) => `“Dear buyers and sellers, my name is ${f.who('leader')}, and I am the new coordinator.”`)],
  ['leads', line('election', (f) => `${f.self} leads, term ${f.word('term')}`)],
  ['leader', line('election', (f) => `${f.who('leader')} is the new leader (term ${f.word('term')})`)],
  ['following', line('election', (f) => `${f.self} follows ${f.who('leader')}`)],
  ['steppedDown', line('election', (f) => `${f.self} stepped down: ${f.word('why')}`)],
  ['isolated', line('election', (f) => `${f.self} reaches no majority`)],
  ['asksForLeadership', line('election', (f) => `${f.self} is stronger than ${f.who('leader')} and asks for leadership`)],
  ['handsOver', line('election', (f) => `${f.self} hands leadership over to ${f.who('to')}`)],
  ['handoverFailed', line('election', (f) => `The handover to ${f.who('to')} did not succeed`)],
  ['probation', line('system', (f) => `${f.self} stood still for ${seconds(f.word('lateMs'))} s and decides nothing for a moment`)],
  ['probationOver', line('system', (f) => `${f.self} takes part again`)],
  ['woke', line('system', (f) => `${f.self} woke from sleep`)],
  ['joinRequested', line('membership', (f) => `${f.word('name')} asks to be let in`)],
  ['joinRefused', line('membership', (f) => `Not let in: ${f.word('why')}`)],
  ['joined', line('membership', (f) => `${f.self} is in the market as number ${f.word('memberNo')}`)],
  ['left', line('membership', (f) => `${f.self} left the market`)],
  ['goodbye', line('membership', (f) => `${f.who('peerId')} says goodbye (${f.word('reason')})`)],
  ['silent', line('membership', (f) => `${f.who('peerId')} has not answered for ${seconds(f.word('silentMs'))} s`)],
  [
    'answersAgain',
    line('membership', (f) => `${f.who('peerId')} is back${f.quiet('peerId') ? ', keeps quiet until the next election' : ''}`),
  ],
  ['memberDown', line('membership', (f) => `${f.who('peerId')} does not answer`)],
  ['viewProposed', line('membership', (f) => `New group view ${f.word('viewNo')} proposed`)],
  ['evicted', line('membership', (f) => `${f.self} is not in the group any more`)],
  ['continuesAlone', line('membership', (f) => `${f.self} asks those it hears to go on without the others`)],
  ['forks', line('membership', (f) => `${f.self} goes on without the others from #${f.word('base')} on`)],
  ['forked', line('membership', (f) => `A history of its own begins at #${f.word('entry')}: some desktops are not part of it`)],
  ['goesThere', line('membership', (f) => `${f.self} goes on in the history of ${f.who('with')}, which has all of its own`)],
  [
    'diverged',
    line('fault', (f) => `Two histories: that of ${f.who('leader')} counts. What ${f.self} did since #${f.word('base')} is kept aside`),
  ],
  ['otherHistory', line('fault', (f) => `${f.who('peerId')} has another history since #${f.word('base')}; this one counts`)],
  ['goesAlong', line('membership', (f) => `${f.self} goes on with ${f.who('with')}, without the others`)],
  ['storeRefused', line('fault', (f) => `${f.who('by')} remembers more of this desktop's memory than it does (${f.word('why')})`)],
  ['oldMemory', line('fault', (f) => `${f.who('peerId')} came with an old memory and was refused (${f.word('why')})`)],
  ['evictionAsked', line('membership', (f) => `${f.who('by')} takes ${f.who('peerId')} off the list`)],
  ['removed', line('membership', (f) => `${f.self} was taken off the list by the operator`)],
  ['hosted', line('auction', (f) => `${f.who('host')} hosts ${f.word('lotId')} from entry #${f.word('epoch')} on`)],
  ['reported', line('auction', (f) => `${f.self} misses ${f.who('peerId')}, ${f.word('was')} of ${f.word('lotId')}, and reports it`)],
  ['badSignature', line('fault', (f) => `A request of ${f.who('clientId')} had a bad signature and was ignored`)],
  ['badChain', line('fault', (f) => `An entry that does not fit the history was ignored (#${f.word('index')})`)],
  ['digestDiffers', line('fault', (f) => `${f.who('peerId')} has another state at #${f.word('at')}`)],
  ['crashed', line('fault', (f) => `${f.who('peerId')} simulates a crash: it sends and receives nothing`)],
  ['recovered', line('fault', (f) => `${f.who('peerId')} begins again from its disk`)],
  ['crashAsked', line('fault', (f) => `${f.self} asks ${f.who('peerId')} to simulate a crash`)],
  ['snapshot', line('system', (f) => `Snapshot saved at #${f.word('index')}`)],
  ['snapshotOffered', line('system', (f) => `${f.who('from')} offers a snapshot at #${f.word('index')}`)],
  ['snapshotInstalled', line('system', (f) => `Snapshot installed at #${f.word('index')}`)],
  ['snapshotDamaged', line('fault', (f) => `The snapshot of ${f.who('from')} was damaged`)],
]);

const kindsByPrefix: readonly (readonly [string, EventView['group']])[] = [
  ['auction', 'auction'],
  ['lot', 'auction'],
  ['bid', 'auction'],
  ['order', 'stock'],
  ['offer', 'stock'],
  ['stock', 'stock'],
  ['item', 'stock'],
  ['crash', 'fault'],
  ['fault', 'fault'],
  ['recover', 'fault'],
  ['peer', 'network'],
  ['net', 'network'],
  ['socket', 'network'],
  ['send', 'network'],
  ['recv', 'network'],
  ['join', 'membership'],
  ['member', 'membership'],
  ['view', 'membership'],
  ['left', 'membership'],
  ['elect', 'election'],
  ['leader', 'election'],
];

function groupOf(kind: string): EventView['group'] {
  return lines.get(kind)?.group ?? kindsByPrefix.find(([prefix]) => kind.startsWith(prefix))?.[1] ?? 'system';
}

/** So many events back an election at most begins. */
const ELECTION_EVENTS = 30;

function failedBefore(reader: Reader, seq: number): string | null {
  const near = reader.port.events(Math.max(0, seq - ELECTION_EVENTS));
  const last = near.findLast((one) => one.seq < seq && (one.kind === 'failed' || one.kind === 'following' || one.kind === 'leads'));
  const peerId = last?.kind === 'failed' ? last.data['peerId'] : null;
  return typeof peerId === 'string' ? reader.nameOf(peerId) : null;
}

function textOf(reader: Reader, { kind, data, desk, term, seq }: EventRecord): string {
  const given = data['text'];
  if (typeof given === 'string' && given !== '') return given;
  const facts: Facts = {
    self: reader.nameOf(desk),
    term,
    who: (key) => {
      const value = data[key];
      return typeof value === 'string' && value !== '' ? reader.nameOf(value) : 'Somebody';
    },
    get failed() {
      return failedBefore(reader, seq);
    },
    quiet: (key) => {
      const { core, info } = reader;
      const priorityOf = (peerId: unknown): number => core?.peers.find((peer) => peer.peerId === peerId)?.priority ?? 0;
      return info?.takeover === 'never' && core !== null && priorityOf(data[key]) > priorityOf(core.leader);
    },
    word: (key) => String(data[key] ?? '?'),
  };
  return lines.get(kind)?.text(facts) ?? kind.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}

const groupNames = z.enum(['election', 'auction', 'stock', 'fault', 'network', 'membership', 'system']);

/** The peer may name the group itself in `data.group`. */
function groupFrom(kind: string, data: Data): EventView['group'] {
  const named = groupNames.safeParse(data['group']);
  return named.success ? named.data : groupOf(kind);
}

export function eventView(reader: Reader, record: EventRecord): EventView {
  return {
    seq: record.seq,
    wall: record.wall,
    desk: reader.ref(record.desk),
    term: record.term,
    entry: record.entry,
    clock: record.clock.map(([memberNo = 0, count = 0]) => [reader.port.nameOfMember(memberNo), count]),
    lamport: record.lamport,
    kind: record.kind,
    group: groupFrom(record.kind, record.data),
    text: textOf(reader, record),
    data: { ...record.data },
  };
}

/** The newest events after `since`, oldest first. */
export function eventsView(reader: Reader, since: number): EventView[] {
  return reader.port
    .events(since)
    .slice(-MAX_EVENTS_SHOWN)
    .map((record) => eventView(reader, record));
}
