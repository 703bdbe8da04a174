/**
 * Methods that only look. They answer from this replica at once and say which entry they are current to; `sync` first waits until
 * the replica holds everything that was committed when asked (ReadIndex, DESIGN 10 C4).
 */
import type { TimingView } from '../../shared/network.ts';
import { presetNames } from '../../shared/rules.ts';
import { presets } from '../core/config.ts';
import { done, type Handlers } from './handlers.ts';
import type { PeerPort } from './peerPort.ts';
import { refusal } from './commands.ts';
import { marketExport } from './marketExport.ts';
import { reportOf } from './report.ts';
import { checkReceipt } from './receiptCheck.ts';
import { balanceView, ordersView } from './views/accounts.ts';
import { doctorView } from './views/doctor.ts';
import { eventsView } from './views/events.ts';
import { guestsView } from './views/guests.ts';
import { itemsView, pictureView, stockView } from './views/goods.ts';
import { itemDetailView } from './views/itemDetail.ts';
import { ledgerView } from './views/ledger.ts';
import { BIDS_IN_DETAIL, lotsView, lotView, mayShow } from './views/lots.ts';
import { myBidsView } from './views/myBids.ts';
import { noticesView } from './views/notices.ts';
import type { Reader } from './views/reader.ts';
import { receiptDocumentOf, receiptsView } from './views/receipts.ts';
import { requestsView, requestView } from './views/requests.ts';
import { fileLines, logView } from './views/log.ts';
import { settlementView } from './views/settlement.ts';
import { peersView, statusView } from './views/status.ts';
import { obstacle } from './views/trading.ts';

const SYNC_TIMEOUT_MS = 5_000;
const LOG_PAGE = 100;

type Reads = Pick<
  Handlers,
  | 'status'
  | 'peers'
  | 'items'
  | 'item'
  | 'picture'
  | 'stock'
  | 'ledger'
  | 'auctions'
  | 'auction'
  | 'orders'
  | 'requests'
  | 'request'
  | 'notices'
  | 'balance'
  | 'notices.seen'
  | 'away'
  | 'bids'
  | 'watch'
  | 'receipts'
  | 'receipt'
  | 'receipt.verify'
  | 'settlement'
  | 'guests'
  | 'events'
  | 'log'
  | 'log.file'
  | 'doctor'
  | 'sync'
  | 'network'
  | 'failovers'
  | 'about'
  | 'timings'
  | 'invitation'
  | 'report'
  | 'market.export'
>;

const timings: TimingView[] = presetNames.map((preset) => {
  const { heartbeatMs, suspectMs, failMs, failJitterMs, okMs } = presets[preset];
  return { preset, heartbeatMs, suspectMs, failMs, failJitterMs, okMs };
});

/** Opens the form to join, filled in; the code is not part of it. */
function linkOf({ market, address }: { readonly market: string; readonly address: string }): string {
  return `tradepost://join?market=${encodeURIComponent(market)}&address=${encodeURIComponent(address)}`;
}

function current<V>(reader: Reader, value: V): { asOf: { entry: number; term: number }; value: V } {
  return { asOf: reader.asOf(), value };
}

