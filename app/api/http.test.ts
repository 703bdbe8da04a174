/** The HTTP carrier: good requests, and a table of bad ones. Real sockets on loopback; the peer behind is a fake one. */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Push } from '../../shared/contract.ts';
import { png } from '../market/fixture.ts';
import { connect, readPush } from './client.ts';
import { ensureToken } from './http/token.ts';
import { resolveInside } from './http/statics.ts';
import { BODY_LIMIT_BYTES, type HttpHost, startHttp } from './http.ts';
import { createService } from './service.ts';
import { desk, type FakePeer, fakePeer } from './testing/fakePeer.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

let peer: FakePeer;
let host: HttpHost;
let token: string;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tradepost-http-'));
  await writeFile(join(dir, 'index.html'), '<!doctype html><title>Tradepost</title>');
  await writeFile(join(dir, 'secret.txt'), 'not a page');
  token = await ensureToken(dir);
  peer = fakePeer();
  const started = await startHttp(createService(peer), { host: '127.0.0.1', port: 0, token, version: '0.1.0', rendererDir: dir });
  if (!started.ok) throw new Error(started.error.message);
  host = started.value;
});
afterAll(async () => {
  await host.close();
  await rm(dir, { recursive: true });
});

interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly anonymous?: boolean;
}

