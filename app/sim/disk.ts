/**
 * A desktop's disk: what is written survives a crash only after a sync, and a step's writes survive together or not at all.
 *
 * Reading back is done from the durable image only. The checkers look at the same image: what a desktop claims to have (a promise, an
 * acknowledgement, a committed entry) must really be here (S7, S9). Writes that do not fit (a gap in the log) are the core's fault.
 */
import { viewIn } from '../core/durable.ts';
import { bundleSchema, type Entry, type View } from '../core/frames.ts';
import { decode } from '../core/schema.ts';
import type { PodBidRecord, PodEntry, PodRecord } from '../core/pods/parts.ts';
import type { HardState, OutboxRecord, Persist, Recovered, SnapPart, Snapshot } from '../core/types.ts';
import type { PeerId } from '../../shared/ids.ts';
import { Violation } from './violation.ts';

/** A lot's own log, durable. */
interface PodOnDisk {
  epoch: number;
  base: PodRecord['base'];
  entries: PodEntry[];
}

interface Batch {
  readonly step: number;
  readonly persist: readonly Persist[];
}

export class Disk {
  readonly owner: PeerId;
  readonly storeId: string;
  boot = 0;
  hard: HardState = { term: 0, promisedTo: null, branch: 0 };
  snapshot: Snapshot | null = null;
  /** The one before, from which and from the log the newest can be made again. */
  #older: Snapshot | null = null;
  /** Durable entries: a window that starts after `base`. */
  #base = 0;
  #entries: Entry[] = [];
  #commit = 0;
  readonly #outbox = new Map<number, OutboxRecord>();
  #nextSeq = 1;
  #part: SnapPart | null = null;
  #known: NonNullable<Recovered['known']> = [];
  #written = false;
  readonly #pods = new Map<string, PodOnDisk>();
  readonly #podBids = new Map<number, PodBidRecord>();
  #pending: Batch[] = [];

  constructor(owner: PeerId, storeId: string) {
    this.owner = owner;
    this.storeId = storeId;
  }

  get dirty(): boolean {
    return this.#pending.length > 0;
  }
  /** Number of the last step that wrote something not yet durable. */
  get lastStep(): number {
    return this.#pending.at(-1)?.step ?? 0;
  }
  get lastIndex(): number {
    return this.#base + this.#entries.length;
  }

  get hasMarket(): boolean {
    return this.lastIndex > 0;
  }
  /** The view it would start with; null when there is none. */
  get view(): View | null {
    for (const entry of this.#entries.toReversed()) {
      const view = viewIn(entry);
      if (view !== null) return view;
    }
    return this.snapshot?.view ?? null;
  }

  write(step: number, persist: readonly Persist[]): void {
    this.#pending.push({ step, persist });
  }

