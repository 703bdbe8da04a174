/** Who hosts a lot, and what the market takes from hosts. Five desks p1 to p5 with member numbers 1 to 5; p5 leads. */
import { expect, test } from 'vitest';
import { commitmentOf } from './auctions/index.ts';
import { Desk } from './fixture.ts';
import type { Lot } from './records.ts';
import type { PodRow } from './pods/commands.ts';
import type { Room } from './pods/autopilot.ts';
import type { CommandResult } from './types.ts';

const everybody: Room = { leader: 'p5', silent: () => false, leaves: () => false, there: () => true, gone: () => false };
const without = (...peers: string[]): Room => ({ ...everybody, silent: (peerId) => peers.includes(peerId) });

function bidRow(member: number, seq: number, t: number, amount: number): PodRow {
  return [member, `p${member}`, seq, t, JSON.stringify({ type: 'auction.bid', lotId: 'lot-1', amount })];
}

class Hosted extends Desk {
  /** A lot of p2 that has got its host. */
  constructor(backups = 1) {
    super();
    this.auction('p2', { backups, softCloseMs: 0 });
    this.pilot(everybody);
  }

  /** Applies what the leader proposes. */
  pilot(room: Room): void {
    for (const command of this.market.due(this.t, room.silent, room)) this.system(command);
  }

  get pod(): NonNullable<Lot['pod']> {
    const { pod } = this.lot();
    if (pod === null) throw new Error('the lot has no host');
    return pod;
  }

  suspect(member: number, accused: number, epoch = this.pod.epoch): CommandResult {
    return this.pods(member, { type: 'pod.suspect', lotId: 'lot-1', epoch, accused });
  }

  take(member: number, from: number, rows: PodRow[], more: { all?: boolean; epoch?: number } = {}): CommandResult {
    return this.pods(member, { type: 'pod.take', lotId: 'lot-1', epoch: more.epoch ?? this.pod.epoch, from, all: more.all ?? false, rows });
  }

  ready(member: number): CommandResult {
    return this.pods(member, { type: 'pod.ready', lotId: 'lot-1', epoch: this.pod.epoch });
  }

  pods(member: number, command: Parameters<Desk['market']['executePod']>[2]): CommandResult {
    const result = this.market.executePod(this.next(), `p${member}`, command);
    this.check();
    return result;
  }
}

test('[P1] [A7] a hosted lot takes bids of guests from its auctioneer and from its operator, also of one the host has not heard of', () => {
  const desk = new Hosted();
  const { operator } = desk.pod;
  const bid = (author: string, seq: number, guest: number, amount: number): PodRow => [
    Number(author.slice(1)),
    author,
    seq,
    desk.t,
    JSON.stringify({ type: 'auction.bid', lotId: 'lot-1', amount, guest }),
  ];
  const rows = [bid('p2', 1, 101, 3000), bid('p3', 1, 101, 3500), bid(operator, 1, 102, 3600)];
  const machine = desk.market.pods.open('lot-1');
  for (const row of rows) machine?.run(desk.next(), row);
  const answers = [machine?.answer(2, 1), machine?.answer(3, 1)];
  expect(answers.map((text) => JSON.parse(text ?? '{}'))).toMatchObject([{ ok: true }, { ok: false, code: 'GUEST_DESK_ONLY' }]);
  // By the time the rows come back one of the two is registered, by another name than a bid could know.
  desk.ok(operator, { type: 'guest.add', paddle: 101, name: 'Anna Berg' });
  expect(desk.take(1, 1, rows, { all: true })).toMatchObject({ ok: true });
  expect(desk.lot().bids).toMatchObject([
    { bidder: 'guest-101', by: 'p2', amount: 3000 },
    { bidder: 'guest-102', by: operator, amount: 3600 },
  ]);
  expect([2, 3].map((member) => desk.market.pods.answer('lot-1', member, 1))).toEqual(answers);
  expect([...desk.market.state.guests.values()].map(({ no, name }) => [no, name])).toEqual([
    [101, 'Anna Berg'],
    [102, ''],
  ]);
});

const STALE = { ok: false, code: 'POD_STALE' };