export function readHandlers(port: PeerPort, look: () => Reader, wallNow: () => number): Reads {
  return {
    'status': () => done(statusView(look())),
    'peers': () => done(peersView(look())),
    'items': () => {
      const reader = look();
      return done(current(reader, itemsView(reader)));
    },
    'item': ({ itemId }) => {
      const reader = look();
      const detail = itemDetailView(reader, itemId, wallNow());
      return detail === null ? refusal(reader, 'ITEM_NOT_FOUND', { itemId }) : done(current(reader, detail));
    },
    'picture': ({ itemId }) => {
      const reader = look();
      if (reader.state?.items.has(itemId) !== true) return refusal(reader, 'ITEM_NOT_FOUND', { itemId });
      return done(current(reader, pictureView(reader, itemId)));
    },
    'stock': ({ mine }) => {
      const reader = look();
      return done(current(reader, stockView(reader, mine === true)));
    },
    'ledger': ({ itemId, owner }) => {
      const reader = look();
      const rows = ledgerView(reader, itemId, owner);
      return rows === null ? refusal(reader, 'ITEM_NOT_FOUND', { itemId }) : done(current(reader, rows));
    },
    'auctions': () => {
      const reader = look();
      return done(current(reader, lotsView(reader, wallNow())));
    },
    'auction': ({ lotId }) => {
      const reader = look();
      const lot = reader.state?.lots.get(lotId);
      return lot === undefined || !mayShow(reader, lot)
        ? refusal(reader, 'NOT_FOUND', { lotId })
        : done(current(reader, lotView(reader, lot, wallNow(), BIDS_IN_DETAIL)));
    },
    'orders': ({ mine }) => {
      const reader = look();
      return done(current(reader, ordersView(reader, mine === true)));
    },
    'requests': () => done(requestsView(look())),
    'request': ({ requestId }) => {
      const record = port.request(requestId);
      if (record !== null) return done(requestView(look(), record));
      return { ok: false, error: { code: 'REQUEST_NOT_FOUND', message: 'This desktop knows no such request.' } };
    },
    'notices': () => done(noticesView(look())),
    'notices.seen': async ({ entry }) => {
      const seen = await port.see(entry ?? port.core()?.appliedIndex ?? 0);
      return seen.ok ? done(noticesView(look())) : seen;
    },
    'away': () => done({ since: port.seen(), notices: noticesView(look()).filter((notice) => !notice.seen) }),
    'bids': () => {
      const reader = look();
      return done(current(reader, myBidsView(reader)));
    },
    'watch': async ({ lotId, on }) => {
      const reader = look();
      const lot = reader.state?.lots.get(lotId);
      if (lot === undefined || !mayShow(reader, lot)) return refusal(reader, 'NOT_FOUND', { lotId });
      const kept = await port.watch(lotId, on);
      return kept.ok ? done({ watched: [...port.watched()] }) : kept;
    },
    'receipts': () => {
      const reader = look();
      return done(current(reader, receiptsView(reader)));
    },
    'receipt': ({ ref }) => {
      const reader = look();
      const document = receiptDocumentOf(reader, ref);
      return document === null ? refusal(reader, 'SALE_NOT_FOUND', { ref }) : done(current(reader, document));
    },
    'receipt.verify': ({ document }) => done(checkReceipt(document, look().state)),
    'settlement': () => {
      const reader = look();
      return done(current(reader, settlementView(reader)));
    },
    'guests': () => {
      const reader = look();
      return done(current(reader, guestsView(reader)));
    },
    'balance': () => {
      const reader = look();
      return done(current(reader, balanceView(reader)));
    },
    'events': ({ since }) => done(eventsView(look(), since ?? 0)),
    'log': ({ before, limit = LOG_PAGE }) => done(logView(look(), before, limit)),
    'log.file': async () => {
      const [tail, secrets] = await Promise.all([port.desktop.logTail(), port.desktop.secrets()]);
      return done(fileLines(tail, secrets));
    },
    'doctor': async () => {
      const network = await port.doctor();
      return done(doctorView(look(), network));
    },
    'failovers': () => done([...(look().core?.failovers ?? [])]),
    'network': async () => done(await port.desktop.network()),
    'about': async () => done(await port.desktop.about()),
    'timings': () => done(timings),
    'invitation': () => {
      const found = port.desktop.invitation();
      return found === null ? refusal(look(), 'NO_MARKET') : done({ ...found, link: linkOf(found) });
    },
    'market.export': () => {
      const reader = look();
      const made = marketExport(reader, wallNow());
      return made === null ? refusal(reader, 'NO_MARKET') : done(made);
    },
    'report': async ({ maskNames }) => done(await reportOf(port, look(), maskNames === true, wallNow())),
    'sync': async ({ timeoutMs = SYNC_TIMEOUT_MS }) => {
      const reached = await port.barrier(timeoutMs);
      const reader = look();
      return reached ? done(statusView(reader)) : refusal(reader, obstacle(reader) ?? 'TIMEOUT');
    },
  };
}