  /** Makes everything up to and including `step` durable. */
  sync(step: number): void {
    while (this.#pending[0] !== undefined && this.#pending[0].step <= step) {
      for (const one of this.#pending.shift()?.persist ?? []) this.#apply(one);
    }
  }

  /** Power off: the first `kept` unsynced batches had reached the disk by luck, the rest is gone. Returns how many are gone. */
  crash(kept: number): number {
    for (const batch of this.#pending.splice(0, kept)) for (const one of batch.persist) this.#apply(one);
    const lost = this.#pending.length;
    this.#pending = [];
    return lost;
  }

  /** The newest snapshot file is unreadable from now on. False (and nothing happens) when there is none to fall back to. */
  damageSnapshot(): boolean {
    if (this.#older === null) return false;
    this.snapshot = this.#older;
    this.#older = null;
    return true;
  }

  get unsynced(): number {
    return this.#pending.length;
  }

  /** A backup: what is durable now. */
  copy(): Disk {
    const copy = new Disk(this.owner, this.storeId);
    copy.boot = this.boot;
    copy.hard = this.hard;
    copy.snapshot = this.snapshot;
    copy.#base = this.#base;
    copy.#entries = [...this.#entries];
    copy.#commit = this.#commit;
    for (const [seq, record] of this.#outbox) copy.#outbox.set(seq, record);
    copy.#nextSeq = this.#nextSeq;
    copy.#known = this.#known;
    copy.#part = this.#part;
    copy.#written = this.#written;
    for (const [id, pod] of this.#pods) copy.#pods.set(id, { ...pod, entries: [...pod.entries] });
    for (const [seq, record] of this.#podBids) copy.#podBids.set(seq, record);
    return copy;
  }

  /** What the store hands to a starting peer; null when nothing was ever written. */
  recover(): Recovered | null {
    if (!this.#written) return null;
    return {
      hard: this.hard,
      snapshot: this.snapshot,
      entries: [...this.#entries],
      commit: this.#commit,
      outbox: [...this.#outbox.values()],
      nextSeq: this.#nextSeq,
      part: this.#part,
      known: this.#known,
      pods: [...this.#pods].map(([podId, { epoch, base, entries }]) => ({ podId, epoch, base, entries: [...entries] })),
      podBids: [...this.#podBids.values()],
    };
  }

  entryAt(index: number): Entry | undefined {
    return this.#entries[index - this.#base - 1];
  }

  /** Is the entry (or a snapshot made from it) durable here? */
  holds(index: number, hash: string): boolean {
    const entry = this.entryAt(index);
    if (entry !== undefined) return entry.hash === hash;
    return this.snapshot !== null && index <= this.snapshot.index;
  }

  /** Is a bundle that begins with this number in the durable outbox? */
  keeps(seq: number): boolean {
    return this.#outbox.has(seq);
  }

  /** The requests in the durable outbox. */
  requests(): Set<string> {
    const ids = new Set<string>();
    for (const { bundle } of this.#outbox.values()) {
      const commands = decode(bundleSchema, bundle.signed);
      if (commands.ok) for (const command of commands.value) ids.add(command.requestId);
    }
    for (const record of this.#podBids.values()) if (record.result === null) ids.add(record.requestId);
    return ids;
  }

  #apply(one: Persist): void {
    this.#written = true;
    if (one.kind === 'hard') this.#applyHard(one.hard);
    else if (one.kind === 'entries') this.#append(one.entries);
    else if (one.kind === 'truncate') this.#entries.length = Math.max(0, Math.min(this.#entries.length, one.from - this.#base - 1));
    else if (one.kind === 'known') this.#known = one.known;
    else if (one.kind === 'commit') this.#commit = Math.max(this.#commit, one.index);
    else if (one.kind === 'snapshot') this.#applySnapshot(one);
    else if (one.kind === 'chunk') this.#keepChunk(one);
    else if (one.kind === 'dropChunks') this.#part = null;
    else if (one.kind === 'podBid') this.#keepPodBid(one);
    else if (one.kind === 'podHead') this.#applyPodHead(one);
    else if (one.kind === 'podEntries') this.#appendPod(one.podId, one.entries);
    else if (one.kind === 'podCut') this.#cutPod(one.podId, one.from);
    else if (one.kind === 'podDrop') this.#pods.delete(one.podId);
    else {
      for (const record of one.put) this.#outbox.set(record.seq, record);
      for (const seq of one.remove) this.#outbox.delete(seq);
      this.#nextSeq = one.nextSeq;
    }
  }

  /** What the disk has of a lot's own log; null when nothing. */
  podOf(podId: string): Readonly<PodOnDisk> | null {
    return this.#pods.get(podId) ?? null;
  }

  /** Is an own request to a host, with this number, on disk? */
  keepsPodBid(seq: number): boolean {
    return this.#podBids.has(seq);
  }

  #keepPodBid({ put, remove }: Persist & { kind: 'podBid' }): void {
    if (put !== null) this.#podBids.set(put.seq, put);
    for (const seq of remove) this.#podBids.delete(seq);
  }

  #applyPodHead({ podId, epoch, base }: Persist & { kind: 'podHead' }): void {
    const entries = (this.#pods.get(podId)?.entries ?? []).filter((entry) => entry.n > base.n);
    this.#pods.set(podId, { epoch, base, entries });
  }

  #appendPod(podId: string, entries: readonly PodEntry[]): void {
    const pod = this.#pods.get(podId);
    for (const entry of entries) {
      if (pod === undefined || entry.n > pod.base.n + pod.entries.length + 1)
        throw new Violation('P1', `row ${entry.n} of ${podId} is written after a gap`, this.owner);
      if (entry.n > pod.base.n) pod.entries.push(entry);
    }
  }

  #cutPod(podId: string, from: number): void {
    const pod = this.#pods.get(podId);
    if (pod !== undefined) pod.entries = pod.entries.filter((entry) => entry.n < from);
  }

  #keepChunk({ head, offset, bytes }: Persist & { kind: 'chunk' }): void {
    const same = this.#part?.head.sha256 === head.sha256;
    this.#part = { head, chunks: [...(same ? (this.#part?.chunks ?? []) : []), { offset, bytes }] };
  }

  #applyHard(hard: HardState): void {
    if (hard.term < this.hard.term) throw new Violation('S2', `the durable term falls from ${this.hard.term} to ${hard.term}`, this.owner);
    if (hard.term === this.hard.term && this.hard.promisedTo !== null && hard.promisedTo !== this.hard.promisedTo) {
      throw new Violation('S2', `a second durable promise in term ${hard.term}`, this.owner);
    }
    this.hard = hard;
  }

  #append(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.index !== this.lastIndex + 1)
        throw new Violation('S3', `entry #${entry.index} written after #${this.lastIndex}`, this.owner);
      this.#entries.push(entry);
    }
  }

  #applySnapshot(one: Persist & { kind: 'snapshot' }): void {
    this.#older = one.reset ? null : this.snapshot;
    this.snapshot = one.snapshot;
    this.#commit = Math.max(this.#commit, one.snapshot.index);
    if (one.reset) {
      this.#entries = [];
      this.#base = one.snapshot.index;
      return;
    }
    const drop = Math.max(0, Math.min(this.#entries.length, one.trimTo - this.#base));
    this.#entries.splice(0, drop);
    this.#base += drop;
  }
}
