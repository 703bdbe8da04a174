/**
 * Valid input to change: every message that simulated markets really sent, and what such markets keep on disk.
 */
import { encode } from '../../app/core/schema.ts';
import { messageSchema } from '../../app/core/frames.ts';
import type { Entry, Frame } from '../../app/core/types.ts';
import { Transcript } from '../../app/sim/transcript.ts';
import { runSeed } from '../../app/sim/storm.ts';

const SEEDS = 4;
const KEPT_OF_A_KIND = 12;
const FROM = '0a'.repeat(16);

/** Keeps some frames of each kind. */
class Collector extends Transcript {
  readonly frames = new Map<Frame['type'], Frame[]>();

  override sends(...args: Parameters<Transcript['sends']>): void {
    const frame = args[3];
    const kept = this.frames.get(frame.type) ?? [];
    if (kept.length < KEPT_OF_A_KIND) this.frames.set(frame.type, [...kept, frame]);
  }
}

export interface Samples {
  readonly messages: readonly Uint8Array[];
  readonly kinds: number;
  readonly entries: readonly Entry[];
}

/** Runs a few storms and keeps what was sent. */
export function collect(): Samples {
  const collector = new Collector('detailed');
  for (let seed = 1; seed <= SEEDS; seed += 1) runSeed(seed, { transcript: collector });
  const frames = [...collector.frames.values()].flat();
  const clock = [
    [1, 5],
    [2, 7],
  ];
  return {
    messages: frames.map((frame) => encode(messageSchema, { from: FROM, boot: 1_700_000_000, lamport: 12, clock, frame })),
    kinds: collector.frames.size,
    entries: frames.flatMap((frame) => (frame.type === 'seq' ? frame.entries : [])),
  };
}
