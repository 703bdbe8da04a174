/**
 * The histories that do not count, with what may be done about each command (9.4). Money and goods are never moved again by a program.
 */
import type { MarketCommand } from '../../shared/commands.ts';
import type { Outcome } from '../../shared/contract.ts';
import type { KeptHistoryView, KeptState } from '../../shared/divergence.ts';
import { refusal } from './commands.ts';
import { done, type Handlers } from './handlers.ts';
import type { KeptCommand, KeptHistory, PeerPort } from './peerPort.ts';
import type { Requests } from './requests.ts';
import { authorRef, bidderRef, bidsForItself } from './views/bidders.ts';
import { masked } from './views/log.ts';
import type { Reader } from './views/reader.ts';
import { requestView } from './views/requests.ts';

/** Their effect is the same whenever they are done, as long as they name what they mean: an id may be something else in another history. */
const ANY_TIME: ReadonlySet<MarketCommand['type']> = new Set(['profile.set', 'item.create', 'offer.place', 'stock.in']);

function stateOf(port: PeerPort, reader: Reader, history: KeptHistory, kept: KeptCommand): KeptState {
  if (!kept.hadEffect) return 'refused';
  const here = reader.port.marketInfo()?.marketId === history.marketId;
  if (here && (port.hasDone(kept) || port.request(kept.requestId)?.state === 'done')) return 'same';
  const named = !('itemId' in kept.command) || kept.command.itemId === undefined;
  return ANY_TIME.has(kept.command.type) && named ? 'replayable' : 'conflict';
}

/** Does this say who bids, on a lot that is not known here, so that nobody can say who its auctioneer was? */
function saysBidder({ state }: Reader, { command }: KeptCommand): boolean {
  if (command.type !== 'receipt.ask') return bidsForItself(command);
  return !command.ref.startsWith('order-') && state?.lots.has(command.ref) !== true;
}

function authorOf(reader: Reader, kept: KeptCommand): string {
  const { author, authorName, command } = kept;
  const shown = authorRef(reader, author, command);
  if (shown.peerId !== author) return shown.name;
  return saysBidder(reader, kept) && author !== reader.me ? bidderRef(reader, null, author).name : authorName;
}

function view(port: PeerPort, reader: Reader, history: KeptHistory): KeptHistoryView {
  const { file, at, base, leaderName, skipped } = history;
  const rows = history.commands.map((kept) => ({
    requestId: kept.requestId,
    entry: kept.entry,
    at: kept.t,
    author: authorOf(reader, kept),
    own: kept.author === reader.me,
    text: masked(reader, kept.author, kept.command, history.things).summary,
    state: stateOf(port, reader, history, kept),
  }));
  return { file, at, base, leader: leaderName, rows, skipped };
}

export function divergenceHandlers(
  port: PeerPort,
  look: () => Reader,
  requests: Requests,
): Pick<Handlers, 'divergences' | 'divergence.replay'> {
  return {
    'divergences': async () => {
      const kept = await port.keptHistories();
      const reader = look();
      return done(kept.map((history) => view(port, reader, history)));
    },
    'divergence.replay': async (params): Promise<Outcome<ReturnType<typeof requestView>>> => {
      const reader = look();
      for (const history of await port.keptHistories()) {
        const kept = history.commands.find((one) => one.requestId === params.requestId && one.author === reader.me);
        if (kept === undefined) continue;
        // Asked for again: still the same request.
        const known = port.request(params.requestId);
        if (known !== null) return done(requestView(reader, known));
        if (stateOf(port, reader, history, kept) !== 'replayable') return refusal(reader, 'NOT_REPLAYABLE', {});
        const written = await requests.write(kept.command, params);
        return written.ok ? done(requestView(look(), written.value)) : written;
      }
      return { ok: false, error: { code: 'REQUEST_NOT_FOUND', message: 'This desktop knows no such request.' } };
    },
  };
}
