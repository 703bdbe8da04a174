/**
 * What can go wrong, as plain values: everything chance decides about a fault is in it, so a storm is a list that can be replayed,
 * shortened and read.
 *
 * Desktops are named by number (1 based). Every fault has an end, so the healing phase starts from a world that can heal.
 */
import type { Prng } from './random.ts';

export type FaultKind =
  | 'crash'
  | 'crashAll'
  | 'pause'
  | 'cutOneWay'
  | 'cutPair'
  | 'isolate'
  | 'split'
  | 'flap'
  | 'clog'
  | 'wallJump'
  | 'drift'
  | 'operator'
  | 'sleep'
  | 'leave'
  | 'wipe'
  | 'burst'
  | 'replay'
  | 'slowDisk'
  | 'diskError'
  | 'diskFull'
  | 'snapshotDamage'
  | 'crashSeat'
  | 'crashSeatAndLeader';

type What =
  | { readonly kind: 'crash'; readonly desk: number; readonly forMs: number }
  /** A power cut: all of these within a moment, back one after the other. */
  | { readonly kind: 'crashAll'; readonly desks: readonly { readonly desk: number; readonly afterMs: number; readonly forMs: number }[] }
  | { readonly kind: 'pause'; readonly desk: number; readonly forMs: number }
  /** A closed lid. `told`: the system says so before and after; `still`: the monotonic clock stands still meanwhile. */
  | { readonly kind: 'sleep'; readonly desk: number; readonly forMs: number; readonly told: boolean; readonly still: boolean }
  /** No way from any of `from` to any of `to`. With `flapMs` the link comes and goes that fast. */
  | {
      readonly kind: 'cut';
      readonly from: readonly number[];
      readonly to: readonly number[];
      readonly bothWays: boolean;
      readonly flapMs: number;
      readonly forMs: number;
    }
  | { readonly kind: 'clog'; readonly from: number; readonly to: number; readonly byMs: number; readonly forMs: number }
  | { readonly kind: 'wallJump'; readonly desk: number; readonly byMs: number }
  | { readonly kind: 'drift'; readonly desk: number; readonly rate: number }
  | { readonly kind: 'operator'; readonly desk: number; readonly says: 'elect' | 'stepDown' }
  /** With `backMs` it asks to be let in again after that time, with an empty store when `wiped`. */
  | { readonly kind: 'leave'; readonly desk: number; readonly backMs: number | null; readonly wiped: boolean }
  | { readonly kind: 'wipe'; readonly desk: number; readonly forMs: number }
  | { readonly kind: 'burst'; readonly desk: number; readonly requests: number }
  /** Messages of long ago arrive once more: 0 is the oldest kept, 1 the newest. */
  | { readonly kind: 'replay'; readonly picks: readonly number[] }
  | { readonly kind: 'slowDisk'; readonly desk: number; readonly byMs: number; readonly forMs: number }
  /** The next sync fails: the desktop stops itself. */
  | { readonly kind: 'diskError'; readonly desk: number; readonly forMs: number }
  /** Nothing can be written for a while, however often it is started. */
  | { readonly kind: 'diskFull'; readonly desk: number; readonly forMs: number; readonly tryMs: number }
  /** Crashes, and its newest snapshot cannot be read any more. */
  | { readonly kind: 'snapshotDamage'; readonly desk: number; readonly forMs: number };

export type Fault = What & { readonly at: number };

/** Who can be hit: `victim` likes the leader, because that is where protocols break. */
export interface Targets {
  readonly all: readonly number[];
  readonly victim: number;
  readonly other: number | null;
  /** Who leads, and who has a seat of a lot with a host. */
  readonly leader: number | null;
  readonly seated: readonly number[];
}

const HOUR_MS = 3_600_000;
const duration = (dice: Prng, meanMs: number): number => 30 + dice.gap(meanMs);

type Maker = (dice: Prng, targets: Targets) => What | null;

const cut = (from: readonly number[], to: readonly number[], bothWays: boolean, dice: Prng, flapMs = 0): What => ({
  kind: 'cut',
  from,
  to,
  bothWays,
  flapMs,
  forMs: duration(dice, 1_500),
});

const rest = (all: readonly number[], some: readonly number[]): number[] => all.filter((no) => !some.includes(no));

