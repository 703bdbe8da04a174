/**
 * Native notices for what concerns this person while the window is not in front: outbid, won, sold, bidders
 * ready, a watched lot that ends soon, low stock.
 *
 * The bell in the page has them all; here only news since the start count, several at once are one notice, and each kind can be
 * switched off. A click brings the window forward at the right place.
 */
import { z } from 'zod';
import type { TextFormat } from '../shared/errors.ts';
import { PEER_ID } from '../shared/ids.ts';
import type { DesktopSettings } from '../shared/ipc.ts';
import { formatMoney } from '../shared/money.ts';
import type { PeerHost } from './peerHost.ts';
import type { Text } from './text/index.ts';

type Switch = keyof DesktopSettings['notices'];

/** Which switch governs which kind of notice; kinds that are not here stay in the bell. */
const SWITCH_OF: ReadonlyMap<string, Switch> = new Map([
  ['outbid', 'outbid'],
  ['won', 'won'],
  ['lost', 'won'],
  ['sold', 'sold'],
  ['lotSold', 'sold'],
  ['lotReady', 'readyCheck'],
  ['ending', 'ending'],
  ['low', 'low'],
]);

/** How long news gather before they are shown together, ms. */
const GATHER_MS = 400;

const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const noticeRow = z.object({ id: z.string(), kind: z.string(), text: z.string(), ref: z.string(), data: facts });
type Row = z.infer<typeof noticeRow>;

const marketOf = z.object({ market: z.object({ currency: z.string(), decimals: z.int() }).nullable() });
const accountsOf = z.object({ value: z.object({ accounts: z.array(z.object({ account: z.string(), name: z.string() })) }) });
const peersOf = z.array(z.object({ peerId: z.string(), name: z.string() }));

/** How names and amounts are written in the shell's language, as things are now. */
async function formatOf(peer: Pick<PeerHost, 'call'>, locale: string): Promise<TextFormat> {
  const [status, balance, peers] = await Promise.all([peer.call('status', {}), peer.call('balance', {}), peer.call('peers', {})]);
  const market = status.ok ? marketOf.safeParse(status.value).data?.market : null;
  const accounts = balance.ok ? (accountsOf.safeParse(balance.value).data?.value.accounts ?? []) : [];
  // Where bidders are hidden the accounts of others are as well, and who bought goods is none.
  const desktops = peers.ok ? (peersOf.safeParse(peers.value).data ?? []) : [];
  const names = new Map([
    ...desktops.map(({ peerId, name }) => [peerId, name] as const),
    ...accounts.map(({ account, name }) => [account, name] as const),
  ]);
  const { currency = 'EUR', decimals = 2 } = market ?? {};
  return {
    money: (minor) => formatMoney(minor, { currency, decimals, locale }),
    nameOf: (id) => names.get(id) ?? (PEER_ID.test(id) ? id.slice(0, 8) : id),
    time: (ms) => new Date(ms).toLocaleTimeString(locale),
  };
}

export interface NativeNotice {
  readonly title: string;
  readonly body: string;
  /** Where a click leads: text after '#'. */
  readonly place: string;
}

export interface NoticeSurroundings {
  readonly peer: Pick<PeerHost, 'call' | 'subscribe'>;
  readonly settings: () => DesktopSettings;
  /** Whether the person looks at the window anyway. */
  readonly inFront: () => boolean;
  readonly text: Text;
  readonly show: (notice: NativeNotice) => void;
  readonly after: (ms: number, run: () => void) => void;
}

function placeOf({ kind, ref }: Row): string {
  if (ref.startsWith('lot-')) return `/auctions/lot/${ref}`;
  return kind === 'low' ? '/inventory' : '/activity';
}

function titleOf(kind: string, text: Text): string {
  const titles: Readonly<Record<string, string>> = {
    outbid: text.notices.outbid,
    won: text.notices.won,
    lost: text.notices.lost,
    sold: text.notices.sold,
    lotSold: text.notices.lotSold,
    lotReady: text.notices.readyCheck,
    ending: text.notices.ending,
    low: text.notices.low,
  };
  return Object.hasOwn(titles, kind) ? (titles[kind] ?? 'Tradepost') : 'Tradepost';
}

/** Starts watching; returns how to stop. */
export function watchNotices({ peer, settings, inFront, text, show, after }: NoticeSurroundings): () => void {
  /** Ids seen; null until the first answer, whose notices are old news. */
  let seen: ReadonlySet<string> | null = null;
  let asked = false;
  let stopped = false;

  async function look(): Promise<void> {
    asked = false;
    if (stopped) return;
    const outcome = await peer.call('notices', {});
    const rows = outcome.ok ? z.array(noticeRow).safeParse(outcome.value) : null;
    if (stopped || rows?.success !== true) return;
    const known = seen;
    seen = new Set(rows.data.map((row) => row.id));
    if (known === null || inFront()) return;
    const wanted = settings().notices;
    const news = rows.data.filter((row) => {
      const governed = SWITCH_OF.get(row.kind);
      return !known.has(row.id) && governed !== undefined && wanted[governed];
    });
    const [first] = news;
    if (first === undefined) return;
    const format = await formatOf(peer, text.locale);
    if (stopped) return;
    const bodies = news.map((row) => text.notices.body(row, format));
    if (news.length === 1) show({ title: titleOf(first.kind, text), body: bodies[0] ?? first.text, place: placeOf(first) });
    else
      show({
        title: text.notices.several(news.length),
        body: bodies.slice(0, 3).join('\n'),
        place: '/activity',
      });
  }

  const unsubscribe = peer.subscribe(({ topic }) => {
    if (topic !== 'notices' || asked) return;
    asked = true;
    after(GATHER_MS, () => void look());
  });
  return () => {
    stopped = true;
    unsubscribe();
  };
}
