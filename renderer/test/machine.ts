/**
 * The machine the fake desktop pretends to run on.
 */
import type { Result } from '../../shared/contract.ts';
import { NOW, desk } from './people.ts';

export const network: Result<'network'> = {
  open: true,
  address: '192.168.1.21:47100',
  busyPort: null,
  choice: { port: null, multicast: true, ignored: ['docker0'], fixed: { port: false, multicast: false } },
  multicast: 'ok',
  mdns: 'ok',
  receiveBuffer: 4 * 1024 * 1024,
  traffic: { datagramsIn: 4210, datagramsOut: 3977, bytesIn: 812_004, bytesOut: 655_310, messagesIn: 9120, messagesOut: 8855 },
  refused: [{ why: 'foreign', count: 3 }],
  interfaces: [
    {
      name: 'eth0',
      address: '192.168.1.21',
      used: true,
      virtual: false,
      internal: false,
      beaconsOut: 600,
      beaconsIn: 2400,
      sendErrors: 0,
      peerHeardMs: 300,
      ownHeardMs: 300,
    },
    {
      name: 'docker0',
      address: '172.17.0.1',
      used: false,
      virtual: true,
      internal: false,
      beaconsOut: 0,
      beaconsIn: 0,
      sendErrors: 0,
      peerHeardMs: null,
      ownHeardMs: null,
    },
  ],
  remembered: [
    { ...desk(2), address: '192.168.1.22:47100', lastHeardAt: NOW },
    { ...desk(3), address: '192.168.1.23:47100', lastHeardAt: null },
  ],
};

export const about: Result<'about'> = {
  version: '0.1.0',
  protocol: 1,
  dataDir: '/home/anna/.local/share/tradepost/default',
  runtime: 'Node 20.20.0, Electron 45.4.1',
  platform: 'linux x64',
  upSince: NOW - 3_600_000,
  dataBytes: 1_800_000,
  snapshot: { entry: 10_000, at: NOW - 60_000 },
  logLevel: 'info',
};

export const timings: Result<'timings'> = [
  { preset: 'lan', heartbeatMs: 50, suspectMs: 150, failMs: 300, failJitterMs: 60, okMs: 50 },
  { preset: 'demo', heartbeatMs: 500, suspectMs: 1000, failMs: 2000, failJitterMs: 400, okMs: 500 },
  { preset: 'event', heartbeatMs: 1000, suspectMs: 2000, failMs: 4000, failJitterMs: 800, okMs: 500 },
];

export const reportFiles: Result<'report'> = {
  name: 'tradepost-report-2026-03-14T1403.zip',
  files: ['about.json', 'settings.json', 'doctor.txt', 'network.json', 'events.txt', 'peer.log'].map((name) => ({
    name,
    text: `this is ${name}\n`,
  })),
};

export const scanned: Result<'peers.scan'> = {
  subnets: ['192.168.1.0/24'],
  asked: 253,
  found: [{ ...desk(6), address: '192.168.1.26:47100', market: 'Room 1' }],
};
