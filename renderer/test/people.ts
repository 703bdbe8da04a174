/**
 * The five desktops of the fake market and the small helpers its data is written with.
 */
import type { LotKey, LotSaid } from '../../shared/lotSaid.ts';
import type { Amount, PeerRef, PeerView } from '../../shared/views.ts';
import { plainMoney } from '../../shared/money.ts';

export const NOW = Date.UTC(2026, 2, 14, 13, 3, 10);

export const eur = (minor: number): Amount => ({ minor, text: plainMoney(minor, 2) });

export const desk = (n: number): PeerRef => ({ peerId: `p${n}`, name: `Desk-${n}` });

/** This window's desktop. */
export const me = desk(1);

export const peer = (n: number, change: Partial<PeerView> = {}): PeerView => ({
  ...desk(n),
  priority: n,
  you: n === 1,
  voter: true,
  leader: n === 5,
  state: 'alive',
  lastHeardMs: n === 1 ? null : 120 * n,
  rttMs: n === 1 ? null : 0.4 * n,
  offsetMs: n === 1 ? 0 : n - 3,
  entry: 12,
  address: `192.168.1.2${n}:47100`,
  version: '0.1.0',
  memberNo: n,
  incarnation: 0,
  hosts: 0,
  backs: 0,
  ...change,
});

export const said = (key: LotKey, d: LotSaid['d'] = {}): LotSaid => ({ key, d, rows: [] });
