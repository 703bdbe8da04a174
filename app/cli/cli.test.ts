/** The command line against a fake peer that holds a real market: words, JSON, exit codes, and mistakes. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MarketClient, Push } from '../../shared/contract.ts';
import { createService } from '../api/service.ts';
import { desk, type FakePeer, fakePeer, START_MS } from '../api/testing/fakePeer.ts';
import { png } from '../market/fixture.ts';
import { createContext } from './context.ts';
import { runCommandLine } from './program.ts';
import { PEER_FILE } from '../api/peerFile.ts';
import { shell } from './shell.ts';

interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

let peer: FakePeer;
let client: MarketClient;
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tradepost-cli-'));
  peer = fakePeer();
  const service = createService(peer, { wallNow: () => START_MS });
  client = {
    call: (method, params) => service.call(method, params),
    subscribe: (onPush: (push: Push) => void) => service.subscribe({ ready: () => true, deliver: onPush }),
  };
});
afterEach(() => rm(dir, { recursive: true }));

async function tradepost(line: string, { found = true, stop = new AbortController() } = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
  const exit = await runCommandLine(
    args,
    {
      output: () => ({ data: (text) => out.push(text), say: (text) => err.push(text), colour: false }),
      version: '0.1.0',
      openPeer: async () => ({ ok: true, value: peer }),
      find: async () => (found ? client : null),
      program: '/nowhere/cli.js',
      stop: stop.signal,
    },
    {},
  );
  return { exit, out: out.join('\n'), err: err.join('\n') };
}

/** Desk-2 puts something up at auction from 1.00 on. */
function putUp(name: string, durationMs = 60_000): void {
  peer.apply(desk(2), {
    type: 'auction.create',
    name,
    kind: 'open',
    startPrice: 100,
    increment: 100,
    durationMs,
    softCloseMs: 0,
    softCloseMaxMs: 0,
    start: 'now',
  });
}

const mistakes: readonly (readonly [string, number, RegExp])[] = [
  ['', 2, /Usage: tradepost/],
  ['nope', 2, /unknown command 'nope'/],
  ['status --nope', 2, /unknown option '--nope'/],
  ['buy', 2, /missing required argument 'item'/],
  ['buy salt --qty five', 2, /Give a whole number/],
  ['bid helmet', 2, /missing required argument 'amount'/],
  ['sell salt', 2, /required option '--price <amount>' not specified/],
  ['item add --price 3', 2, /required option '--name <name>'/],
  ['auction create --start 20', 2, /either --item or --name/],
  ['auction create --name vase --duration soon', 2, /Give a time like/],
  ['auction list --state odd', 2, /live, waiting or ended/],
  ['sell salt --price 1,234', 2, /Is 1,234 one thousand or one point two/],
  ['sell salt --price abc', 2, /Enter an amount like 45 or 45.50/],
  ['buy salt --wait never', 2, /Allowed choices are committed, queued/],
  ['status --profile ../x', 2, /profile name/],
  ['status --timeout long', 2, /Give a time like/],
  ['swarm up -n 0', 2, /1 to 40/],
  ['run --preset odd', 2, /Give one of: lan/],
  ['run --web 99999', 2, /at most 65535/],
  ['run --web 0.0.0.0', 2, /--yes/],
  ['buy nothing', 5, /no item called nothing/],
  ['bid nothing 5', 5, /no auction called nothing/],
  ['leader crash --target nobody', 5, /no desktop called nobody/],
  ['auction show lot-9', 5, /no auction/],
];
test.each(mistakes)('"%s" exits %i and says why on stderr', async (line, exit, words) => {
  const ran = await tradepost(line);
  expect(ran.exit).toBe(exit);
  expect(ran.err).toMatch(words);
  expect(ran.out).toBe('');
});

