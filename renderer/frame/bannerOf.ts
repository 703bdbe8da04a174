/**
 * Which one sentence the whole window says right now. The most severe wins: red = cannot trade, amber = a leader is being found,
 * green = a new leader or back again (for a short while), blue = for information.
 */
import type { FailoverReport, StatusView } from '../../shared/views.ts';
import { plainRefusal } from '../format/refusal.ts';
import { agoText, secondsText } from '../format/time.ts';
import type { View } from '../state/store.ts';
import { t } from '../text/t.ts';

/** How long good news stays. */
const NEWS_MS = 8000;
/** So long a desktop may take to come back before its state is said plainly. */
const REJOIN_MS = 5000;
/** Events that say how far an election is. */
const STEPS: ReadonlySet<string> = new Set(['strongerAnswered', 'prepares', 'promised', 'adoptsLog']);
/** From here on a missing leader is no longer "a moment". */
const LONG_MS = 10_000;

export interface BannerText {
  readonly level: 'error' | 'warning' | 'success' | 'info';
  readonly text: string;
  readonly action: 'recover' | 'resume' | 'doctor' | null;
}

const say = (level: BannerText['level'], text: string, action: BannerText['action'] = null): BannerText => ({ level, text, action });

/** "Desk-4 is the new leader (term 2). Trading was stopped 2.9 s. 0 accepted bids lost, 1 waiting bid sent." */
export const failoverSentence = (report: FailoverReport): string =>
  t.banner.failover(
    report.to.name,
    report.term,
    report.stoppedMs === null ? null : secondsText(report.stoppedMs),
    report.lost,
    report.waitingSent,
  );

const crashed = (status: StatusView, leaderNow: number): BannerText => {
  const until = status.crash?.recoversAt ?? null;
  const text = plainRefusal('THIS_CRASHED');
  return say(
    'error',
    until === null ? text : `${text} ${t.banner.recoversIn(Math.max(0, Math.ceil((until - leaderNow) / 1000)))}`,
    'recover',
  );
};

/** How far the election is, in the words of the newest event that says so. */
const progressSince = (view: View, seq: number): string[] => {
  const step = view.events.findLast((one) => one.seq > seq && STEPS.has(one.kind));
  return step === undefined ? [] : [`${step.text}.`];
};

/** What is known about the leader that is missing, from this desktop's own events: first suspected, then failed. */
const electingText = (view: View): string => {
  const last = view.events.findLast(({ kind }) => kind === 'failed' || kind === 'suspected' || kind === 'leader');
  if (last?.kind === 'failed') return [`${last.text}. ${t.banner.electing}`, ...progressSince(view, last.seq)].join(' ');
  return last?.kind === 'suspected' || (view.status?.suspected === true && view.status.leader !== null)
    ? t.banner.suspected
    : t.banner.electing;
};

/** A desktop whose disk was full goes on from here once there is space; any other reason wants a person to look first. */
const stopped = ({ trading, stopReason }: StatusView): BannerText =>
  trading.code === 'DISK_FULL' ? say('error', plainRefusal('DISK_FULL', {}), 'resume') : say('error', t.banner.stopped(stopReason));

const noTrading = (view: View, status: StatusView, now: number): BannerText => {
  const { reachable, total } = status.desktops;
  if (status.trading.code === 'NO_MAJORITY' || status.role === 'isolated') {
    return say('error', plainRefusal('NO_MAJORITY', { reachable, total }), 'doctor');
  }
  const forMs = view.stopped === null ? 0 : now - view.stopped.at;
  if (forMs >= LONG_MS) return say('error', t.banner.noLeaderFor(Math.floor(forMs / 1000), reachable, total), 'doctor');
  return say('warning', electingText(view));
};

const goodNews = (view: View, status: StatusView, now: number): BannerText | null => {
  const { news, failover, lead } = view;
  if (news !== null && now - news.at < NEWS_MS) {
    if (news.kind === 'reconnected') return say('success', t.banner.reconnected(news.entries));
    if (now >= news.at) return say('success', t.banner.back(status.leader?.name ?? '?', status.term));
  }
  if (failover !== null && now - failover.seenAt < NEWS_MS) return say('success', failoverSentence(failover.report));
  if (lead !== null && now - lead.seenAt < NEWS_MS) {
    const left =
      lead.before !== null && view.peers.find((peer) => peer.peerId === lead.before?.peerId)?.state === 'left' ? lead.before.name : null;
    return say('success', left === null ? t.banner.newLeader(lead.name, lead.term) : t.banner.leftLeader(left, lead.name, lead.term));
  }
  return null;
};

/**
 * The banner, or null when there is nothing to say.
 * @param now `performance.now()`
 */
export const bannerOf = (view: View, now: number): BannerText | null => {
  const { status } = view;
  if (!view.connected) {
    return status === null ? say('info', t.banner.connecting) : say('error', t.banner.offline(agoText(now - view.lastUpdate)));
  }
  if (status === null || status.phase === 'setup') return null;
  if (status.phase === 'crashed') return crashed(status, status.leaderNow + (now - view.statusAt));
  if (status.phase === 'stopped') return stopped(status);
  if (view.news?.at === Infinity && now - view.news.since < REJOIN_MS) return say('info', t.banner.rejoining);
  if (status.phase === 'joining') return say('info', t.banner.joining);
  if (!status.trading.ok) return noTrading(view, status, now);
  if (status.suspected) return say('warning', t.banner.suspected);
  return goodNews(view, status, now);
};
