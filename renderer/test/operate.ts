/** For tests of what only the operator is offered. */
import type { StatusView } from '../../shared/views.ts';
import type { FakePeer } from './fakeClient.ts';
import { me } from './people.ts';

type Rules = Partial<NonNullable<StatusView['market']>>;

/** Makes this desktop the operator, of a market with these rules. */
export const operate = (fake: FakePeer, rules: Rules = {}): void => {
  const { status } = fake.scene;
  if (status.market === null) throw new Error('the scene has no market');
  fake.change({ status: { ...status, market: { ...status.market, ...rules, operator: me } } });
};
