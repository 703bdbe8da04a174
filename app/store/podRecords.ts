/**
 * Lots' own logs and own requests to hosts on disk: keys and records, and how they are read back.
 *
 * A log is contiguous after its base. What lies at or below the base was let go of before its deletion was durable; anything else that
 * does not fit is damage.
 */
import type { PodBidRecord, PodEntry, PodRecord } from '../core/pods/parts.ts';
import type { Persist } from '../core/types.ts';
import type { Operation } from './keyValue.ts';
import { keys, openRecord, podBidSchema, podEntrySchema, podHeadSchema, sealRecord } from './records.ts';
import { StoreFailure } from './store.ts';

type PodPersist = Extract<Persist, { kind: `pod${string}` }>;

function put(key: string, value: Uint8Array): Operation {
  return { type: 'put', key, value };
}

/** Which rows of each lot are on disk, so that they can be deleted. */
export class PodRows {
  readonly #rows = new Map<string, Set<number>>();

  #of(podId: string): Set<number> {
    const known = this.#rows.get(podId) ?? new Set();
    this.#rows.set(podId, known);
    return known;
  }

  found(podId: string, n: number): void {
    this.#of(podId).add(n);
  }

  #delete(podId: string, out: Operation[], which: (n: number) => boolean): void {
    const rows = this.#of(podId);
    for (const n of rows) {
      if (!which(n)) continue;
      rows.delete(n);
      out.push({ type: 'del', key: keys.podEntry(podId, n) });
    }
  }

  translate(persist: PodPersist, out: Operation[]): void {
    if (persist.kind === 'podBid') {
      const record = persist.put;
      if (record !== null) out.push(put(keys.podBid(record.seq), sealRecord(keys.podBid(record.seq), podBidSchema, record)));
      for (const seq of persist.remove) out.push({ type: 'del', key: keys.podBid(seq) });
      return;
    }
    const { podId } = persist;
    if (persist.kind === 'podHead') {
      const { epoch, base } = persist;
      out.push(put(keys.podHead(podId), sealRecord(keys.podHead(podId), podHeadSchema, { podId, epoch, base })));
      this.#delete(podId, out, (n) => n <= base.n);
    } else if (persist.kind === 'podEntries') {
      for (const entry of persist.entries) {
        const key = keys.podEntry(podId, entry.n);
        const [member, who, seq, t, body] = entry.row;
        out.push(put(key, sealRecord(key, podEntrySchema, { ...entry, podId, row: { member, who, seq, t, body } })));
        this.#of(podId).add(entry.n);
      }
    } else if (persist.kind === 'podCut') this.#delete(podId, out, (n) => n >= persist.from);
    else {
      this.#delete(podId, out, () => true);
      this.#rows.delete(podId);
      out.push({ type: 'del', key: keys.podHead(podId) });
    }
  }
}

/** What was read at start. */
export class StoredPods {
  readonly bids: PodBidRecord[] = [];
  readonly #heads = new Map<string, Omit<PodRecord, 'entries'>>();
  readonly #entries = new Map<string, PodEntry[]>();

  /** True when this key is of this kind. */
  take(key: string, value: Uint8Array): boolean {
    if (key.startsWith('b/')) this.bids.push(openRecord(key, podBidSchema, value));
    else if (key.startsWith('h/')) {
      const head = openRecord(key, podHeadSchema, value);
      this.#heads.set(head.podId, head);
    } else if (key.startsWith('d/')) {
      const { podId, n, row, hash, proof } = openRecord(key, podEntrySchema, value);
      const rows = this.#entries.get(podId) ?? [];
      rows.push({ n, row: [row.member, row.who, row.seq, row.t, row.body], hash, proof });
      this.#entries.set(podId, rows);
    } else return false;
    return true;
  }

  /** STORE_DAMAGED when a row is missing. Keys come in order, so rows do. */
  logs(rows: PodRows): PodRecord[] {
    for (const [podId, found] of this.#entries) {
      for (const { n } of found) rows.found(podId, n);
      if (!this.#heads.has(podId)) throw new StoreFailure('STORE_DAMAGED', { what: `rows of ${podId} without their beginning` });
    }
    return [...this.#heads.values()].map((head) => {
      const entries = (this.#entries.get(head.podId) ?? []).filter(({ n }) => n > head.base.n);
      for (const [i, { n }] of entries.entries()) {
        if (n !== head.base.n + 1 + i)
          throw new StoreFailure('STORE_DAMAGED', { what: `row ${head.base.n + 1 + i} of ${head.podId} is missing` });
      }
      return { podId: head.podId, epoch: head.epoch, base: head.base, entries };
    });
  }
}
