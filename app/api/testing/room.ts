/** A sale room for tests of who may read what about whom. */
import type { Method, Params, Result } from '../../../shared/contract.ts';
import { createService, type Service } from '../service.ts';
import { desk, type FakePeer, fakePeer, fakeTimers, START_MS } from './fakePeer.ts';

/** An open auction of a minute, from 1.00 in steps of 1.00. */
export const terms = { durationMs: 60_000, softCloseMs: 0, softCloseMaxMs: 0, increment: 100, startPrice: 100 } as const;

export interface Room {
  readonly peer: FakePeer;
  readonly service: Service;
  value<M extends Method>(method: M, params: Params<M>): Promise<Result<M>>;
}

/** Five desktops and a guest. Zoe Quist is at Desk-3, Anna Berg has paddle 101, this is Desk-1, and Desk-5 is the operator. */
export function room(bidders: 'names' | 'paddles' | 'masked', { debts = true } = {}): Room {
  const peer = fakePeer(5, debts);
  const service = createService(peer, { timers: fakeTimers().timers, wallNow: () => START_MS });
  peer.apply(desk(3), { type: 'profile.set', name: 'Zoe Quist' });
  peer.apply(desk(5), { type: 'market.rules', bidders });
  peer.apply(desk(5), { type: 'guest.add', name: 'Anna Berg' });
  return {
    peer,
    service,
    async value(method, params) {
      const outcome = await service.call(method, params);
      if (!outcome.ok) throw new Error(outcome.error.message);
      return outcome.value;
    },
  };
}
