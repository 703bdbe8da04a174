/**
 * Native notices for what concerns this person while the window is not in front: outbid, won, sold, bidders ready, low stock.
 *
 * The bell in the page has them all; here only news since the start count, several at once are one notice, and each kind can be
 * switched off. A click brings the window forward at the right place.
 */
import { z } from 'zod';
import type { DesktopSettings } from '../shared/ipc.ts';
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
  ['readyCheck', 'readyCheck'],
  ['low', 'low'],
]);

/** How long news gather before they are shown together, ms. */
const GATHER_MS = 400;

const noticeRow = z.object({ id: z.string(), kind: z.string(), text: z.string(), ref: z.string() });
type Row = z.infer<typeof noticeRow>;

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
    readyCheck: text.notices.readyCheck,
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
    if (news.length === 1) show({ title: titleOf(first.kind, text), body: first.text, place: placeOf(first) });
    else
      show({
        title: text.notices.several(news.length),
        body: news
          .map((row) => row.text)
          .slice(0, 3)
          .join('\n'),
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