/** One raw request; headers of the table win over the usual ones. */
function ask({ method = 'GET', path = '/v1/status', headers = {}, body, anonymous = false }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const usual: Record<string, string> = anonymous ? {} : { authorization: `Bearer ${token}` };
    if (body !== undefined) usual['content-type'] = 'application/json';
    const outgoing = request({ host: '127.0.0.1', port: host.port, method, path, headers: { ...usual, ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const post = (path: string, body: unknown): Ask => ({ method: 'POST', path, body: JSON.stringify(body) });

const bad: readonly (readonly [string, Ask, number, string])[] = [
  ['no key', { anonymous: true }, 401, 'UNAUTHORIZED'],
  ['a wrong key', { headers: { authorization: 'Bearer nope' } }, 401, 'UNAUTHORIZED'],
  ['no key at an address spelled otherwise', { anonymous: true, path: '/%761/status' }, 401, 'UNAUTHORIZED'],
  ['no key and a wrong verb', { anonymous: true, method: 'PUT' }, 401, 'UNAUTHORIZED'],
  ['a wrong cookie', { anonymous: true, headers: { cookie: 'tradepost=x; other=y' } }, 401, 'UNAUTHORIZED'],
  ['an old address', { anonymous: true, path: '/?token=old' }, 401, 'UNAUTHORIZED'],
  ['the key in the query of the interface', { anonymous: true, path: '/v1/status?token=x' }, 401, 'UNAUTHORIZED'],
  ['a foreign host', { headers: { host: 'evil.example' } }, 403, 'FOREIGN_HOST'],
  ['a foreign host with our port', { headers: { host: 'evil.example:7101' } }, 403, 'FOREIGN_HOST'],
  ['a malformed host', { headers: { host: '127.0.0.1@evil' } }, 403, 'FOREIGN_HOST'],
  ['a foreign origin', { headers: { origin: 'http://evil.example' } }, 403, 'FOREIGN_ORIGIN'],
  ['the null origin', { headers: { origin: 'null' } }, 403, 'FOREIGN_ORIGIN'],
  ['another port of this machine', { headers: { origin: 'http://127.0.0.1:1' } }, 403, 'FOREIGN_ORIGIN'],
  ['a cross-site subresource', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } }, 403, 'FOREIGN_ORIGIN'],
  ['an unknown address', { path: '/v1/nope' }, 404, 'UNKNOWN_METHOD'],
  ['a page that is not there', { path: '/assets/nope.js' }, 404, 'NOT_FOUND'],
  ['what is no address', { path: '//' }, 404, 'NOT_FOUND'],
  ['what is no address, with a key', { path: '//?token=x', anonymous: true }, 404, 'NOT_FOUND'],
  ['a path out of the folder', { path: '/..%2f..%2fetc%2fpasswd' }, 404, 'NOT_FOUND'],
  ['a file of an unknown type', { path: '/secret.txt' }, 404, 'NOT_FOUND'],
  ['a wrong verb', { method: 'DELETE', path: '/v1/status' }, 405, 'METHOD_NOT_ALLOWED'],
  ['a wrong verb for a page', { method: 'POST', path: '/index.html', body: '{}' }, 405, 'METHOD_NOT_ALLOWED'],
  ['GET of a write', { path: '/v1/orders/x/y' }, 404, 'UNKNOWN_METHOD'],
  ['malformed JSON', { method: 'POST', path: '/v1/orders', body: '{"itemId":' }, 400, 'BAD_REQUEST'],
  ['a JSON list', post('/v1/orders', [1]), 400, 'BAD_REQUEST'],
  ['a JSON string', post('/v1/orders', 'x'), 400, 'BAD_REQUEST'],
  ['a wrong type', post('/v1/orders', { itemId: 'item-1', quantity: '5' }), 400, 'BAD_REQUEST'],
  ['an unknown field', post('/v1/orders', { itemId: 'item-1', quantity: 1, admin: true }), 400, 'BAD_REQUEST'],
  ['a prototype', { method: 'POST', path: '/v1/orders', body: '{"__proto__":{"itemId":"item-1"},"quantity":1}' }, 400, 'BAD_REQUEST'],
  ['a wrong requestId', post('/v1/orders', { itemId: 'item-1', quantity: 1, requestId: '1' }), 400, 'BAD_REQUEST'],
  ['an unknown query', { path: '/v1/events?after=1' }, 400, 'BAD_REQUEST'],
  ['a wrong query', { path: '/v1/events?since=-1' }, 400, 'BAD_REQUEST'],
  ['a repeated query', { path: '/v1/events?since=1&since=2' }, 400, 'BAD_REQUEST'],
  [
    'something that is not JSON',
    { method: 'POST', path: '/v1/orders', body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  ['too much', { method: 'POST', path: '/v1/orders', body: JSON.stringify({ itemId: 'x'.repeat(BODY_LIMIT_BYTES) }) }, 413, 'TOO_LARGE'],
  ['a call without a method', post('/v1/call', { params: {} }), 400, 'BAD_REQUEST'],
  ['an amount nobody understands', post('/v1/offers', { name: 'salt', price: '1,234', quantity: 1 }), 422, 'AMOUNT_AMBIGUOUS'],
  ['an item that is not there', { path: '/v1/items/item-99/ledger' }, 404, 'ITEM_NOT_FOUND'],
  ['an auction that is not there', { path: '/v1/auctions/lot-99' }, 404, 'NOT_FOUND'],
];

test.each(bad)('%s is answered with its status, code and sentence', async (_what, question, status, code) => {
  const answer = await ask(question);
  const body = JSON.parse(answer.text);
  const error = body.error ?? body;
  expect([answer.status, error.code]).toEqual([status, code]);
  expect(error.message.length).toBeGreaterThan(10);
});

test('bytes that are not HTTP end that connection only', async () => {
  await new Promise<void>((resolve) => {
    const socket = connectSocket(host.port, '127.0.0.1', () => socket.end('\u0000\u0001 GET / NOPE\r\n\r\n'));
    socket
      .on('close', () => resolve())
      .on('error', () => {})
      .resume();
  });
  expect((await ask({})).status).toBe(200);
});

test('the printed address gives a cookie that scripts and other sites cannot use, and hides the key', async () => {
  const first = await ask({ anonymous: true, path: `/?token=${token}` });
  expect([first.status, first.headers['location']]).toEqual([303, '/']);
  const cookie = String(first.headers['set-cookie']);
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  const second = await ask({ anonymous: true, headers: { cookie: cookie.split(';')[0] ?? '' } });
  expect(second.status).toBe(200);
  const page = await ask({ anonymous: true, path: '/auctions' });
  expect([page.status, page.text.slice(0, 15)]).toEqual([200, '<!doctype html>']);
  expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  // Pictures of goods are shown from memory, and from nowhere else.
  expect(page.headers['content-security-policy']).toContain("img-src 'self' data:;");
  const away = await ask({ anonymous: true, path: `//evil.example/?token=${token}` });
  expect(String(away.headers['location'])).toBe('/');
});

test('a write answers 200 accepted, 202 queued, 409 refused, and repeating its requestId changes nothing', async () => {
  const requestId = crypto.randomUUID();
  const offer = { name: 'salt', price: '10', quantity: 5, requestId };
  const first = await ask(post('/v1/offers', offer));
  expect([first.status, JSON.parse(first.text).state]).toEqual([200, 'accepted']);
  expect((await ask(post('/v1/offers', offer))).text).toBe(first.text);
  const own = await ask(post('/v1/orders', { itemId: 'item-1', quantity: 1 }));
  expect([own.status, JSON.parse(own.text)]).toMatchObject([
    422,
    { code: 'OWN_GOODS', message: 'These are your own goods. You cannot buy from yourself.', state: 'refused' },
  ]);
  peer.apply(desk(2), { type: 'offer.place', name: 'boar', price: 100, quantity: 1 });
  const many = await ask(post('/v1/orders', { itemId: 'item-2', quantity: 2 }));
  expect([many.status, JSON.parse(many.text)]).toMatchObject([409, { code: 'INSUFFICIENT', details: { available: 1 } }]);
  peer.mode = 'queued';
  const queued = await ask(post('/v1/orders', { itemId: 'item-2', quantity: 1 }));
  peer.mode = 'apply';
  expect([queued.status, JSON.parse(queued.text).state]).toEqual([202, 'queued']);
});

test('[M9] a picture comes as its own type, and as nothing that could run', async () => {
  const made = await ask(post('/v1/items', { name: 'vase' }));
  const { itemId } = JSON.parse(made.text).data;
  const path = `/v1/items/${itemId}/picture`;
  expect((await ask({ path })).status).toBe(404);
  expect((await ask({ path: '/v1/items/item-99/picture' })).status).toBe(404);
  expect((await ask({ anonymous: true, path })).status).toBe(401);
  const bad = await ask(post(path, { picture: Buffer.from('<svg/>').toString('base64') }));
  expect([bad.status, JSON.parse(bad.text).code]).toEqual([422, 'PICTURE_BAD']);
  expect((await ask(post(path, { picture: png(2) }))).status).toBe(200);
  const shown = await ask({ path });
  expect([shown.status, Number(shown.headers['content-length'])]).toEqual([200, 24]);
  expect(shown.headers).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  });
  expect((await ask({ path, method: 'DELETE' })).headers['allow']).toBe('POST, GET');
  expect((await ask(post(path, { picture: null }))).status).toBe(200);
});

test('[M10] codes are given, refused by name and read back', async () => {
  const made = await ask(post('/v1/items', { name: 'tin', category: 'food', barcode: '4006381333931', sku: 'T' }));
  const { itemId } = JSON.parse(made.text).data;
  const path = `/v1/items/${itemId}`;
  const bad = await ask({ ...post(path, { barcode: '4006381333932' }), method: 'PATCH' });
  expect([bad.status, JSON.parse(bad.text).code]).toEqual([422, 'BARCODE_BAD']);
  const twice = await ask(post('/v1/items', { name: 'can', barcode: '4006381333931' }));
  expect([twice.status, JSON.parse(twice.text)]).toMatchObject([409, { code: 'BARCODE_TAKEN', details: { item: 'tin', itemId } }]);
  const item = await ask({ path });
  expect(JSON.parse(item.text).value.item).toMatchObject({ category: 'food', barcode: '4006381333931', mySku: 'T' });
  expect((await ask({ ...post(path, { barcode: '', category: '' }), method: 'PATCH' })).status).toBe(200);
});

test('[A7] guests are registered and bid for over HTTP, and refusals have their status', async () => {
  peer.apply(desk(5), { type: 'guest.add', name: 'Anna Berg' });
  const listed = await ask({ path: '/v1/guests' });
  expect(JSON.parse(listed.text).value).toMatchObject([{ paddle: 101, name: 'Anna Berg', label: '#101 Anna Berg' }]);
  const added = await ask(post('/v1/guests', { name: 'Ben' }));
  expect([added.status, JSON.parse(added.text).code]).toEqual([403, 'NOT_OPERATOR']);
  const lot = { name: 'vase', startPrice: '5' };
  const { lotId } = JSON.parse((await ask(post('/v1/auctions', lot))).text).data;
  const bid = await ask(post(`/v1/auctions/${lotId}/bids`, { amount: '6', guest: 101 }));
  expect([bid.status, JSON.parse(bid.text).text]).toEqual([200, '#101 Anna Berg is winning at €6.00']);
  const unknown = await ask(post(`/v1/auctions/${lotId}/bids`, { amount: '7', guest: 102 }));
  expect([unknown.status, JSON.parse(unknown.text).code]).toEqual([404, 'GUEST_NOT_FOUND']);
  expect((await ask(post(`/v1/auctions/${lotId}/bids`, { amount: '7', guest: 1 }))).status).toBe(400);
});

test('reads, the leader, a path with parameters and the api description', async () => {
  const leader = await ask({ path: '/v1/leader' });
  expect(JSON.parse(leader.text)).toMatchObject({ leader: { name: 'Desk-5' }, term: 1 });
  const ledger = await ask({ path: `/v1/items/item-1/ledger?owner=${desk(1)}` });
  expect(JSON.parse(ledger.text).value).toHaveLength(1);
  const item = await ask({ path: '/v1/items/item-1' });
  expect(JSON.parse(item.text).value).toMatchObject({ item: { name: 'salt' }, stock: [{ onHand: 5 }], ledger: [{ change: 5 }], lots: [] });
  const count = await ask(post('/v1/stock/count', { rows: [{ itemId: 'item-1', counted: 6 }], reason: 'spring' }));
  expect([count.status, JSON.parse(count.text).data]).toMatchObject([200, { differences: 1, found: 1 }]);
  const api = JSON.parse((await ask({ path: '/v1/openapi.json' })).text);
  expect(api.paths['/v1/auctions/{lotId}/bids'].post.requestBody.content['application/json'].schema).toMatchObject({
    required: ['amount'],
    properties: { amount: { type: 'string' } },
  });
  const ids = Object.values<Record<string, { operationId: string }>>(api.paths).flatMap((path) =>
    Object.values(path).map((operation) => operation.operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test('the client calls and follows; pushes arrive in order and carry what was applied', async () => {
  const client = connect({ url: host.url, token });
  const status = await client.call('status', {});
  expect(status.ok && status.value.leader?.name).toBe('Desk-5');
  const refused = await connect({ url: host.url, token: 'wrong' }).call('status', {});
  expect(refused).toMatchObject({ ok: false, error: { code: 'UNAUTHORIZED' } });
  const pushes: Push[] = [];
  await new Promise<void>((resolve) => {
    const stop = client.subscribe((push) => {
      pushes.push(push);
      if (push.topic === 'items' && push.data.value.some((item) => item.name === 'fish')) {
        stop();
        resolve();
      } else if (pushes.length === 8) peer.apply(desk(2), { type: 'item.create', name: 'fish' });
    });
  });
  expect(pushes.map((push) => push.seq)).toEqual(pushes.map((_, i) => i + 1));
});

test('a call to nobody says so', async () => {
  const outcome = await connect({ url: 'http://127.0.0.1:9', token }).call('status', {});
  expect(outcome).toMatchObject({ ok: false, error: { code: 'NO_PEER' } });
});

const upgrades: readonly (readonly [string, string, Record<string, string>, number])[] = [
  ['without a key', '/v1/stream', {}, 401],
  ['from a foreign page', '/v1/stream', { origin: 'http://evil.example', authorization: 'yes' }, 403],
  ['to a foreign name', '/v1/stream', { host: 'evil.example', authorization: 'yes' }, 403],
  ['at another address', '/v1/status', { authorization: 'yes' }, 404],
  ['at no address, without a key', '//', {}, 404],
];
test.each(upgrades)('a stream %s is refused', async (_what, path, headers, status) => {
  const own = headers['authorization'] === undefined ? {} : { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers: { ...headers, ...own } });
  const got = await new Promise<number>((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => {});
    socket.on('open', () => resolve(101));
  });
  expect(got).toBe(status);
});

test('a stream only sends: whoever talks to it is disconnected', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/v1/stream`, { headers: { authorization: `Bearer ${token}` } });
  socket.on('open', () => socket.send('{"method":"status"}'));
  expect(await new Promise<number>((resolve) => socket.on('close', resolve))).toBe(1008);
});

test('a taken port is an answer, not an exception', async () => {
  const second = await startHttp(createService(fakePeer()), {
    host: '127.0.0.1',
    port: host.port,
    token,
    version: '0.1.0',
    rendererDir: null,
  });
  expect(second).toMatchObject({ ok: false, error: { code: 'PORT_BUSY' } });
});

test.skipIf(process.platform === 'win32')('the key lies in a file only its owner can read, and stays the same', async () => {
  expect((await stat(join(dir, 'api.token'))).mode & 0o777).toBe(0o600);
  expect(await ensureToken(dir)).toBe(token);
});

test('pages are looked for inside their folder only', () => {
  for (const path of ['/../x.js', '/%2e%2e/x.js', '/a/../../x.js', '/.git/config', '/a\\..\\x.js', '/%00.js', '/%'])
    expect(resolveInside('/srv/app', path), path).toBeNull();
  expect(resolveInside('/srv/app', '/assets/a.js')).toBe('/srv/app/assets/a.js');
});

test('what is no push of the contract is not taken for one', () => {
  for (const text of [
    '',
    '{}',
    '[]',
    '{"seq":0,"topic":"status","data":{}}',
    '{"seq":1,"topic":"__proto__","data":[]}',
    '{"seq":1,"topic":"events","data":{}}',
  ])
    expect(readPush(text)).toBeNull();
  expect(readPush('{"seq":1,"topic":"events","data":[]}')).toEqual({ seq: 1, topic: 'events', data: [] });
});
