/**
 * Pushes are gathered and handed on once per animation frame: however fast the peer talks, the screen is drawn at most 60 times a
 * second. A hidden window gets no frames, so a slow timer takes over there.
 */
import type { Push } from '../../shared/contract.ts';

const HIDDEN_MS = 500;

export interface FrameClock {
  /** Runs once at the next frame (or after `HIDDEN_MS` when there are none); returns the cancel function. */
  next(run: () => void): () => void;
}

export const windowFrames = (): FrameClock => ({
  next(run) {
    let done = false;
    const once = (): void => {
      if (done) return;
      done = true;
      window.cancelAnimationFrame(frame);
      window.clearTimeout(timer);
      run();
    };
    const frame = window.requestAnimationFrame(once);
    const timer = window.setTimeout(once, HIDDEN_MS);
    return () => {
      done = true;
      window.cancelAnimationFrame(frame);
      window.clearTimeout(timer);
    };
  },
});

/** A sink that gathers pushes and gives them to `apply` in one go; only the newest of a topic counts, events are all kept. */
export const batched = (frames: FrameClock, apply: (pushes: readonly Push[]) => void): { add(push: Push): void; clear(): void } => {
  let waiting: Push[] = [];
  let cancel: (() => void) | null = null;
  return {
    add(push) {
      waiting = push.topic === 'events' ? waiting : waiting.filter((other) => other.topic !== push.topic);
      waiting.push(push);
      cancel ??= frames.next(() => {
        const pushes = waiting;
        waiting = [];
        cancel = null;
        apply(pushes);
      });
    },
    clear() {
      waiting = [];
      cancel?.();
      cancel = null;
    },
  };
};
