/** What the connection doctor makes of what the network layer observed. */
import { expect, test } from 'vitest';
import type { CorePeer } from './api/peerPort.ts';
import { examine } from './doctor.ts';
import type { Transport, TransportStats } from './net/transport.ts';
import { refusalGroup, refusals } from '../shared/refusals.ts';

const adapter: TransportStats['interfaces'][number] = {
  name: 'en0',
  address: '192.168.1.21',
  netmask: '255.255.255.0',
  internal: false,
  virtual: false,
  beaconsOut: 20,
  beaconsIn: 40,
  sendErrors: 0,
  ownHeardAt: 9_900,
  peerHeardAt: 9_900,
};
const stats: TransportStats = {
  traffic: { datagramsIn: 1, datagramsOut: 1, bytesIn: 1, bytesOut: 1, messagesIn: 1, messagesOut: 1 },
  refused: new Map(),
  multicast: 'ok',
  interfaces: [adapter],
  mdns: 'ok',
  receiveBuffer: 4 * 1024 * 1024,
  slots: 100,
  connected: [],
  heardFrom: ['p2'],
  otherVersion: null,
  now: 10_000,
};
const peer = (peerId: string): CorePeer => ({
  peerId,
  name: `Desk-${peerId.slice(1)}`,
  priority: 1,
  memberNo: 1,
  incarnation: 0,
  voter: true,
  state: 'alive',
  address: '192.168.1.22:47100',
  version: '0.1.0',
  lastHeardMs: 20,
  rttMs: 1,
  offsetMs: 0,
  match: 1,
});

interface Seen {
  readonly stats?: Partial<TransportStats>;
  readonly platform?: NodeJS.Platform;
  readonly answers?: readonly (readonly [string, number | null])[];
}

function codes({ stats: change = {}, platform = 'linux', answers = [] }: Seen): string[] {
  const transport: Pick<Transport, 'stats'> = { stats: () => ({ ...stats, ...change }) };
  const found = examine({
    transport,
    platform,
    busyPort: null,
    ownAddress: '192.168.1.21:47100',
    peers: answers.map(([peerId]) => peer(peerId)),
    answers: new Map(answers),
  });
  return found.filter(({ ok }) => ok === 'no').map(({ code }) => code);
}

const refusing = { ...adapter, beaconsOut: 0, sendErrors: 9, ownHeardAt: null };

test('[U35] a network that works has no fault', () => expect(codes({ answers: [['p2', 1.2]] })).toEqual([]));

test.each([
  ['darwin', 'MAC_DENIED'],
  ['linux', 'CANNOT_SEND'],
] as const)('[U35] an adapter that takes nothing means on %s: %s', (platform, code) =>
  expect(codes({ platform, stats: { interfaces: [refusing] } })).toEqual([code]),
);

test('[U35] who is heard and does not answer does not hear us; who is neither heard nor answers is away', () =>
  expect(
    codes({
      answers: [
        ['p2', null],
        ['p3', null],
        ['p4', 1],
      ],
    }),
  ).toEqual(['ONE_WAY', 'NO_ANSWER']));

test('[U35] an adapter that works and nobody who answers: the access point keeps them apart', () =>
  expect(
    codes({
      stats: { heardFrom: [] },
      answers: [
        ['p2', null],
        ['p3', null],
      ],
    }),
  ).toEqual(['NO_ANSWER', 'NO_ANSWER', 'CLIENT_ISOLATION']));

test('[U35] group messages that do not come back are blocked; no adapter is no network', () => {
  expect(codes({ stats: { multicast: 'blocked', interfaces: [{ ...adapter, ownHeardAt: null }] } })).toEqual([
    'MULTICAST_DEAF',
    'MULTICAST_BLOCKED',
  ]);
  expect(codes({ stats: { interfaces: [] } })).toEqual(['NO_INTERFACE']);
});

test('[U35] late and doubled datagrams are no warning; damaged and foreign ones are, in words', () => {
  const line = (refused: TransportStats['refused']) =>
    examine({
      transport: { stats: () => ({ ...stats, refused }) },
      platform: 'linux',
      busyPort: null,
      ownAddress: '',
      peers: [],
      answers: new Map(),
    }).find(({ code }) => code === 'REFUSED');
  expect(line(new Map())).toMatchObject({ state: 'ok', text: 'Every datagram was used.' });
  const late = new Map([
    ['answerUnasked', 2],
    ['replayed', 1],
  ] as const);
  expect(line(late)).toMatchObject({ state: 'ok', text: 'Datagrams set aside: 3 late, doubled or not for this desktop.' });
  expect(line(new Map([...late, ['foreign', 4], ['malformed', 5]] as const))).toMatchObject({
    state: 'warn',
    text: 'Datagrams set aside: 3 late, doubled or not for this desktop, 4 of other programs, or with another key, 5 damaged.',
    details: { answerUnasked: 2, replayed: 1, foreign: 4, malformed: 5 },
  });
});

test('[U35] every reason to set a datagram aside stands in a group by its name', () =>
  expect(Object.keys(refusals).filter((why) => refusalGroup(why) === 'damaged')).toEqual([
    'malformed',
    'undecodable',
    'fragmentBad',
    'fromMismatch',
    'twin',
  ]));

test('[U35] without sockets nothing else is asked', () =>
  expect(
    examine({ transport: null, platform: 'linux', busyPort: null, ownAddress: '', peers: [], answers: new Map() }).map(({ code }) => code),
  ).toEqual(['NOT_CONNECTED']));
