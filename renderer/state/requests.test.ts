import { beforeEach, expect, test } from 'vitest';
import type { Outcome } from '../../shared/contract.ts';
import type { RequestState, RequestView } from '../../shared/views.ts';
import { sceneOf } from '../test/scenes.ts';
import { send, useSent, watchRequests } from './requests.ts';
import { emptyView, useView } from './store.ts';
import { onTidings } from './tell.ts';
import type { Tidings } from './tell.ts';

const sample = sceneOf('busy').requests[0]!;
const as = (requestId: string, state: RequestState): RequestView => ({ ...sample, requestId, state });

let told: string[] = [];
const stages = () => [...useSent.getState().sent.values()].map((one) => one.told);
const push = (request: RequestView) => useView.setState({ requests: [request] });

/** Sends one request whose call the test answers. */
const open = () => {
  let id = '';
  let answer: (outcome: Outcome<RequestView>) => void = () => undefined;
  const known = send('salt', (requestId) => {
    id = requestId;
    return new Promise((resolve) => {
      answer = resolve;
    });
  });
  return { id, known, answer: (outcome: Outcome<RequestView>) => answer(outcome) };
};

beforeEach(() => {
  useView.setState(emptyView);
  useSent.setState({ sent: new Map() });
  told = [];
  onTidings((tidings: Tidings) => told.push(tidings.kind));
  return watchRequests();
});

test('[U8] a result is told once, although it comes with the call and with the pushed requests', async () => {
  const { id, known, answer } = open();
  push(as(id, 'accepted'));
  answer({ ok: true, value: as(id, 'accepted') });
  expect(await known).toBe('accepted');
  await Promise.resolve();
  push({ ...as(id, 'accepted'), text: 'again' });
  expect([told, stages()]).toEqual([['accepted'], []]);
});

test('[U8] a queued request says so once and is told again when it is accepted', async () => {
  const { id, known } = open();
  push(as(id, 'queued'));
  expect(await known).toBe('queued');
  push({ ...as(id, 'queued'), at: 1 });
  expect([told, stages()]).toEqual([['queued'], ['queued']]);
  push(as(id, 'accepted'));
  expect([told, stages()]).toEqual([['queued', 'accepted'], []]);
});

test('[U8] a carrier that breaks during the call does not lose the result', async () => {
  const { id, known, answer } = open();
  answer({ ok: false, error: { code: 'CARRIER_DOWN', message: 'x' } });
  expect(await known).toBe('not');
  push(as(id, 'accepted'));
  expect(told).toEqual(['failed', 'accepted']);
});

test('[U8] a refusal ends the request; requests of others are never told', async () => {
  const { known, answer } = open();
  push(as('somebody else’s', 'refused'));
  expect(told).toEqual([]);
  answer({ ok: false, error: { code: 'BAD_REQUEST', message: 'x' } });
  expect([await known, told, stages()]).toEqual(['not', ['failed'], []]);
});