test('[U44] reset says what is lost, and does it only with the name', async () => {
  const told = await tradepost('reset');
  expect(told).toMatchObject({ exit: 4, err: '' });
  expect(told.out).toMatch(/its place in the market is lost.*\nTo do it: reset --confirm "Desk-1"$/);
  expect(peer.calls.filter(([what]) => what === 'reset')).toEqual([]);
  await tradepost('reset --confirm Desk-1');
  expect(peer.calls.filter(([what]) => what === 'reset')).toEqual([['reset', 'Desk-1']]);
});

test('help and version are data, not mistakes', async () => {
  expect(await tradepost('--version')).toEqual({ exit: 0, out: '0.1.0', err: '' });
  const help = await tradepost('auction --help');
  expect([help.exit, help.err]).toEqual([0, '']);
  expect(help.out).toContain('watch');
});

test('without a running peer: exit 3 and how to start one', async () => {
  expect(await tradepost('status', { found: false })).toEqual({
    exit: 3,
    out: '',
    err: "No peer is running for profile 'default'. Start one with: tradepost run",
  });
  expect((await tradepost('status --desk 3', { found: false })).err).toContain('Desk-3 of the swarm');
});

test('status reads like the status bar', async () => {
  const ran = await tradepost('status');
  expect(ran.out).toContain('Leader Desk-5 · term 1 · 5 of 5 desktops · entry #1 · you: Desk-1');
});

test('sell, buy, stock, ledger and balance', async () => {
  expect((await tradepost('sell fish --price 2 --qty 10')).out).toBe('Offered 10 × fish at €2.00.');
  peer.apply(desk(2), { type: 'offer.place', name: 'salt', price: 1_000, quantity: 10 });
  expect((await tradepost('buy salt --qty 5')).out).toBe('Bought 5 × salt from Desk-2 for €50.00.');
  expect(await tradepost('buy salt --qty 9')).toMatchObject({ exit: 4, err: 'Only 5 × salt are available. Buy 5?' });
  expect((await tradepost('buy fish')).err).toBe('These are your own goods. You cannot buy from yourself.');
  expect((await tradepost('stock in salt 3')).exit).toBe(0);
  expect((await tradepost('stock adjust salt -2 --reason broken')).exit).toBe(0);
  expect((await tradepost('stock adjust salt +1 --reason found')).exit).toBe(0);
  expect((await tradepost('stock count salt 6 fish 10 --reason spring')).out).toBe('Counted: 1 of 2 differ, 0 found and 1 missing.');
  expect(await tradepost('stock count salt 6 fish --reason spring')).toMatchObject({ exit: 2 });
  const ledger = JSON.parse((await tradepost('stock ledger salt --json')).out);
  expect(ledger.slice(0, 5).map((row: { change: number }) => row.change)).toEqual([-1, 1, -2, 3, 5]);
  expect((await tradepost('item edit fish --name herring --low 20')).out).toBe('herring changed.');
  expect((await tradepost('stock list --low')).out).toMatch(/^ID .*\nitem-1 +herring .* low$/);
  expect((await tradepost('item show herring')).out).toMatch(/herring \(item-1\): 10 available, 10 mine, made by Desk-1/);
  const picture = join(dir, 'herring.png');
  await writeFile(picture, Buffer.from(png(2), 'base64'));
  expect((await tradepost(`item picture herring ${picture}`)).out).toBe('herring: picture saved.');
  expect(await tradepost(`item picture salt ${picture}`)).toMatchObject({ exit: 4, err: 'This belongs to another desktop.' });
  expect((await tradepost('item picture herring --remove')).out).toBe('herring: picture removed.');
  await writeFile(picture, 'GIF89a');
  expect(await tradepost(`item picture herring ${picture}`)).toMatchObject({
    exit: 2,
    err: expect.stringContaining('is no WebP, JPEG or PNG'),
  });
  expect(await tradepost('item picture herring')).toMatchObject({ exit: 2 });
  expect((await tradepost('balance')).out).toContain('Balance -50.00');
  expect((await tradepost('purchases')).out).toContain('order-1');
  expect((await tradepost('item list')).out).toMatch(/item-2\s+salt\s+10\.00\s+5\s+Desk-2\s+6/);
});

