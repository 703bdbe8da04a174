/**
 * Addresses of the HTTP interface: one table from verb and path to a method of the contract.
 *
 * Parameters come from the path, then the query (GET) or the JSON body; the contract's schema judges the sum. Nothing here knows what
 * a method does.
 */
import type { Method, Result } from '../../../shared/contract.ts';

export type Verb = 'GET' | 'POST' | 'PATCH' | 'DELETE';
/** How a query text becomes a parameter. */
export type QueryKind = 'text' | 'int' | 'bool';

export interface Route {
  readonly verb: Verb;
  /** `:name` segments are parameters named as the contract names them. */
  readonly path: string;
  readonly method: Method;
  readonly query?: Readonly<Record<string, QueryKind>>;
  /** Used when the request does not say otherwise. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly summary: string;
}

export const routes: readonly Route[] = [
  { verb: 'GET', path: '/v1/status', method: 'status', summary: 'This desktop, its market, the leader' },
  { verb: 'GET', path: '/v1/peers', method: 'peers', summary: 'Every desktop of the market' },
  { verb: 'POST', path: '/v1/peers', method: 'peers.add', summary: 'Contact a desktop by its address' },
  { verb: 'POST', path: '/v1/peers/scan', method: 'peers.scan', summary: 'Ask every address of the private subnets around' },
  { verb: 'DELETE', path: '/v1/addresses', method: 'peers.forget', summary: 'Forget where desktops were' },
  { verb: 'DELETE', path: '/v1/peers/:peerId', method: 'peers.evict', summary: 'Remove a member (operator only)' },
  { verb: 'GET', path: '/v1/network', method: 'network', summary: 'Adapters, counters and choices of this desktop' },
  { verb: 'PATCH', path: '/v1/network', method: 'network.set', summary: 'Change port, group messages or adapters' },
  { verb: 'POST', path: '/v1/market/operator', method: 'market.operator', summary: 'Make another desktop the operator (operator only)' },
  { verb: 'PATCH', path: '/v1/market/rules', method: 'market.rules', summary: 'Change rules of the market (operator only)' },
  { verb: 'GET', path: '/v1/market/invitation', method: 'invitation', summary: 'What others need to get in, the join code included' },
  { verb: 'GET', path: '/v1/failovers', method: 'failovers', summary: 'Changes of leader measured here' },
  { verb: 'GET', path: '/v1/about', method: 'about', summary: 'Version, data folder, sizes' },
  { verb: 'GET', path: '/v1/timings', method: 'timings', summary: 'The timings a market can have' },
  { verb: 'GET', path: '/v1/market/export', method: 'market.export', summary: 'The whole market as JSON and CSV files' },
  { verb: 'GET', path: '/v1/report', method: 'report', query: { maskNames: 'bool' }, summary: 'The files of a bug report' },
  { verb: 'DELETE', path: '/v1/troubles/:code', method: 'trouble.dismiss', summary: 'What the status tells has been read' },
  { verb: 'GET', path: '/v1/items', method: 'items', summary: 'Goods and what is offered' },
  { verb: 'GET', path: '/v1/items/:itemId', method: 'item', summary: 'One item: offers, warehouses, ledger, auctions' },
  { verb: 'POST', path: '/v1/items', method: 'item.create', summary: 'Create an item, with stock if a quantity is given' },
  {
    verb: 'PATCH',
    path: '/v1/items/:itemId',
    method: 'item.edit',
    summary: 'Change name, description, category, barcode, my SKU or low-stock level',
  },
  {
    verb: 'POST',
    path: '/v1/items/:itemId/picture',
    method: 'item.picture',
    summary: 'Show a picture of my item (base64), or null for none',
  },
  { verb: 'GET', path: '/v1/items/:itemId/ledger', method: 'ledger', query: { owner: 'text' }, summary: 'Every change of an item’s stock' },
  { verb: 'GET', path: '/v1/stock', method: 'stock', query: { mine: 'bool' }, summary: 'Stock on hand, reserved, offered, available' },
  { verb: 'POST', path: '/v1/stock/in', method: 'stock.in', summary: 'Put goods into my stock' },
  { verb: 'POST', path: '/v1/stock/out', method: 'stock.out', summary: 'Take goods out of my stock' },
  { verb: 'POST', path: '/v1/stock/adjust', method: 'stock.adjust', summary: 'Correct my stock, with a reason' },
  { verb: 'POST', path: '/v1/stock/count', method: 'stock.count', summary: 'Post the differences of a count, with a reason' },
  { verb: 'POST', path: '/v1/offers', method: 'offer.place', summary: 'Offer goods at a price' },
  { verb: 'DELETE', path: '/v1/offers/:offerId', method: 'offer.withdraw', summary: 'Withdraw an offer' },
  { verb: 'GET', path: '/v1/orders', method: 'orders', query: { mine: 'bool' }, summary: 'Purchases, newest first' },
  { verb: 'POST', path: '/v1/orders', method: 'order.buy', summary: 'Buy' },
  { verb: 'GET', path: '/v1/auctions', method: 'auctions', summary: 'All auctions' },
  { verb: 'POST', path: '/v1/auctions', method: 'auction.create', summary: 'Create an auction' },
  { verb: 'GET', path: '/v1/auctions/:lotId', method: 'auction', summary: 'One auction with its bids' },
  { verb: 'POST', path: '/v1/auctions/:lotId/start', method: 'auction.start', summary: 'Start my auction' },
  { verb: 'POST', path: '/v1/auctions/:lotId/join', method: 'auction.join', summary: 'Join an auction' },
  { verb: 'POST', path: '/v1/auctions/:lotId/bids', method: 'auction.bid', summary: 'Bid' },
  { verb: 'POST', path: '/v1/auctions/:lotId/cancel', method: 'auction.cancel', summary: 'Cancel my auction, with a reason' },
  { verb: 'POST', path: '/v1/auctions/:lotId/resume', method: 'auction.resume', summary: 'Let a paused auction run on' },
  { verb: 'POST', path: '/v1/auctions/:lotId/publish', method: 'auction.publish', summary: 'Show a draft to everybody' },
  { verb: 'POST', path: '/v1/auctions/:lotId/autobid', method: 'auction.autobid', summary: 'Let the rules bid up to a limit' },
  { verb: 'POST', path: '/v1/auctions/:lotId/buy-now', method: 'auction.buyNow', summary: 'Buy now' },
  { verb: 'POST', path: '/v1/auctions/:lotId/void', method: 'auction.void', summary: 'Make an auction void, with a reason' },
  { verb: 'POST', path: '/v1/auctions/:lotId/pause', method: 'auction.pause', summary: 'Stop the clock of my auction' },
  { verb: 'POST', path: '/v1/auctions/:lotId/extend', method: 'auction.extend', summary: 'Give my auction more time' },
  { verb: 'POST', path: '/v1/auctions/:lotId/close', method: 'auction.close', summary: 'Close my auction now' },
  { verb: 'POST', path: '/v1/auctions/:lotId/confirm', method: 'auction.confirm', summary: 'Confirm the result' },
  { verb: 'POST', path: '/v1/auctions/:lotId/reopen', method: 'auction.reopen', summary: 'Re-open instead of confirming' },
  { verb: 'POST', path: '/v1/auctions/:lotId/relist', method: 'auction.relist', summary: 'Put up again what was not sold' },
  { verb: 'POST', path: '/v1/auctions/end-all', method: 'auction.endAll', summary: 'Close every running auction now' },
  { verb: 'GET', path: '/v1/guests', method: 'guests', summary: 'Bidders without a desktop' },
  { verb: 'POST', path: '/v1/guests', method: 'guest.add', summary: 'Give a paddle to somebody without a desktop (operator only)' },
  { verb: 'PATCH', path: '/v1/guests', method: 'guest.rename', summary: 'Change the name of a guest (operator only)' },
  { verb: 'POST', path: '/v1/settlements', method: 'settle.pay', summary: 'Say that a debt was paid outside the market' },
  { verb: 'GET', path: '/v1/requests', method: 'requests', summary: 'What this desktop has asked for' },
  { verb: 'GET', path: '/v1/requests/:requestId', method: 'request', summary: 'One request' },
  { verb: 'DELETE', path: '/v1/requests/:requestId', method: 'request.cancel', summary: 'Take back a request that is still waiting' },
  { verb: 'GET', path: '/v1/notices', method: 'notices', summary: 'News for this desktop' },
  { verb: 'POST', path: '/v1/notices/seen', method: 'notices.seen', summary: 'Say that the news were read' },
  { verb: 'GET', path: '/v1/away', method: 'away', summary: 'What happened while nobody looked' },
  { verb: 'GET', path: '/v1/bids', method: 'bids', summary: 'My bids over all auctions' },
  {
    verb: 'POST',
    path: '/v1/auctions/:lotId/watch',
    method: 'watch',
    defaults: { on: true },
    summary: 'Put an auction on my watch list, or take it off',
  },
  { verb: 'GET', path: '/v1/receipts', method: 'receipts', summary: 'My sales and their receipts' },
  { verb: 'POST', path: '/v1/receipts', method: 'receipt.ask', summary: 'Have a receipt made and signed' },
  { verb: 'POST', path: '/v1/receipts/verify', method: 'receipt.verify', summary: 'Check the text of a receipt' },
  { verb: 'GET', path: '/v1/receipts/:ref', method: 'receipt', summary: 'One receipt, as the file that anybody can check' },
  { verb: 'GET', path: '/v1/settlement', method: 'settlement', summary: 'Who owes whom' },
  { verb: 'GET', path: '/v1/bots', method: 'bots', summary: 'Bots of this desktop' },
  { verb: 'POST', path: '/v1/bots', method: 'bot.start', summary: 'Start a bot' },
  { verb: 'DELETE', path: '/v1/bots/:id', method: 'bot.stop', summary: 'Stop a bot' },
  { verb: 'GET', path: '/v1/balance', method: 'balance', summary: 'Accounts' },
  { verb: 'POST', path: '/v1/accounts/:peerId/credit', method: 'account.credit', summary: 'Give credit to a desktop' },
  { verb: 'GET', path: '/v1/events', method: 'events', query: { since: 'int' }, summary: 'What happened on this desktop' },
  {
    verb: 'GET',
    path: '/v1/log',
    method: 'log',
    query: { before: 'int', limit: 'int' },
    summary: 'Entries of the replicated log, newest first',
  },
  { verb: 'GET', path: '/v1/log/file', method: 'log.file', summary: 'The end of this desktop’s log file' },
  { verb: 'GET', path: '/v1/doctor', method: 'doctor', summary: 'Connection doctor' },
  { verb: 'POST', path: '/v1/sync', method: 'sync', summary: 'Wait until this desktop is current' },
  { verb: 'POST', path: '/v1/markets', method: 'market.create', summary: 'Create a market' },
  { verb: 'POST', path: '/v1/markets/join', method: 'market.join', summary: 'Join a market' },
  { verb: 'POST', path: '/v1/markets/leave', method: 'market.leave', summary: 'Leave the market' },
  { verb: 'POST', path: '/v1/desk', method: 'desk.rename', summary: 'Rename this desktop' },
  {
    verb: 'POST',
    path: '/v1/desk/reset',
    method: 'desk.reset',
    summary: 'Leave the market, put all data aside and begin as a new desktop',
  },
  {
    verb: 'POST',
    path: '/v1/leader/crash',
    method: 'fault.crash',
    defaults: { target: 'leader' },
    summary: 'Simulate a crash of the leader',
  },
  { verb: 'POST', path: '/v1/leader/recover', method: 'fault.recover', summary: 'End a simulated crash' },
  { verb: 'POST', path: '/v1/leader/elect', method: 'leader.elect', summary: 'Hold an election now' },
  { verb: 'POST', path: '/v1/leader/step-down', method: 'leader.stepDown', summary: 'Hand leadership over' },
  {
    verb: 'POST',
    path: '/v1/leader/continue-alone',
    method: 'leader.continueAlone',
    summary: 'Say what may be lost; with `confirm`, continue without the others',
  },
  { verb: 'GET', path: '/v1/divergences', method: 'divergences', summary: 'What was done on a history that does not count' },
  { verb: 'POST', path: '/v1/divergences/:requestId/replay', method: 'divergence.replay', summary: 'Do one of those commands again' },
  {
    verb: 'POST',
    path: '/v1/leader/accept-alone',
    method: 'leader.acceptAlone',
    summary: 'Declare what was done without the others final',
  },
  { verb: 'POST', path: '/v1/faults', method: 'fault.crash', defaults: { target: 'self' }, summary: 'Simulate a crash' },
  { verb: 'DELETE', path: '/v1/faults', method: 'fault.recover', defaults: { target: 'all' }, summary: 'End every simulated crash' },
];

type Leader = Pick<Result<'status'>, 'leader' | 'term' | 'role' | 'suspected' | 'viewNo' | 'leaderHistory' | 'lastFailover'>;

/** What `GET /v1/leader` shows: the part of the status that is about leadership. */
export function leaderOf(status: Result<'status'>): Leader {
  const { leader, term, role, suspected, viewNo, leaderHistory, lastFailover } = status;
  return { leader, term, role, suspected, viewNo, leaderHistory, lastFailover };
}

/** Values of a query string, or the name of the parameter that is not what it should be. */
export function readQuery(
  kinds: Readonly<Record<string, QueryKind>>,
  query: Readonly<Record<string, unknown>>,
): { readonly ok: true; readonly params: Record<string, unknown> } | { readonly ok: false; readonly name: string } {
  const params: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(query)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined || typeof raw !== 'string') return { ok: false, name };
    if (kind === 'text') params[name] = raw;
    else if (kind === 'int' && /^\d{1,15}$/.test(raw)) params[name] = Number(raw);
    else if (kind === 'bool' && (raw === 'true' || raw === 'false' || raw === '')) params[name] = raw !== 'false';
    else return { ok: false, name };
  }
  return { ok: true, params };
}
