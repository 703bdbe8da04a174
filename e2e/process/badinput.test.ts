/**
 * Everything that can be typed, posted, thrown or put on the disk of a running market, wrong: whatever it is, the answer is a code and
 * a sentence, nobody crashes, and the market does not move.
 */
import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { routes } from '../../app/api/http/routes.ts';
import { methods } from '../../shared/contract.ts';
import { tradepost } from '../desk.ts';
import { startSwarm, type Swarm } from '../swarm.ts';
import { accepted, text } from './trade.ts';

let swarm: Swarm;
let pids: readonly number[];
const goods = { itemId: '' };

/** Where the market stands; the same before and after everything that is refused. */
async function standing(): Promise<readonly unknown[]> {
  const standings = await swarm.converged();
  return standings.map(({ status }) => [status.desk.name, status.phase, status.term, status.appliedIndex, status.digest]);
}

beforeAll(async () => {
  swarm = await startSwarm({ count: 3, preset: 'demo' });
  goods.itemId = text(await accepted(swarm.desk(2), 'offer.place', { name: 'salt', price: '1.00', quantity: 10 }), 'itemId');
  await swarm.converged();
});
afterAll(() => swarm?.down());

describe('refused, and nothing moves', () => {
  let before: readonly unknown[];
  beforeEach(async () => {
    before = await standing();
    pids = swarm.desks.map((desk) => desk.pid);
  });
  afterEach(async () => {
    expect(await standing()).toEqual(before);
    expect(swarm.desks.every((desk) => desk.running)).toBe(true);
    expect(swarm.desks.map((desk) => desk.pid)).toEqual(pids);
    for (const desk of swarm.desks) expect(desk.said.filter((line) => /^\s+at |Error:/.test(line))).toEqual([]);
  });

  interface Answer {
    readonly status: number;
    readonly body: string;
  }
  function http(verb: string, url: string, headers: Record<string, string>, body?: string | Buffer): Promise<Answer> {
    const desk = swarm.desk(1);
    return new Promise((resolve, reject) => {
      const length: Record<string, string> = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const ask = httpRequest(`${desk.url}/`, { method: verb, path: url, headers: { ...length, ...headers } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
      });
      ask.on('error', reject);
      ask.end(body);
    });
  }
  const owner = (): Record<string, string> => ({ 'authorization': `Bearer ${swarm.desk(1).token}`, 'content-type': 'application/json' });

  const answer = z.object({ code: z.string().regex(/^[A-Z][A-Z_]+$/), message: z.string().regex(/\S \S.*[.…]$/u) });
  /** 'refused' when it is JSON with a code in capitals and a sentence, under a status that says no; otherwise what came. */
  function judge({ status, body }: Answer): string {
    const is4xx = status >= 400 && status < 500;
    try {
      if (is4xx && answer.safeParse(JSON.parse(body)).success) return 'refused';
    } catch {
      // Not JSON: said below.
    }
    return `${status} ${body.slice(0, 300)}`;
  }

  const at = (url: string): string => url.replaceAll(/:[A-Za-z]+/g, 'nonsense');
  const wrongBodies: readonly (readonly [string, string])[] = [
    ['a field nobody knows', '{"nobodyKnows":1}'],
    ['an array', '[1,2,3]'],
    ['a text', '"buy everything"'],
    ['a number', '42'],
    ['half an object', '{"name":"x"'],
    ['no JSON', '\u0000\u0001\u0002'],
    ['deep nesting', `{"name":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ['too much', `{"name":"${'x'.repeat(70_000)}"}`],
  ];

  test.each(routes.filter(({ verb }) => verb !== 'GET').map((route) => [route.verb, route.path] as const))(
    '%s %s with wrong bodies',
    async (verb, url) => {
      for (const [what, body] of wrongBodies)
        expect(judge(await http(verb, at(url), owner(), body)), `${verb} ${url}: ${what}`).toBe('refused');
      expect(
        judge(await http(verb, at(url), { ...owner(), 'content-type': 'text/plain' }, '{"nobodyKnows":1}')),
        `${url} as plain text`,
      ).toBe('refused');
    },
  );

  test('every address without the key, with a wrong key, from another page or another name', async () => {
    for (const { verb, path: url } of routes) {
      const strangers: readonly Record<string, string>[] = [
        { 'content-type': 'application/json' },
        { 'authorization': 'Bearer wrong', 'content-type': 'application/json' },
        { 'authorization': `Bearer ${'x'.repeat(5_000)}`, 'content-type': 'application/json' },
        { ...owner(), origin: 'http://evil.example' },
        { ...owner(), host: 'evil.example' },
      ];
      for (const headers of strangers) {
        expect(
          judge(await http(verb, at(url), headers, verb === 'GET' ? undefined : '{}')),
          `${verb} ${url} ${JSON.stringify(headers).slice(0, 60)}`,
        ).toBe('refused');
      }
    }
  });

  test.each([
    ['PUT', '/v1/status'],
    ['GET', '/v1/nothing'],
    ['GET', `/v1/${'x'.repeat(4_000)}`],
    ['GET', '/v1/items/%ff%fe/ledger'],
    ['GET', '/v1/items/..%2f..%2fapi.token/ledger'],
    ['GET', '/v1/auctions/__proto__'],
    ['GET', '/v1/requests/constructor'],
    ['GET', '/v1/events?since=-1'],
    ['GET', '/v1/events?since=1e9999'],
    ['GET', '/v1/events?sinse=1'],
    ['GET', '/v1/orders?mine=perhaps'],
    ['GET', '/v1/orders?mine=true&mine=false'],
    ['DELETE', '/v1/status'],
    ['POST', '/v1/call/more'],
  ])('%s %s', async (verb, url) => {
    expect(judge(await http(verb, url, owner())), `${verb} ${url}`).toBe('refused');
  });

  test.each(['/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2f..%2fetc/passwd', '/assets/../../../node/cli.js'])(
    'nothing outside the pages: %s',
    async (url) => {
      const { status, body } = await http('GET', url, owner());
      expect(status === 404 || (status === 200 && body.includes('<title>Tradepost</title>'))).toBe(true);
      expect(body).not.toMatch(/root:|import /);
    },
  );

  test('every method by its name with parameters that are not its own', async () => {
    const strange: readonly unknown[] = [
      { nobodyKnows: 1 },
      [],
      'text',
      7,
      true,
      { requestId: 'no uuid' },
      { timeoutMs: -1 },
      { itemId: '', lotId: '', name: '', quantity: 1.5, amount: {}, delta: 1e300 },
      {
        itemId: 'x'.repeat(65),
        lotId: 'x'.repeat(65),
        name: 'x'.repeat(81),
        address: 'x'.repeat(65),
        reason: 'x'.repeat(201),
        nobodyKnows: 1,
      },
    ];
    for (const method of [...Object.keys(methods), 'toString', '__proto__', 'constructor', '', 'x'.repeat(1_000)]) {
      for (const params of strange) {
        const { status, body } = await http('POST', '/v1/call', owner(), JSON.stringify({ method, params }));
        expect([method, params, status]).toEqual([method, params, 200]);
        expect(JSON.parse(body), `${method} ${JSON.stringify(params)}`).toMatchObject({
          ok: false,
          error: { code: expect.stringMatching(/^[A-Z_]+$/), message: expect.stringMatching(/\S \S/) },
        });
      }
    }
  });

  test('what is well formed and still wrong is refused before it reaches the log', async () => {
    const { itemId } = goods;
    const wrong: readonly (readonly [string, unknown, RegExp])[] = [
      ['order.buy', { itemId, quantity: 0 }, /BAD_REQUEST|QUANTITY_BAD/],
      ['order.buy', { itemId, quantity: 1_000_001 }, /BAD_REQUEST|LIMIT_REACHED/],
      ['order.buy', { itemId, quantity: 1, maxPrice: '1,234' }, /AMOUNT_AMBIGUOUS/],
      ['offer.place', { name: 'x', price: 'a lot', quantity: 1 }, /AMOUNT_BAD/],
      ['offer.place', { name: 'x', price: '-5', quantity: 1 }, /AMOUNT_BAD/],
      ['offer.place', { name: 'x', price: '99999999999999999999', quantity: 1 }, /AMOUNT_BAD|LIMIT_REACHED/],
      ['offer.place', { name: 'a\u0000b', price: '1', quantity: 1 }, /BAD_REQUEST/],
      ['offer.place', { price: '1', quantity: 1 }, /BAD_REQUEST|NAME_MISSING/],
      ['auction.create', { name: 'x', startPrice: '1', durationMs: 1 }, /BAD_REQUEST/],
      ['auction.bid', { lotId: 'lot-1', amount: '0' }, /AMOUNT_BAD|NOT_FOUND/],
      ['peers.add', { address: 'not an address' }, /[A-Z_]+/],
      ['peers.add', { address: '127.0.0.1:99999' }, /[A-Z_]+/],
      ['market.create', { name: 'another' }, /ALREADY_IN_MARKET/],
      ['market.join', { name: 'another' }, /ALREADY_IN_MARKET/],
      ['fault.crash', { target: 'nobody' }, /NOT_FOUND/],
      ['leader.stepDown', {}, /NOT_LEADER/],
      ['request.cancel', { requestId: '00000000-0000-4000-8000-000000000000' }, /NOT_FOUND/],
    ];
    for (const [method, params, code] of wrong) {
      const { body } = await http('POST', '/v1/call', owner(), JSON.stringify({ method, params }));
      expect(JSON.parse(body), `${method} ${JSON.stringify(params)}`).toMatchObject({
        ok: false,
        error: { code: expect.stringMatching(code) },
      });
    }
  });

  test('broken HTTP and broken streams on the bare port', async () => {
    const port = Number(new URL(swarm.desk(1).url).port);
    const shouts = [
      randomBytes(2_000),
      'GET / HTTP/9.9\r\n\r\n',
      'POST /v1/call HTTP/1.1\r\nhost: x\r\ncontent-length: -5\r\n\r\n',
      `GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(5_000)}\r\n`,
      `POST /v1/call HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
      `GET /v1/stream HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: short\r\n\r\n`,
      `GET /v1/stream?token=x HTTP/1.1\r\nhost: evil\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`,
    ];
    for (const shout of shouts) {
      const heard = await new Promise<string>((resolve) => {
        const parts: Buffer[] = [];
        const socket = connectTcp(port, '127.0.0.1', () => socket.end(shout));
        socket.on('data', (part) => parts.push(part));
        socket.on('error', () => resolve(''));
        socket.on('close', () => resolve(Buffer.concat(parts).toString()));
      });
      expect(heard === '' || /^HTTP\/1\.1 4\d\d /.test(heard)).toBe(true);
    }
  });

  const commandLines: readonly (readonly [string, number])[] = [
    ['', 2],
    ['nonsense', 2],
    ['status more', 2],
    ['peers add', 2],
    ['peers add not-an-address', 2],
    ['leader crash --target nobody', 5],
    ['leader crash --for ever', 2],
    ['leader recover --target nobody', 5],
    ['leader step-down', 4],
    ['leader elect now', 2],
    ['market create another', 4],
    ['market join another', 4],
    ['market leave now', 2],
    ['rename', 2],
    ['item show nothing', 5],
    ['item add', 2],
    ['item add --name x --qty many', 2],
    ['item edit nothing', 5],
    ['stock in salt', 2],
    ['stock in salt -5', 2],
    ['stock out nothing 5', 5],
    ['stock adjust salt +x --reason r', 2],
    ['stock adjust salt +1', 2],
    ['stock ledger nothing', 5],
    ['buy nothing', 5],
    ['buy salt --qty 0', 2],
    ['buy salt --max-price dear', 2],
    ['buy salt --request-id x', 2],
    ['sell x --price 1 --qty none', 2],
    ['sell x --qty 1', 2],
    ['auction show nothing', 5],
    ['auction create', 2],
    ['auction start nothing', 5],
    ['auction join nothing', 5],
    ['auction resume nothing', 5],
    ['auction cancel nothing --reason r', 5],
    ['auction watch nothing', 5],
    ['bid nothing 1', 5],
    ['queue cancel nothing', 2],
    ['log tail -n x', 2],
    ['doctor --loud', 2],
    ['run --web 99999', 2],
    ['run --snapshot-every 1', 2],
    ['swarm up -n 99', 2],
    ['shell --nope', 2],
    ['status --timeout never', 2],
    ['status --profile ../../etc', 2],
  ];

  test('every command of the command line, wrongly typed', async () => {
    const rest = [...commandLines];
    // Two at a time: each is a program that has to start.
    const worker = async (): Promise<void> => {
      for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
        const [line, exit] = next;
        const words = line.split(' ').filter((word) => word !== '');
        const ran = line.includes('--profile') ? await tradepost(words) : await swarm.desk(1).cli(...words);
        expect([line, ran.exit, ran.stderr]).toEqual([line, exit, ran.stderr]);
        expect(ran.stderr, line).toMatch(/\S \S/);
        expect(ran.stderr, line).not.toMatch(/\n\s+at |Error:|undefined/);
      }
    };
    await Promise.all([worker(), worker()]);
  });
});
