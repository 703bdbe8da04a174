/**
 * Links from outside, `tradepost://lot/lot-1` or `tradepost://join?market=Room%201&address=192.168.1.23:47100`.
 *
 * Anybody can write one on a web page, so a link only ever opens a page or fills a form that a person still has to send; it never
 * bids, buys, joins or crashes anything. What is not of the known forms is refused as a whole.
 */
export const LINK_SCHEME = 'tradepost';
const MAX_LINK = 512;
const MAX_FIELD = 80;
const PAGES: ReadonlySet<string> = new Set(['market', 'auctions', 'inventory', 'activity', 'network', 'diagnostics']);
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const ADDRESS = /^[A-Za-z0-9.[\]:-]{3,64}$/;

/** The place in the interface (text after '#') that a link asks for; null when it is not one of ours. */
export function placeOf(link: string): string | null {
  const url = link.length <= MAX_LINK ? URL.parse(link) : null;
  if (url === null || url.protocol !== `${LINK_SCHEME}:` || url.username !== '' || url.password !== '') return null;
  // For a scheme that is not the web's, the part after // is the host and what follows the path.
  const [what = '', ...rest] = [url.host, ...url.pathname.split('/')].filter((part) => part !== '');
  if (what === 'join' && rest.length === 0 && url.hash === '') return joinPlace(url.searchParams);
  if (url.search !== '' || url.hash !== '') return null;
  if (what === 'lot' || what === 'item') {
    const [id = '', ...more] = rest;
    if (!ID.test(id) || more.length > 0) return null;
    return what === 'lot' ? `/auctions/lot/${id}` : `/market/item/${id}`;
  }
  return PAGES.has(what) && rest.length === 0 ? `/${what}` : null;
}

function joinPlace(fields: URLSearchParams): string | null {
  const market = fields.get('market') ?? '';
  const address = fields.get('address') ?? '';
  const clean = market.length <= MAX_FIELD && /^\P{Cc}*$/u.test(market) && (address === '' || ADDRESS.test(address));
  return clean && market !== '' ? `/join/${encodeURIComponent(market)}${address === '' ? '' : `/${encodeURIComponent(address)}`}` : null;
}

/** The first link among a command line's words: Windows and Linux hand it to a second start that way. */
export function linkAmong(words: readonly string[]): string | null {
  return words.find((word) => word.startsWith(`${LINK_SCHEME}://`)) ?? null;
}
