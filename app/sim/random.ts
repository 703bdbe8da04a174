/**
 * The one source of chance in a simulated run.
 *
 * Everything a run does not decide by itself (delays, losses, faults, the workload, the cores' own dice) is drawn from generators that
 * descend from the seed, so a seed is a complete description of a run. `child` gives an independent generator, so that one part drawing
 * more numbers does not change what the others see.
 */
export class Prng {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(seed: number) {
    this.#a = 0x9e3779b9 ^ seed;
    this.#b = 0x243f6a88 ^ Math.floor(seed / 0x1_0000_0000);
    this.#c = 0xb7e15162;
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** sfc32 (C. Doty-Humphrey, PractRand): 32 random bits. */
  uint32(): number {
    const out = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + out;
    return out >>> 0;
  }

  /** 0 <= x < 1. */
  next(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** Integer 0 .. n-1. */
  int(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** Integer min .. max, both included. */
  between(min: number, max: number): number {
    return min + this.int(max - min + 1);
  }

  /** Real number min <= x < max. */
  real(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the list; undefined when it is empty. */
  pick<T>(list: readonly T[]): T | undefined {
    return list[this.int(list.length)];
  }

  /** The list in random order (Fisher and Yates). */
  shuffled<T>(list: readonly T[]): T[] {
    const out = [...list];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      const [a, b] = [out[i], out[j]];
      if (a !== undefined && b !== undefined) [out[i], out[j]] = [b, a];
    }
    return out;
  }

  /** One of the words, each as likely as its weight says. The weights must not all be 0. */
  weighted<W extends string>(weights: { readonly [K in W]: number }): W {
    const words = Object.keys(weights) as W[];
    const total = words.reduce((sum, w) => sum + weights[w], 0);
    let left = this.next() * total;
    for (const w of words) {
      left -= weights[w];
      if (left < 0) return w;
    }
    throw new Error('no weight');
  }

  /** Exponentially distributed with this mean: the distance of independent events. */
  gap(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }

  hexText(digits: number): string {
    let out = '';
    while (out.length < digits) out += this.uint32().toString(16).padStart(8, '0');
    return out.slice(0, digits);
  }

  child(): Prng {
    return new Prng(this.uint32() * 0x10_0000 + (this.uint32() >>> 12));
  }
}