test('[NK12] peers have the version of their program', async () => {
  expect((await tradepost('peers')).out).toMatch(/ENTRY +VERSION +ADDRESS[^\n]*\n(?:Desk-\d[^\n]* 0\.1\.0 [^\n]*\n?){5}/);
});

test('[M10] goods get their codes, are found by them, and say whose a taken one is', async () => {
  expect((await tradepost('item add --name fish --qty 3 --category food --barcode 4006381333931 --sku F-1')).out).toBe('fish created.');
  expect((await tradepost('sell salt --price 1 --qty 4 --category spices --sku S-1')).exit).toBe(0);
  peer.apply(desk(2), { type: 'item.create', name: 'boar', barcode: '96385074' });
  expect((await tradepost('item show 4006381333931')).out).toContain('category food, barcode 4006381333931, my SKU F-1');
  expect((await tradepost('stock in f-1 2')).out).toBe('fish: 5 on hand.');
  expect((await tradepost('stock count 4006381333931 4 S-1 4 --reason spring')).exit).toBe(0);
  expect((await tradepost('stock list')).out).toMatch(/item-1 +fish +F-1 +Desk-1 +4/);
  expect((await tradepost('item list --category FOOD')).out).toMatch(/^ID .*\nitem-1 +fish +food [^\n]*$/);
  const taken = 'The barcode 96385074 is that of boar. A barcode stands for one item.';
  expect(await tradepost('item edit fish --barcode 96385074')).toMatchObject({ exit: 4, err: taken });
  expect(await tradepost('item edit salt --sku f-1')).toMatchObject({ exit: 4, err: expect.stringContaining('Your fish has the SKU f-1') });
  expect(await tradepost('item edit fish --barcode 96385075')).toMatchObject({
    exit: 2,
    err: expect.stringContaining('check digit is wrong'),
  });
  expect((await tradepost('item edit fish --barcode "" --category ""')).out).toBe('fish changed.');
  expect((await tradepost('item show fish')).out).toMatch(/made by Desk-1\nmy SKU F-1\n/);
});

test('[M6] receipts are listed, asked for, shown and checked; a changed file exits 7', async () => {
  peer.apply(desk(2), { type: 'offer.place', name: 'salt', price: 1_000, quantity: 10 });
  await tradepost('buy salt --qty 5');
  expect((await tradepost('receipt')).out).toMatch(/order-1 .* bought +me +5 +salt +50\.00 +–/);
  expect(await tradepost('receipt show order-1')).toMatchObject({ exit: 5, err: 'There is no sale order-1.' });
  expect((await tradepost('receipt ask order-1')).out).toBe('Receipt #1 is made. The desktops sign it now.');
  expect((await tradepost('receipt show order-1')).out).toContain('Receipt #1 of Room 1: 5 × salt, 50.00 EUR');
  const file = join(dir, 'order-1.json');
  await writeFile(file, (await tradepost('receipt show order-1 --json')).out);
  const unsigned = 'This receipt does not match: nobody who bought or sold has signed it.';
  expect(await tradepost(`receipt verify ${file}`)).toMatchObject({ exit: 7, out: unsigned });
  await writeFile(file, (await readFile(file, 'utf8')).replace('"total":5000', '"total":4000'));
  expect((await tradepost(`receipt verify ${file}`)).out).toBe('This receipt does not match: it was changed after signing.');
  expect((await tradepost('receipt verify /nowhere')).exit).toBe(5);
});

