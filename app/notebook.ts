/**
 * What only this desktop knows: the amounts and nonces of its sealed bids, its watch list, which of its lots were said to
 * end soon, and how far its news have been read.
 *
 * `notebook.json` in the data folder, readable by its owner only. A secret is on the disk before its commitment leaves (DESIGN 14):
 * whoever loses it loses the deposit. Secrets of other markets stay, so that leaving and coming back loses none.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Outcome } from '../shared/contract.ts';

const FILE = 'notebook.json';
const MAX_SECRETS = 2_000;
const MAX_WATCHED = 500;
const MAX_ENDINGS = 500;

const secret = z.object({
  marketId: z.string(),
  lotId: z.string(),
  round: z.int(),
  bidder: z.string(),
  amount: z.int(),
  nonce: z.string().regex(/^[0-9a-f]{64}$/),
});
const ending = z.object({ lotId: z.string(), title: z.string(), seconds: z.int(), at: z.int(), entry: z.int(), seen: z.boolean() });
const pages = z.object({
  version: z.literal(1),
  secrets: z.array(secret),
  /** Of the market named by `marketId`; another market begins with empty ones. */
  marketId: z.string(),
  watched: z.array(z.string()),
  /** Watched lots that were said to end soon, oldest first. */
  endings: z.array(ending).default([]),
  /** Log entry of the newest notice that was seen. */
  seen: z.int(),
});
type Pages = z.infer<typeof pages>;
export type KeptSecret = z.infer<typeof secret>;
export type KeptEnding = z.infer<typeof ending>;

const blank = { marketId: '', watched: [], endings: [], seen: 0 };

export class Notebook {
  readonly #file: string;
  #pages: Pages;
  /** Writes one after the other, each with everything that was noted before it. */
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, read: Pages) {
    this.#file = file;
    this.#pages = read;
  }

  static async open(dataDir: string): Promise<Outcome<Notebook>> {
    const file = path.join(dataDir, FILE);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      const none = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (none) return { ok: true, value: new Notebook(file, { version: 1, secrets: [], ...blank }) };
      return { ok: false, error: { code: 'NOTEBOOK_BAD', message: `${file} cannot be read.` } };
    }
    try {
      return { ok: true, value: new Notebook(file, pages.parse(JSON.parse(text))) };
    } catch {
      const message = `${file} is damaged. It holds the secrets of sealed bids: put it back from a copy, or remove it and lose the deposits of unrevealed bids.`;
      return { ok: false, error: { code: 'NOTEBOOK_BAD', message } };
    }
  }

  /** Resolves when everything noted so far is on the disk. */
  async #save(): Promise<Outcome<null>> {
    const turn = this.#writing.then(() => writeFileAtomic(this.#file, `${JSON.stringify(this.#pages)}\n`, { mode: 0o600 }));
    this.#writing = turn.catch(() => undefined);
    try {
      await turn;
      return { ok: true, value: null };
    } catch {
      return { ok: false, error: { code: 'DISK_FULL', message: `${this.#file} cannot be written. Free some space, then try again.` } };
    }
  }

  keep(kept: KeptSecret): Promise<Outcome<null>> {
    this.#pages = { ...this.#pages, secrets: [...this.#pages.secrets, kept].slice(-MAX_SECRETS) };
    return this.#save();
  }

  /** Newest first: the one that was sealed last is the one that stands, if any was sealed twice. */
  secrets(marketId: string, lotId: string, round: number): KeptSecret[] {
    return this.#pages.secrets.filter((s) => s.marketId === marketId && s.lotId === lotId && s.round === round).reverse();
  }

  #of(marketId: string): Pages {
    return this.#pages.marketId === marketId ? this.#pages : { ...this.#pages, ...blank, marketId };
  }

  watched(marketId: string): ReadonlySet<string> {
    return new Set(this.#of(marketId).watched);
  }

  watch(marketId: string, lotId: string, on: boolean): Promise<Outcome<null>> {
    const of = this.#of(marketId);
    const others = of.watched.filter((known) => known !== lotId);
    this.#pages = { ...of, watched: on ? [...others, lotId].slice(-MAX_WATCHED) : others };
    return this.#save();
  }

  endings(marketId: string): readonly KeptEnding[] {
    return this.#of(marketId).endings;
  }

  noteEnding(marketId: string, said: Omit<KeptEnding, 'seen'>): Promise<Outcome<null>> {
    const of = this.#of(marketId);
    this.#pages = { ...of, endings: [...of.endings, { ...said, seen: false }].slice(-MAX_ENDINGS) };
    return this.#save();
  }

  seen(marketId: string): number {
    return this.#of(marketId).seen;
  }

  see(marketId: string, entry: number): Promise<Outcome<null>> {
    const of = this.#of(marketId);
    // Said between two entries: it can be new although the entry it stands at was seen.
    const isRead = (one: KeptEnding): boolean => one.seen || one.entry <= entry;
    const news = of.endings.some((one) => !one.seen && isRead(one));
    if (entry <= of.seen && !news) return Promise.resolve({ ok: true, value: null });
    this.#pages = { ...of, seen: Math.max(of.seen, entry), endings: of.endings.map((one) => ({ ...one, seen: isRead(one) })) };
    return this.#save();
  }
}
