/**
 * How the fake market stands: a quiet one led by Desk-5, and the report of the failover that may follow.
 */
import type { FailoverReport, StatusView } from '../../shared/views.ts';
import { NOW, desk, me } from './people.ts';

export const report: FailoverReport = {
  seenBy: desk(1),
  starter: desk(2),
  from: desk(5),
  to: desk(4),
  term: 2,
  reason: 'Desk-5 failed (no heartbeat for 2.0 s).',
  detectedMs: 2000,
  electedMs: 600,
  recoveredMs: 300,
  stoppedMs: 2900,
  messages: { election: 6, ok: 3, prepare: 4, promise: 4, coordinator: 3 },
  acceptedBefore: 12,
  acceptedAfter: 12,
  lost: 0,
  waitingSent: 1,
  at: NOW - 1000,
};

export const status: StatusView = {
  version: '0.1.0',
  protocol: 1,
  desk: { ...me, priority: 1, address: '192.168.1.21:47100' },
  phase: 'running',
  market: {
    marketId: 'm1',
    name: 'Room 1',
    currency: 'EUR',
    decimals: 2,
    commissionBps: 1000,
    allowNegative: true,
    faultsAllowed: true,
    preset: 'demo',
    takeover: 'demo',
    operator: desk(5),
  },
  role: 'follower',
  leader: desk(5),
  suspected: false,
  term: 1,
  viewNo: 3,
  commitIndex: 12,
  appliedIndex: 12,
  desktops: { reachable: 5, total: 5, voters: 5, votersReachable: 5, majority: 3 },
  trading: { ok: true, code: null, text: null },
  crash: null,
  stopReason: null,
  canContinueAlone: false,
  provisional: null,
  troubles: [],
  queue: 0,
  leaderNow: NOW,
  offsetMs: 2,
  digest: '3f9a61',
  lastFailover: null,
  leaderHistory: [{ term: 1, leader: desk(5), reason: 'first election', at: NOW - 600_000, entry: 1 }],
  foundMarkets: [],
};