test('a bid with --json gives one object on stdout; a refused one exits 4 with its sentence', async () => {
  expect((await tradepost('auction create --name "Roman helmet" --start 20 --duration 2m --soft-close 10s/2m')).exit).toBe(0);
  expect((await tradepost('bid helmet 20')).err).toBe('You cannot bid on your own auction.');
  putUp('vase');
  const won = await tradepost('bid vase 45 --json');
  expect(JSON.parse(won.out)).toMatchObject({ state: 'accepted', term: 1, price: '45.00', leading: true });
  peer.apply(desk(3), { type: 'auction.bid', lotId: 'lot-2', amount: 4_600 });
  const refused = await tradepost('bid vase 46 --json');
  expect([refused.exit, refused.err]).toEqual([4, 'Not accepted: Desk-3 already leads with €46.00. The next bid is €47.00.']);
  expect(JSON.parse(refused.out)).toMatchObject({ state: 'refused', code: 'BID_TOO_LOW' });
  expect((await tradepost('auction list')).out).toContain('Outbid: Desk-3 leads with €46.00');
  expect((await tradepost('bids')).out).toMatch(/vase\s+45\.00\s+outbid/);
});

test('a request that is still open when the time is over exits 6, one that is queued exits 3', async () => {
  peer.mode = 'sending';
  expect((await tradepost('sell salt --price 1 --timeout 20ms')).exit).toBe(6);
  peer.mode = 'queued';
  const queued = await tradepost('sell salt --price 1 --wait queued');
  expect([queued.exit, queued.err]).toEqual([3, 'Queued: no leader right now. It will be sent first when one is elected.']);
  expect((await tradepost('queue')).out).toContain('Offer 1 × salt at €1.00');
});

test('leader commands reach the peer', async () => {
  expect((await tradepost('leader')).out).toBe('Desk-5 leads (term 1).');
  await tradepost('leader crash --for 30s');
  await tradepost('leader crash --target Desk-2');
  await tradepost('leader recover');
  expect(peer.calls).toEqual([
    ['crashNow', { target: 'leader', forMs: 30_000 }],
    ['crashNow', { target: desk(2), forMs: null }],
    ['recover', 'all'],
  ]);
  peer.set({ leader: null });
  expect(await tradepost('leader')).toMatchObject({ exit: 3, out: 'No leader right now.' });
});

test('watch follows a lot to its end, and log tail -f until it is stopped', async () => {
  putUp('vase', 1_000);
  const watching = tradepost('auction watch vase');
  peer.apply(desk(3), { type: 'auction.bid', lotId: 'lot-1', amount: 500 });
  peer.advance(1_001);
  peer.system({ type: 'close', lotId: 'lot-1' });
  expect(await watching).toMatchObject({ exit: 0, out: expect.stringContaining('vase: Sold to Desk-3 for €5.00') });
  const stop = new AbortController();
  peer.addEvent('suspected', { peerId: desk(5), silentMs: 1 });
  const tailing = tradepost('log tail -f --filter election', { stop });
  stop.abort();
  expect((await tailing).exit).toBe(130);
  expect((await tradepost('log tail --filter election')).out).toContain('election: Desk-5 suspected');
  expect((await tradepost('log tail --filter auction')).out).toBe('');
});

test('run serves until it is stopped, hands over, and leaves no peer.json behind', async () => {
  peer.setInMarket(false);
  const stop = new AbortController();
  const running = tradepost(`run --data-dir ${join(dir, 'desk')} --headless --market "Room 1" --create --currency usd --commission 5`, {
    stop,
  });
  await expect.poll(() => peer.calls.map(([what]) => what), { timeout: 5_000 }).toContain('createMarket');
  expect(JSON.parse(await readFile(join(dir, 'desk', PEER_FILE), 'utf8'))).toMatchObject({ pid: process.pid });
  expect(peer.calls[0]?.[1]).toMatchObject({ name: 'Room 1', currency: 'USD', commissionBps: 500 });
  stop.abort();
  const ran = await running;
  expect([ran.exit, ran.out]).toEqual([0, expect.stringMatching(/^Desk-1 http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)]);
  expect(peer.calls.at(-1)?.[0]).toBe('close');
  await expect(readFile(join(dir, 'desk', PEER_FILE))).rejects.toThrow('ENOENT');
});

