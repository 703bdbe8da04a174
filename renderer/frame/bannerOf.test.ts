import { expect, test } from 'vitest';
import type { StatusView } from '../../shared/views.ts';
import { emptyView, apply, withConnection } from '../state/store.ts';
import type { View } from '../state/store.ts';
import { NOW, desk } from '../test/people.ts';
import { sceneOf } from '../test/scenes.ts';
import { report, status } from '../test/situation.ts';
import { bannerOf } from './bannerOf.ts';

const seen = (view: View, data: StatusView, at: number): View => apply(view, [{ seq: 1, topic: 'status', data }], at);
const start = seen(withConnection(emptyView, true, 0), status, 0);
const textAt = (view: View, at: number): string | null => bannerOf(view, at)?.text ?? null;

test('[U3] a quiet market says nothing', () => {
  expect(bannerOf(start, 100)).toBeNull();
});

test('[U3] a new leader is announced with its numbers for eight seconds', () => {
  const view = seen(start, { ...status, leader: desk(4), term: 2, lastFailover: report }, 1000);
  expect(bannerOf(view, 1500)).toEqual({
    level: 'success',
    text: 'Desk-4 is the new leader (term 2). Trading was stopped 2.9 s. 0 accepted bids lost, 1 waiting bid sent.',
    action: null,
  });
  expect(textAt(view, 8999)).not.toBeNull();
  expect(textAt(view, 9001)).toBeNull();
});

test('[U3] a failover from before the page was opened is no news, and neither is the same one again', () => {
  const old = { ...status, lastFailover: { ...report, at: NOW - 60_000 } };
  const opened = seen(withConnection(emptyView, true, 0), old, 0);
  expect(bannerOf(opened, 1)).toBeNull();
  expect(bannerOf(seen(opened, { ...old, commitIndex: 13 }, 500), 501)).toBeNull();
});

test('[U3] an election is amber, and red once it has lasted ten seconds', () => {
  const electing = sceneOf('electing');
  const suspected = seen(start, electing.status, 1000);
  const heard = (count: number): View => apply(suspected, [{ seq: 2, topic: 'events', data: electing.events.slice(0, count) }], 1000);
  expect(textAt(suspected, 1001)).toBe('Electing a leader…');
  expect(textAt(heard(5), 1001)).toBe('The leader is not answering. Bids are kept.');
  const view = heard(6);
  expect(bannerOf(view, 1001)).toMatchObject({ level: 'warning', text: 'Desk-5 failed (no heartbeat for 2.0 s). Electing a leader…' });
  expect(bannerOf(view, 11_000)).toMatchObject({ level: 'error', text: 'No leader for 10 s: 4 of 5 desktops reachable', action: 'doctor' });
});

test('[U3] a simulated crash is red and counts down to its end', () => {
  const view = seen(start, sceneOf('crashed').status, 0);
  expect(bannerOf(view, 1000)).toEqual({
    level: 'error',
    text: 'This desktop is simulating a crash. It sends and receives nothing. It recovers by itself in 29 s.',
    action: 'recover',
  });
});

test('[U3] after a crash of its own the desktop says that it is back, once it can trade again', () => {
  const crashed = seen(start, sceneOf('crashed').status, 0);
  const joining = seen(crashed, { ...status, phase: 'joining', trading: { ok: false, code: 'NO_LEADER', text: null } }, 100);
  expect(textAt(joining, 150)).toBe('Rejoining…');
  const back = seen(joining, { ...status, leader: desk(4), term: 2 }, 200);
  expect(textAt(back, 300)).toBe('You are back. Leader is Desk-4 (term 2).');
  expect(textAt(back, 8300)).toBeNull();
  const alone = seen(crashed, sceneOf('minority').status, 100);
  expect(textAt(alone, 150)).toBe('Rejoining…');
  expect(textAt(alone, 5200)).toBe('Only 2 of 5 desktops reachable. You can look, but not buy or bid.');
});

test('[U3] without a majority the sentence is the peer’s, with the way to the doctor', () => {
  const view = seen(start, sceneOf('minority').status, 0);
  expect(bannerOf(view, 1)).toMatchObject({
    level: 'error',
    action: 'doctor',
    text: 'Only 2 of 5 desktops reachable. You can look, but not buy or bid.',
  });
  const healed = seen(view, { ...status, commitIndex: 13 }, 500);
  expect(textAt(healed, 600)).toBe('Reconnected. 1 entry received.');
});

test('[U3] a lost carrier wins over everything and says how old the picture is', () => {
  const view = withConnection(seen(start, sceneOf('electing').status, 1000), false, 2000);
  expect(bannerOf(view, 14_500)).toMatchObject({ level: 'error', text: 'Offline: last update 12 s ago' });
  expect(bannerOf(withConnection(view, true, 20_000), 20_001)?.level).not.toBe('info');
});

test('[U3] a new leader without a report is announced too, the first one is not', () => {
  expect(textAt(seen(start, { ...status, leader: desk(4), term: 2 }, 1000), 1001)).toBe('Desk-4 is the new leader (term 2).');
  expect(textAt(seen(withConnection(emptyView, true, 0), status, 5), 6)).toBeNull();
});
