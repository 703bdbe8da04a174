/**
 * The market: one rule per command, applied in log order, with a hash chain over all that changed.
 *
 * Every rule first decides and then changes, so a refusal leaves no trace. The digest costs one hash an entry; two replicas with the
 * same applied index and different digests have diverged, and the protocol stops them (S10).
 */
import { hash } from 'node:crypto';
import { apply } from './apply.ts';
import { applySystem, dueClosings } from './closing.ts';
import { admitMember, setPresent } from './members.ts';
import { isTimed } from './auctions/index.ts';
import { dueSeats } from './pods/autopilot.ts';
import { hostedLot } from './pods/hosted.ts';
import { podsOf } from './pods/port.ts';
import { applyPodCommand } from './pods/rules.ts';
import type { MarketGenesis, SystemCommand } from './records.ts';
import { refused } from './results.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';
import { type Books, emptyBooks } from './state.ts';
import type { ApplyContext, Market } from './types.ts';

const nobody = (): boolean => false;

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** Extends the hash chain by what the entry changed; an entry that changed nothing leaves it alone. */
function seal(books: Books, ctx: ApplyContext): void {
  if (books.journal === '') return;
  books.digest = sha256(`${books.digest}\n${ctx.index}|${ctx.t}\n${books.journal}`);
  books.journal = '';
}

function marketOf(books: Books): Market {
  return {
    execute(ctx, author, command) {
      if (!books.members.has(author)) return refused('NOT_MEMBER');
      books.lamport = ctx.lamport;
      // Its host decides about it; the author's desktop sends it there.
      const hosted = hostedLot(books, command);
      const result = hosted === null ? apply(books, ctx, author, command) : refused('LOT_HOSTED', { lotId: hosted.lotId });
      seal(books, ctx);
      return result;
    },
    executePod(ctx, author, command) {
      if (!books.members.has(author)) return refused('NOT_MEMBER');
      books.lamport = ctx.lamport;
      const result = applyPodCommand(books, ctx, author, command);
      seal(books, ctx);
      return result;
    },
    system(ctx, command: SystemCommand) {
      books.lamport = ctx.lamport;
      applySystem(books, ctx, command);
      seal(books, ctx);
    },
    admit(ctx, peerId, name, memberNo) {
      admitMember(books, ctx, peerId, name, memberNo);
      seal(books, ctx);
    },
    present(ctx, peerIds) {
      setPresent(books, ctx, peerIds);
      seal(books, ctx);
    },
    due: (t, silent = nobody, room = null) => [...dueClosings(books, t, silent), ...(room === null ? [] : dueSeats(books, t, room))],
    pods: podsOf(books),
    wantsTick: () => [...books.liveLots.values()].some(isTimed),
    snapshot: () => writeSnapshot(books),
    digest: () => books.digest,
    state: books,
  };
}

/** A new, empty market. Equal geneses start equal digests. */
export function createMarket(genesis: MarketGenesis): Market {
  const { allowNegative, commissionBps, commissionTo, creator, currency, decimals, marketId, name } = genesis;
  const fixed: MarketGenesis = { allowNegative, commissionBps, commissionTo, creator, currency, decimals, marketId, name };
  return marketOf(emptyBooks(fixed, sha256(JSON.stringify(fixed))));
}

export type Restored =
  | { readonly ok: true; readonly market: Market }
  | { readonly ok: false; readonly code: 'SNAPSHOT_BAD'; readonly message: string };

/** The market of a snapshot, after checking its shape, its references and all invariants. Never throws. */
export function restoreMarket(json: unknown): Restored {
  const read = readSnapshot(json);
  return read.ok ? { ok: true, market: marketOf(read.books) } : { ok: false, code: 'SNAPSHOT_BAD', message: read.message };
}