test('[P2] a lot gets a host and a backup from those who answer, the leader last; below four desktops it gets none', () => {
  const few = new Desk();
  few.auction('p2', { backups: 1 });
  expect(few.market.due(few.t, () => false, without('p3', 'p4'))).toEqual([]);
  const desk = new Hosted();
  expect(desk.pod).toMatchObject({ host: 1, backups: [2], joining: null, epoch: desk.index, length: 0 });
  expect(desk.market.due(desk.t, () => false, everybody)).toEqual([]);
});

test('[P2] what a lot without backups, or one that needs the market\u2019s own clock, is asked goes through the log', () => {
  const desk = new Desk();
  desk.auction('p2', { backups: 0 });
  desk.auction('p2', { backups: 1, ticks: 50 });
  expect(desk.market.due(desk.t, () => false, everybody)).toEqual([]);
  expect(desk.bid('p3', 2_000)).toMatchObject({ ok: true });
});

test('[P2] bids on a hosted lot are not executed by the log', () => {
  const desk = new Hosted();
  expect(desk.bid('p3', 2_000)).toEqual({ ok: false, code: 'LOT_HOSTED', details: { lotId: 'lot-1' } });
  expect(desk.lot().bids).toEqual([]);
});

test('[P3] either may report the other; the first report decides, and the other one is of an older epoch', () => {
  const desk = new Hosted();
  const { epoch } = desk.pod;
  expect(desk.suspect(2, 1)).toMatchObject({ ok: true });
  expect(desk.pod).toMatchObject({ host: 2, backups: [], carried: false, holders: [1, 2] });
  expect(desk.suspect(1, 2, epoch)).toMatchObject(STALE);
  expect(desk.pod.host).toBe(2);
});

test('[P3] nobody makes himself host: who has no seat reports nobody, and nobody reports himself', () => {
  const desk = new Hosted();
  expect(desk.suspect(3, 1)).toMatchObject(STALE);
  expect(desk.suspect(2, 2)).toMatchObject(STALE);
  expect(desk.suspect(2, 3)).toMatchObject(STALE);
  expect(desk.pod).toMatchObject({ host: 1, backups: [2] });
});

test('[P1] rows are taken once and in order, from the host of this epoch only', () => {
  const desk = new Hosted();
  const { epoch } = desk.pod;
  expect(desk.take(2, 1, [bidRow(3, 1, desk.t, 2_000)])).toMatchObject(STALE);
  expect(desk.take(1, 2, [bidRow(3, 1, desk.t, 2_000)])).toMatchObject(STALE);
  const rows = [bidRow(3, 1, desk.t, 2_000), bidRow(4, 1, desk.t + 1, 2_100)];
  expect(desk.take(1, 1, rows)).toMatchObject({ ok: true });
  expect(desk.take(1, 1, [...rows, bidRow(3, 2, desk.t + 2, 2_200)])).toMatchObject({ ok: true });
  expect(desk.lot().bids.map((bid) => bid.amount)).toEqual([2_000, 2_100, 2_200]);
  expect(desk.pod.length).toBe(3);
  desk.suspect(2, 1);
  expect(desk.take(1, 4, [bidRow(3, 3, desk.t + 3, 9_000)], { epoch })).toMatchObject(STALE);
  expect(desk.lot().price).toBe(2_200);
});

test('[P1] a request is executed once, whatever row it comes in', () => {
  const desk = new Hosted();
  desk.take(1, 1, [bidRow(3, 1, desk.t, 2_000), bidRow(4, 1, desk.t, 3_000), bidRow(3, 1, desk.t, 5_000)]);
  expect(desk.lot().bids.map((bid) => bid.amount)).toEqual([2_000, 3_000]);
});

test('[P1] a new backup sits only when all that was committed is in the log; before that nobody else can become host', () => {
  const desk = new Hosted();
  desk.suspect(1, 2);
  desk.pilot(without('p2'));
  expect(desk.pod).toMatchObject({ host: 1, backups: [], joining: 3, carried: false });
  expect(desk.ready(3)).toMatchObject(STALE);
  desk.pilot(without('p1', 'p2'));
  expect(desk.pod.host).toBe(1);
  desk.take(1, 1, [bidRow(4, 1, desk.t, 2_000)], { all: true });
  expect(desk.pod).toMatchObject({ carried: true, holders: [] });
  expect(desk.ready(4)).toMatchObject(STALE);
  expect(desk.ready(3)).toMatchObject({ ok: true });
  expect(desk.pod).toMatchObject({ host: 1, backups: [3], carried: false, holders: [1, 3] });
});

