/**
 * The carrier inside the desktop window: the preload offers `window.market`, two functions and nothing of Node.
 */
import type { MarketClient, Method, Outcome, Params, Result } from '../../shared/contract.ts';
import { t } from '../text/t.ts';
import { wholes } from './whole.ts';
import { failure, parseOutcome, parsePush } from './parse.ts';

/** What the preload exposes. Its answers are parsed here, so they are `unknown`. */
export interface Bridge {
  call(method: string, params: unknown): Promise<unknown>;
  subscribe(listener: (push: unknown) => void): () => void;
}

declare global {
  interface Window {
    readonly market?: Bridge;
  }
}

/** A client over the preload's bridge. A gap in the numbering asks for everything anew by subscribing again. */
export const electronClient = (bridge: Bridge): MarketClient => ({
  async call<M extends Method>(method: M, params: Params<M>): Promise<Outcome<Result<M>>> {
    try {
      return parseOutcome(method, await bridge.call(method, params));
    } catch {
      return failure('CARRIER_DOWN', t.carrier.down);
    }
  },
  subscribe(onPush, onState) {
    let last: number | null = null;
    let stop: () => void = () => undefined;
    let closed = false;
    const open = (): void => {
      last = null;
      const whole = wholes();
      onState?.(true);
      stop = bridge.subscribe((raw) => {
        const push = whole(parsePush(raw));
        if (closed) return;
        if (push === null || (last !== null && push.seq !== last + 1)) {
          stop();
          open();
          return;
        }
        last = push.seq;
        onPush(push);
      });
    };
    open();
    return () => {
      closed = true;
      stop();
    };
  },
});