test('[S0] the shell knows list, start, join, bid, info, exit, and survives a refusal', async () => {
  putUp('vase');
  const out: string[] = [];
  const err: string[] = [];
  const context = createContext(
    { profile: 'default', dataDir: undefined, desk: undefined, json: false, quiet: true, timeoutMs: 1_000 },
    { data: (text) => out.push(text), say: (text) => err.push(text), colour: false },
    async () => client,
  );
  const input = Readable.from(['list\njoin vase\nbid vase 5\nbid vase 5\nbid nothing 5\nstart bronze horse\nbid\ninfo\nexit\nlist\n']);
  expect(await shell(context, input, new AbortController().signal)).toBe(0);
  expect(out.filter((line) => line.includes('vase'))).toHaveLength(2);
  expect(err).toEqual([
    'You are already winning at €5.00. Raise your auto-bid instead?',
    'There is no auction called nothing.',
    'list · start <item> · join <item> · bid <item> <amount> · info · exit',
  ]);
  expect(peer.market()?.state.lots.get('lot-2')).toMatchObject({ title: 'bronze horse', state: 'open', durationMs: 60_000 });
});

test('[U28] [U38] report save writes the same zip as the dialog; market export writes the market, as zip or as JSON', async () => {
  peer.apply(desk(2), { type: 'offer.place', name: 'salt', price: 1_000, quantity: 10 });
  const zip = join(dir, 'report.zip');
  expect((await tradepost(`report save -o ${zip}`)).out).toBe(`Saved ${zip}.`);
  const report = unzipSync(await readFile(zip));
  expect(Object.keys(report)).toEqual(['about.json', 'settings.json', 'doctor.txt', 'network.json', 'events.txt', 'peer.log']);
  expect(strFromU8(report['peer.log'] ?? new Uint8Array())).toContain('joined with •••••');
  await tradepost(`report save --mask-names -o ${zip}`);
  expect(strFromU8(unzipSync(await readFile(zip))['network.json'] ?? new Uint8Array())).not.toContain('Desk-2');
  const market = join(dir, 'market.zip');
  expect((await tradepost(`market export -o ${market} --json`)).out).toContain('"items.csv"');
  expect(strFromU8(unzipSync(await readFile(market))['items.csv'] ?? new Uint8Array())).toContain('item-1,salt');
  await tradepost(`market export -o ${join(dir, 'market.json')}`);
  expect(JSON.parse(await readFile(join(dir, 'market.json'), 'utf8')).items).toMatchObject([{ name: 'salt' }]);
  expect(await tradepost(`report save -o ${join(dir, 'nowhere', 'x.zip')}`)).toMatchObject({ exit: 4 });
});