const MAKERS: { readonly [K in FaultKind]: Maker } = {
  crash: (dice, { victim }) => ({ kind: 'crash', desk: victim, forMs: duration(dice, 1_200) }),
  crashAll: (dice, { all }) => ({
    kind: 'crashAll',
    desks: all.map((desk) => ({ desk, afterMs: dice.chance(0.5) ? 0 : dice.real(0, 200), forMs: duration(dice, 1_000) })),
  }),
  pause: (dice, { victim }) => ({ kind: 'pause', desk: victim, forMs: duration(dice, 600) }),
  cutOneWay: (dice, { victim, other }) => (other === null ? null : cut([victim], [other], false, dice)),
  cutPair: (dice, { victim, other }) => (other === null ? null : cut([victim], [other], true, dice)),
  isolate: (dice, { all, victim }) => cut([victim], rest(all, [victim]), true, dice),
  split: (dice, { all }) => {
    const half = all.filter(() => dice.chance(0.5));
    return half.length === 0 || half.length === all.length ? null : cut(half, rest(all, half), true, dice);
  },
  flap: (dice, { all, victim, other }) => {
    const to = other === null || dice.chance(0.5) ? rest(all, [victim]) : [other];
    return cut([victim], to, dice.chance(0.5), dice, dice.real(20, 500));
  },
  clog: (dice, { victim, other }) =>
    other === null ? null : { kind: 'clog', from: victim, to: other, byMs: dice.real(50, 800), forMs: duration(dice, 2_000) },
  wallJump: (dice, { victim }) => ({
    kind: 'wallJump',
    desk: victim,
    byMs: Math.round(dice.chance(0.5) ? dice.real(-60_000, 60_000) : dice.real(-12, 12) * HOUR_MS),
  }),
  drift: (dice, { victim }) => ({ kind: 'drift', desk: victim, rate: 1 + dice.real(-0.02, 0.02) }),
  operator: (dice, { victim }) => ({ kind: 'operator', desk: victim, says: dice.chance(0.5) ? 'elect' : 'stepDown' }),
  sleep: (dice, { victim }) => ({
    kind: 'sleep',
    desk: victim,
    forMs: duration(dice, 3_000),
    told: dice.chance(0.5),
    still: dice.chance(0.5),
  }),
  leave: (dice, { victim }) => ({
    kind: 'leave',
    desk: victim,
    backMs: dice.chance(0.5) ? duration(dice, 2_000) : null,
    wiped: dice.chance(0.5),
  }),
  wipe: (dice, { victim }) => ({ kind: 'wipe', desk: victim, forMs: duration(dice, 1_200) }),
  burst: (dice, { victim }) => ({ kind: 'burst', desk: victim, requests: dice.between(20, 200) }),
  replay: (dice) => ({ kind: 'replay', picks: Array.from({ length: dice.between(1, 30) }, () => dice.next()) }),
  slowDisk: (dice, { victim }) => ({ kind: 'slowDisk', desk: victim, byMs: dice.real(200, 3_000), forMs: duration(dice, 3_000) }),
  diskError: (dice, { victim }) => ({ kind: 'diskError', desk: victim, forMs: duration(dice, 1_200) }),
  diskFull: (dice, { victim }) => ({ kind: 'diskFull', desk: victim, forMs: duration(dice, 2_000), tryMs: dice.real(200, 800) }),
  snapshotDamage: (dice, { victim }) => ({ kind: 'snapshotDamage', desk: victim, forMs: duration(dice, 1_200) }),
  crashSeat: (dice, { seated }) => {
    const desk = dice.pick(seated);
    return desk === undefined ? null : { kind: 'crash', desk, forMs: duration(dice, 1_200) };
  },
  crashSeatAndLeader: (dice, { seated, leader }) => {
    const desk = dice.pick(seated.filter((no) => no !== leader));
    if (desk === undefined || leader === null) return null;
    const within = (): number => (dice.chance(0.5) ? 0 : dice.real(0, 400));
    return { kind: 'crashAll', desks: [desk, leader].map((no) => ({ desk: no, afterMs: within(), forMs: duration(dice, 1_200) })) };
  },
};

/** Everything about one fault of this kind; null when there is nobody it could hit. */
export function drawFault(kind: FaultKind, at: number, dice: Prng, targets: Targets): Fault | null {
  const what = MAKERS[kind](dice, targets);
  return what === null ? null : { ...what, at };
}

/** Desktops a fault speaks of. */
export function desksOf(fault: Fault): readonly number[] {
  if (fault.kind === 'replay') return [];
  if (fault.kind === 'crashAll') return fault.desks.map((d) => d.desk);
  if (fault.kind === 'cut') return [...fault.from, ...fault.to];
  return fault.kind === 'clog' ? [fault.from, fault.to] : [fault.desk];
}
