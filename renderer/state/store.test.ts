import { expect, test } from 'vitest';
import type { EventView } from '../../shared/views.ts';
import { sceneOf } from '../test/scenes.ts';
import { shareRows } from './share.ts';
import { apply, emptyView, withConnection } from './store.ts';

const { items, events, status } = sceneOf('busy');
const asOf = { entry: 12, term: 1 };
const event = (seq: number): EventView => ({ ...events[0]!, seq });
const seqs = (view: { readonly events: readonly EventView[] }): number[] => view.events.map((one) => one.seq);

test('[U5] rows that did not change keep their identity, so that only the changed row is drawn', () => {
  const before = apply(emptyView, [{ seq: 1, topic: 'items', data: { asOf, value: items } }], 0);
  const next = structuredClone(items).map((item) => (item.itemId === 'salt' ? { ...item, available: 1 } : item));
  const after = apply(before, [{ seq: 2, topic: 'items', data: { asOf, value: next } }], 1);
  expect(after.items.filter((item, i) => item !== before.items[i]).map((item) => item.itemId)).toEqual(['salt']);
});

test('[U5] the same rows again are the same list', () => {
  expect(shareRows(items, structuredClone(items), (item) => item.itemId)).toBe(items);
  expect(shareRows(items, items.slice(1), (item) => item.itemId)).toHaveLength(items.length - 1);
});

test('[U5] events are added to those known, and a new connection starts them anew', () => {
  let view = withConnection(emptyView, true, 0);
  view = apply(view, [{ seq: 1, topic: 'events', data: [event(1), event(2)] }], 1);
  view = apply(view, [{ seq: 2, topic: 'events', data: [event(2), event(3)] }], 2);
  expect(seqs(view)).toEqual([1, 2, 3]);
  view = withConnection(withConnection(view, false, 3), true, 4);
  expect(seqs(view)).toEqual([1, 2, 3]);
  view = apply(view, [{ seq: 1, topic: 'events', data: [event(1)] }], 5);
  expect(seqs(view)).toEqual([1]);
});

test('[U5] at most a thousand events are kept, the newest', () => {
  const many = Array.from({ length: 1500 }, (_, i) => event(i + 1));
  const view = apply(emptyView, [{ seq: 1, topic: 'events', data: many }], 0);
  expect([view.events.length, view.events[0]?.seq]).toEqual([1000, 501]);
});

test('[U5] leader time at which trading stopped is kept until it goes on', () => {
  const stopped = { ...status, trading: { ok: false, code: 'NO_LEADER', text: null } };
  let view = apply(emptyView, [{ seq: 1, topic: 'status', data: { ...stopped, leaderNow: 5000 } }], 10);
  view = apply(view, [{ seq: 2, topic: 'status', data: { ...stopped, leaderNow: 9000 } }], 20);
  expect(view.stopped).toMatchObject({ at: 10, leaderNow: 5000 });
  view = apply(view, [{ seq: 3, topic: 'status', data: status }], 30);
  expect(view.stopped).toBeNull();
});