test('[P1] of a host and a backup that both fell silent the one that comes back goes on, and nobody else', () => {
  const desk = new Hosted();
  desk.pilot(without('p1', 'p2'));
  expect(desk.pod).toMatchObject({ host: 1, backups: [2] });
  desk.pilot(without('p1'));
  expect(desk.pod).toMatchObject({ host: 2, backups: [], holders: [1, 2] });
});

test('[P2] who did not answer just now, and may have died together with the host, does not take over from it', () => {
  const desk = new Hosted(2);
  desk.pilot({ ...without('p1'), there: () => false });
  expect(desk.pod).toMatchObject({ host: 1, backups: [2, 3], holders: [1, 2, 3] });
  desk.pilot({ ...without('p1'), there: (peerId) => peerId === 'p3' });
  expect(desk.pod).toMatchObject({ host: 3, backups: [2], holders: [2, 3] });
});

test('[P2] a backup that wants to leave is relieved, and another one gets ready', () => {
  const desk = new Hosted();
  const room = { ...without('p2'), leaves: (peerId: string) => peerId === 'p2' };
  desk.pilot(room);
  expect(desk.pod).toMatchObject({ host: 1, backups: [2], joining: 3 });
  desk.pilot(room);
  expect(desk.pod).toMatchObject({ backups: [2], joining: 3 });
  getReady(desk);
  expect(desk.pod).toMatchObject({ backups: [2, 3], holders: [1, 2, 3] });
  desk.pilot(room);
  expect(desk.pod).toMatchObject({ host: 1, backups: [3], joining: null, holders: [1, 3] });
});

test('[P2] where nobody can take its place a backup goes all the same, once the host is sure to have all bids', () => {
  const desk = new Hosted();
  const room: Room = { ...without('p2', 'p3', 'p4', 'p5'), leaves: (peerId) => peerId === 'p2' };
  desk.pilot({ ...room, there: () => false });
  expect(desk.pod).toMatchObject({ host: 1, backups: [2] });
  desk.pilot(room);
  expect(desk.pod).toMatchObject({ host: 1, backups: [], joining: null });
});

test('[P1] with two backups the survivors go on together', () => {
  const desk = new Hosted(2);
  expect(desk.pod).toMatchObject({ host: 1, backups: [2, 3] });
  desk.suspect(3, 1);
  expect(desk.pod).toMatchObject({ host: 3, backups: [2], holders: [2, 3] });
});

test('[P3] a lone host whose rows the log has is replaced by anybody', () => {
  const desk = new Hosted();
  desk.suspect(1, 2);
  desk.take(1, 1, [], { all: true });
  desk.pilot(without('p1', 'p2'));
  expect(desk.pod).toMatchObject({ host: 3, backups: [], carried: true });
});

test('[P4] what the host\u2019s books answer is what the log\u2019s have', () => {
  const desk = new Hosted();
  const books = desk.market.pods.open('lot-1');
  const rows = [
    bidRow(3, 1, desk.t, 2_000),
    bidRow(4, 7, desk.t + 5, 2_050),
    bidRow(4, 8, desk.t + 6, 3_500),
    bidRow(2, 1, desk.t + 7, 9_000),
  ];
  for (const row of rows) books?.run(desk.next(), row);
  const answers = rows.map(([member, , seq]) => books?.answer(member, seq));
  expect(answers.map((text) => JSON.parse(text ?? '').code ?? 'ok')).toEqual(['ok', 'BID_TOO_LOW', 'ok', 'BID_OWN_LOT']);
  desk.take(1, 1, rows);
  expect(rows.map(([member, , seq]) => desk.market.pods.answer('lot-1', member, seq))).toEqual(answers);
});

test('[P5] the closing comes as a row, settles the lot once and frees the seats', () => {
  const desk = new Hosted();
  const end = desk.lot().endsAt ?? 0;
  desk.t = end + 5_000;
  expect(desk.market.due(desk.t)).toEqual([]);
  const rows: PodRow[] = [bidRow(3, 1, end - 1_000, 4_000), [0, '', 0, end, '{"type":"close"}'], bidRow(4, 1, end + 1, 9_000)];
  const { epoch } = desk.pod;
  desk.take(1, 1, rows);
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'p3', price: 4_000, pod: null });
  expect(desk.take(1, 1, rows, { epoch })).toMatchObject(STALE);
  expect([desk.balance('p3'), desk.balance('p2')]).toEqual([-4_000, 3_600]);
});