test('[U39] log entries lists what stands in the log; log export saves it', async () => {
  peer.apply(desk(2), { type: 'offer.place', name: 'salt', price: 1_000, quantity: 10 });
  await tradepost('buy salt --qty 5');
  expect((await tradepost('log entries')).out).toMatch(/#2 .* batch +0+ +Desk-2: Offer 10 × salt at €10\.00\n +#3 .*Desk-1: Buy 5 × salt$/);
  expect((await tradepost('log entries -n 1')).out).not.toContain('Offer');
  const file = join(dir, 'log.csv');
  expect((await tradepost(`log export --format csv -o ${file}`)).out).toBe(`Saved 2 entries to ${file}.`);
  expect(await readFile(file, 'utf8')).toMatch(/^entry,term,time,kind,committed,hash,text\r\n2,1,2026-/);
  await tradepost(`log export -o ${file}`);
  expect(
    (await readFile(file, 'utf8'))
      .split('\n')
      .slice(0, 2)
      .map((line) => JSON.parse(line).entry),
  ).toEqual([2, 3]);
  expect(await tradepost(`log export -o ${file} --format xml`)).toMatchObject({ exit: 2 });
});

test('[M8] market operator makes another desktop the operator', async () => {
  expect(await tradepost('market operator Desk-2')).toMatchObject({ exit: 4, err: 'Only the operator of this market can do this.' });
  peer.apply(desk(5), { type: 'market.operator', peerId: desk(1) });
  expect((await tradepost('market operator Desk-2')).out).toBe('Desk-2 is the operator now.');
});

test('[A7] guests: registered, bid for, credited and named in the history, and refused in words', async () => {
  expect(await tradepost('guest add Ben')).toMatchObject({ exit: 4, err: 'Only the operator of this market can do this.' });
  peer.apply(desk(5), { type: 'market.operator', peerId: desk(1) });
  expect((await tradepost('guest')).out).toBe('No guest is registered.');
  expect((await tradepost('guest add "Anna Berg"')).out).toBe('#101 Anna Berg may bid now.');
  expect((await tradepost('guest add --paddle 105')).out).toBe('#105 may bid now.');
  expect(await tradepost('guest add --paddle 105')).toMatchObject({ exit: 4 });
  expect((await tradepost('guest rename 105 Ben')).out).toBe('Paddle 105 is Ben.');
  expect((await tradepost('guest list')).out).toMatch(/101 +Anna Berg +0\.00 +Desk-1\n +105 +Ben/);
  await tradepost('auction create --name vase --start 5');
  expect((await tradepost('bid vase 5 --guest 101')).out).toBe('#101 Anna Berg is winning at €5.00');
  expect((await tradepost('bid vase 9 --guest 105 --max')).out).toBe('#105 Ben is winning at €6.00');
  expect(await tradepost('bid vase 9 --guest 102')).toMatchObject({ exit: 5, err: expect.stringMatching(/^No guest has paddle 102/) });
  expect((await tradepost('auction show vase')).out).toMatch(/#105 Ben, entered by Desk-1 +6\.00/);
  expect((await tradepost('credit 101 20')).out).toBe('€20.00 credited to #101 Anna Berg.');
});

test('[A7] the operator reads own purchases and those of every guest apart', async () => {
  peer.apply(desk(5), { type: 'market.operator', peerId: desk(1) });
  await tradepost('guest add "Anna Berg"');
  const pieces = {
    quantity: 5,
    minimum: 100,
    increment: 50,
    pricing: 'own',
    durationMs: 60_000,
    softCloseMs: 0,
    softCloseMaxMs: 0,
  } as const;
  peer.apply(desk(2), { type: 'auction.create', kind: 'multi', name: 'mug', start: 'now', ...pieces });
  await tradepost('bid mug 10');
  await tradepost('bid mug 50 --guest 101');
  peer.advance(61_000);
  peer.system({ type: 'close', lotId: 'lot-1' });
  const { out } = await tradepost('receipt');
  expect(out.split('\n').slice(1)).toEqual([
    expect.stringMatching(/lot-1 .* bought +me +1 +mug +10\.00 +–/),
    expect.stringMatching(/lot-1 .* bought +#101 Anna Berg +1 +mug +50\.00 +–/),
  ]);
});

test('[M11] market rules --bidders changes how bidders are shown', async () => {
  expect(await tradepost('market rules --bidders odd')).toMatchObject({ exit: 2 });
  await tradepost('auction create --name vase --start 5');
  peer.apply(desk(3), { type: 'auction.bid', lotId: 'lot-1', amount: 500 });
  peer.apply(desk(5), { type: 'market.operator', peerId: desk(1) });
  await tradepost('market rules --bidders masked');
  expect(peer.market()?.state.rules).toEqual({ bidders: 'masked' });
  peer.apply(desk(1), { type: 'market.operator', peerId: desk(5) });
  putUp('bowl');
  peer.apply(desk(3), { type: 'auction.bid', lotId: 'lot-2', amount: 500 });
  const { out } = await tradepost('auction show bowl');
  expect(out).toContain('D***3');
  expect(out).not.toContain('Desk-3');
  expect((await tradepost('auction show vase')).out).toContain('Desk-3');
});

test('[NS1] peers scan says who answered where', async () => {
  expect((await tradepost('peers scan')).out).toBe('Desk-9 at 192.168.1.29:47100, Room 1');
});
