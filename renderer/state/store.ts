/**
 * Everything the screen shows, one field per topic, plus the few things only this window knows: is the carrier up, when did trading
 * stop, when did the last failover arrive. `apply` is pure so that it can be tested without a browser.
 */
import { create } from 'zustand';
import type { Push, TopicValue } from '../../shared/contract.ts';
import type {
  EventView,
  FailoverReport,
  ItemView,
  LotView,
  NoticeView,
  PeerView,
  RequestView,
  StatusView,
  StockView,
} from '../../shared/views.ts';
import { shareRows, shareValue } from './share.ts';

/** Enough for a lesson, small enough to draw. Older events stay in the peer's journal. */
const MAX_EVENTS = 1000;
/** A failover older than this when the page opens is history, not news. */
const NEWS_MS = 8000;

export interface View {
  readonly status: StatusView | null;
  /** `performance.now()` when `status` arrived: leader time runs on from there. */
  readonly statusAt: number;
  readonly peers: readonly PeerView[];
  readonly items: readonly ItemView[];
  readonly stock: readonly StockView[];
  readonly lots: readonly LotView[];
  readonly requests: readonly RequestView[];
  readonly notices: readonly NoticeView[];
  readonly balance: TopicValue<'balance'>['value'] | null;
  readonly events: readonly EventView[];
  /** Has the first full set of this connection arrived? */
  readonly connected: boolean;
  readonly lastUpdate: number;
  readonly freshEvents: boolean;
  /** Set while no request can be accepted: since when (`performance.now()`), at which leader time, and at which entry. */
  readonly stopped: { readonly at: number; readonly leaderNow: number; readonly entry: number; readonly code: string | null } | null;
  readonly failover: { readonly report: FailoverReport; readonly seenAt: number } | null;
  /** A short piece of good news about this desktop: back from a crash, or reconnected to the others. */
  readonly news: {
    readonly kind: 'back' | 'reconnected';
    readonly entries: number;
    readonly since: number;
    /** When it came true; infinite while this desktop is still on its way back. */
    readonly at: number;
  } | null;
  readonly lead: {
    readonly peerId: string;
    readonly name: string;
    readonly term: number;
    readonly seenAt: number;
    readonly before: { readonly peerId: string; readonly name: string } | null;
  } | null;
}

export const emptyView: View = {
  status: null,
  statusAt: 0,
  peers: [],
  items: [],
  stock: [],
  lots: [],
  requests: [],
  notices: [],
  balance: null,
  events: [],
  connected: false,
  lastUpdate: 0,
  freshEvents: true,
  stopped: null,
  failover: null,
  news: null,
  lead: null,
};

const reportKey = (report: FailoverReport): string => `${report.term}/${report.to.peerId}/${report.at}`;

const failoverAfter = (view: View, status: StatusView, now: number): View['failover'] => {
  const report = status.lastFailover;
  if (report === null) return null;
  if (view.failover !== null && reportKey(view.failover.report) === reportKey(report)) return { ...view.failover, report };
  const news = view.status === null ? status.leaderNow - report.at < NEWS_MS : true;
  return { report, seenAt: news ? now : -Infinity };
};

const newsAfter = (view: View, status: StatusView, now: number): View['news'] => {
  const before = view.status;
  if (before === null) return null;
  const pending = view.news?.kind === 'back' && view.news.at === Infinity;
  if (status.phase !== 'crashed' && (before.phase === 'crashed' || pending)) {
    const back = status.phase === 'running' && status.trading.ok;
    return { kind: 'back', entries: 0, since: pending && view.news !== null ? view.news.since : now, at: back ? now : Infinity };
  }
  if (view.stopped?.code === 'NO_MAJORITY' && status.trading.ok) {
    return { kind: 'reconnected', entries: Math.max(0, status.commitIndex - view.stopped.entry), since: now, at: now };
  }
  return status.phase === 'crashed' ? null : view.news;
};

/** The leader this desktop follows; the first one it hears of is no news. */
const leadAfter = (view: View, status: StatusView, now: number): View['lead'] => {
  if (status.leader === null || status.leader.peerId === view.lead?.peerId) return view.lead;
  const { peerId, name } = status.leader;
  const before = view.lead === null ? null : { peerId: view.lead.peerId, name: view.lead.name };
  return { peerId, name, term: status.term, seenAt: before === null ? -Infinity : now, before };
};

const withStatus = (view: View, next: StatusView, now: number): View => {
  const status = shareValue(view.status ?? next, next);
  const stopped = status.trading.ok
    ? null
    : { ...(view.stopped ?? { at: now, leaderNow: status.leaderNow, entry: status.commitIndex }), code: status.trading.code };
  return {
    ...view,
    status,
    statusAt: now,
    stopped,
    failover: failoverAfter(view, status, now),
    news: newsAfter(view, status, now),
    lead: leadAfter(view, status, now),
  };
};

const withEvents = (view: View, next: readonly EventView[]): View => {
  const kept = view.freshEvents ? [] : view.events;
  const newest = kept.at(-1)?.seq ?? -1;
  const added = next.filter((event) => event.seq > newest);
  return { ...view, freshEvents: false, events: [...kept, ...added].slice(-MAX_EVENTS) };
};

const withOne = (view: View, push: Push, now: number): View => {
  switch (push.topic) {
    case 'status':
      return withStatus(view, push.data, now);
    case 'peers':
      return { ...view, peers: shareRows(view.peers, push.data, (peer) => peer.peerId) };
    case 'items':
      return { ...view, items: shareRows(view.items, push.data.value, (item) => item.itemId) };
    case 'stock':
      return { ...view, stock: shareRows(view.stock, push.data.value, (row) => `${row.owner.peerId}/${row.itemId}`) };
    case 'auctions':
      return { ...view, lots: shareRows(view.lots, push.data.value, (lot) => lot.lotId) };
    case 'requests':
      return { ...view, requests: shareRows(view.requests, push.data, (request) => request.requestId) };
    case 'notices':
      return { ...view, notices: shareRows(view.notices, push.data, (notice) => notice.id) };
    case 'balance':
      return { ...view, balance: shareValue(view.balance, push.data.value) };
    case 'events':
      return withEvents(view, push.data);
  }
};

/** The view after `pushes` that arrived at `now` (`performance.now()`). */
export const apply = (view: View, pushes: readonly Push[], now: number): View => ({
  ...pushes.reduce((before, push) => withOne(before, push, now), view),
  lastUpdate: now,
});

/** The view after the carrier came up or went down. What was shown stays; the next events are a full set again. */
export const withConnection = (view: View, connected: boolean, now: number): View => ({
  ...view,
  connected,
  freshEvents: true,
  lastUpdate: connected || view.connected ? now : view.lastUpdate,
});

export const useView = create<View>(() => emptyView);