test('[A3] a lot that its host ended by a clock ahead of the log is closed at its end, not before', () => {
  const desk = new Hosted();
  const terms = { kind: 'sealed', minimum: 100, deposit: 0, revealMs: 5_000, durationMs: 60_000 } as const;
  desk.do('p2', { type: 'auction.create', name: 'vase', ...terms, start: 'now', source: 'new', backups: 1 });
  desk.pilot(everybody);
  const lotId = 'lot-2';
  const commitment = commitmentOf(desk.secret('p3', 500, 1, lotId));
  const rows: PodRow[] = [
    [3, 'p3', 1, desk.t, JSON.stringify({ type: 'auction.seal', lotId, round: 1, commitment })],
    [2, 'p2', 1, desk.t + 40, JSON.stringify({ type: 'auction.close', lotId })],
  ];
  const { pod } = desk.lot(lotId);
  if (pod === null) throw new Error('no host');
  expect(desk.pods(pod.host, { type: 'pod.take', lotId, epoch: pod.epoch, from: 1, all: true, rows })).toMatchObject({ ok: true });
  expect(desk.lot(lotId)).toMatchObject({ state: 'closing', pod: null, endsAt: desk.t + 40 });
  expect(desk.reveal('p3', 500, 1, lotId)).toMatchObject({ ok: true });
  expect(desk.lot(lotId)).toMatchObject({ state: 'sold', winner: 'p3', closedAt: desk.t + 40 });
});

test('[P5] closing everything reaches hosted lots through their host', () => {
  const desk = new Hosted();
  expect(desk.do('p1', { type: 'auction.endAll' })).toMatchObject({ ok: true, data: { closed: 1 } });
  expect(desk.pod.stop).toBe(true);
  desk.take(1, 1, [[0, '', 0, desk.t, '{"type":"stop"}']]);
  expect(desk.lot()).toMatchObject({ state: 'notSold', pod: null });
});

test('[P2] when nobody who has the bids is a member any more the lot goes back to the log, with time to bid', () => {
  const desk = new Hosted();
  desk.take(1, 1, [bidRow(3, 1, desk.t, 2_000)]);
  desk.t = (desk.lot().endsAt ?? 0) + 60_000;
  desk.pilot({ ...everybody, gone: (peerId) => peerId === 'p1' || peerId === 'p2' });
  expect(desk.lot()).toMatchObject({ state: 'open', pod: null, price: 2_000 });
  expect(desk.bid('p4', 2_100)).toMatchObject({ ok: true });
});

/** Hosts carry what they have into the log, and whoever is to become a backup becomes one. */
function getReady(desk: Desk): void {
  for (const { lotId, pod } of desk.market.state.lots.values()) {
    if (pod === null || pod.joining === null) continue;
    const { host, joining } = pod;
    const carry = (): void => {
      const epoch = desk.lot(lotId).pod?.epoch ?? 0;
      desk.market.executePod(desk.next(), `p${host}`, { type: 'pod.take', lotId, epoch, from: 1, all: true, rows: [] });
    };
    carry();
    desk.market.executePod(desk.next(), `p${joining}`, { type: 'pod.ready', lotId, epoch: pod.epoch });
    carry();
  }
}

test('[P2] duties move to desktops that have joined, one at a time, until they are even', () => {
  const desk = new Desk();
  const busy = without('p3', 'p4');
  desk.market.admit(desk.next(), 'p6', 'Desk-6', 6);
  for (let n = 1; n <= 4; n++) desk.auction('p2', { backups: 1 });
  const pilot = (room: Room): number => {
    const due = desk.market.due(desk.t, room.silent, room);
    for (const command of due) desk.system(command);
    return due.length;
  };
  pilot(busy);
  const seats = (): number[] => [...desk.market.state.lots.values()].flatMap(({ pod }) => (pod === null ? [] : [pod.host, ...pod.backups]));
  expect(seats()).not.toContain(3);
  for (let step = 0; step < 40; step++) {
    pilot(everybody);
    getReady(desk);
  }
  expect(pilot(everybody)).toBe(0);
  expect(seats()).toEqual(expect.arrayContaining([3, 4]));
});

test('[P2] a duty moves when the new one is ready, and while one with all bids is sure to be there: others may have died together', () => {
  const desk = new Desk();
  desk.market.admit(desk.next(), 'p6', 'Desk-6', 6);
  for (let n = 1; n <= 4; n++) desk.auction('p2', { backups: 2 });
  const busy = without('p3', 'p4');
  for (const command of desk.market.due(desk.t, busy.silent, busy)) desk.system(command);
  const seats = (): number[][] => [...desk.market.state.lots.values()].map(({ pod }) => (pod === null ? [] : [pod.host, ...pod.backups]));
  expect(seats().flat()).not.toContain(3);
  const pilot = (room: Room): number => {
    const due = desk.market.due(desk.t, room.silent, room);
    for (const command of due) desk.system(command);
    return due.length;
  };
  // Nobody is added of whom a new leader has heard nothing yet.
  expect(pilot({ ...everybody, there: () => false })).toBe(0);
  expect(pilot(everybody)).toBe(1);
  expect(seats().every((members) => members.length === 3)).toBe(true);
  getReady(desk);
  expect(seats().filter((members) => members.length === 4)).toHaveLength(1);
  expect(pilot({ ...everybody, there: () => false })).toBe(0);
  expect(pilot(everybody)).toBe(1);
  expect(seats().every((members) => members.length === 3)).toBe(true);
});

test('[P2] from five desktops to forty: the leader spreads sixty lots until nobody has more than one duty too many', () => {
  const desk = new Desk();
  const lots = 60;
  for (let n = 0; n < lots; n++) desk.auction('p2', { backups: 1 });
  const pilot = (): number => {
    const due = desk.market.due(desk.t, everybody.silent, everybody);
    for (const command of due) desk.market.system(desk.next(), command);
    return due.length;
  };
  const loads = (): number[] => {
    const load = new Map([...desk.market.state.members.values()].map(({ memberNo }) => [memberNo, 0]));
    for (const { pod } of desk.market.state.lots.values()) {
      if (pod === null) throw new Error('a lot has no host');
      load.set(pod.host, (load.get(pod.host) ?? 0) + 2);
      for (const no of pod.backups) load.set(no, (load.get(no) ?? 0) + 1);
    }
    // The leader is the last to be asked.
    load.delete(5);
    return [...load.values()];
  };
  pilot();
  expect(Math.max(...loads()) - Math.min(...loads())).toBeLessThanOrEqual(2);
  for (let no = 6; no <= 40; no++) desk.market.admit(desk.next(), `p${no}`, `Desk-${no}`, no);
  let steps = 0;
  while (pilot() > 0) {
    steps += 1;
    if (steps > 2_000) throw new Error('duties move for ever');
    getReady(desk);
  }
  desk.check();
  const after = loads();
  expect(after).toHaveLength(39);
  expect(after.reduce((sum, one) => sum + one, 0)).toBe(3 * lots);
  expect(Math.max(...after) - Math.min(...after)).toBeLessThanOrEqual(3);
});

test('[P1] a hosted lot survives a snapshot', () => {
  const desk = new Hosted();
  desk.take(1, 1, [bidRow(3, 1, desk.t, 2_000)]);
  const again = JSON.stringify(desk.market.snapshot());
  expect(JSON.parse(again).lots[0].pod).toMatchObject({ host: 1, backups: [2], length: 1 });
});

test('[M8] [P1] a hosted lot is directed by the operator it began with: what its host answered is what every desktop works out later', () => {
  const desk = new Hosted();
  desk.ok('p1', { type: 'market.operator', peerId: 'p3' });
  const pause = (member: number, seq: number): PodRow => [member, `p${member}`, seq, desk.t, '{"type":"auction.pause","lotId":"lot-1"}'];
  const answer = (member: number, seq: number): unknown => JSON.parse(desk.market.pods.answer('lot-1', member, seq) ?? 'null');
  const host = desk.market.pods.open('lot-1');
  for (const row of [pause(3, 1), pause(1, 1)]) host?.run(desk.next(), row);
  desk.take(1, 1, [pause(3, 1), pause(1, 1)]);
  expect(answer(3, 1)).toMatchObject({ ok: false, code: 'NOT_AUCTIONEER' });
  expect(answer(1, 1)).toMatchObject({ ok: true });
  for (const member of [1, 3]) expect(JSON.parse(host?.answer(member, 1) ?? 'null')).toEqual(answer(member, 1));
});
