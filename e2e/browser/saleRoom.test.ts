/**
 * A sale room of real desktops: masked bidders, and a guest without a desktop whose bids the operator enters, who wins, and who is on the
 * settle-up sheet. Somebody else's desktop never shows a full name.
 */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { becomes } from './becomes.ts';
import { roomOf } from './room.ts';
import { programOf } from './swarm.ts';
import { button, dialog, goTo, picture, sees, seriousFindings } from './tabs.ts';

const room = roomOf('sale-room', 4, ['--commission', '10', '--currency', 'EUR']);
const BIDDER = 'Zoe Quist';
const GUEST = 'Anna Berg';
/** Numbers of the desktops: the one that made the market, one that sells, one that bids, one that only looks. */
const who = { operator: 0, seller: 0, bidder: 0, watcher: 0 };

const desk = (number: number) => {
  const one = room.swarm.desks[number - 1];
  if (one === undefined) throw new Error(`There is no Desk-${number}`);
  return programOf(one);
};
const page = (role: keyof typeof who): Page => room.tabs.tab(who[role]);
const main = (where: Page): Promise<string> => where.locator('main').innerText();

beforeAll(async () => {
  const status = await desk(1).call('status', {});
  who.operator = status.ok ? Number(status.value.market?.operator.name.slice(-1)) : 0;
  const [seller = 0, bidder = 0, watcher = 0] = [1, 2, 3, 4].filter((number) => number !== who.operator);
  Object.assign(who, { seller, bidder, watcher });
  await desk(bidder).call('desk.rename', { name: BIDDER });
  for (const one of room.tabs.all) await one.setViewportSize({ width: 1024, height: 700 });
});

const tabOf = async (role: keyof typeof who, rail: string, tab: string): Promise<Page> => {
  const where = page(role);
  await goTo(where, rail);
  await where.getByRole('tab', { name: tab, exact: true }).click();
  return where;
};

const toLot = async (role: keyof typeof who, tab = 'Live'): Promise<Page> => {
  const where = await tabOf(role, 'Auctions', tab);
  await where.getByRole('link', { name: /Menhir/ }).click();
  await where.getByRole('heading', { level: 1, name: 'Menhir' }).waitFor();
  return where;
};

test('[M11] the operator masks the bidders, and the page says that this hides nothing from who reads the log', async () => {
  const settings = await tabOf('operator', 'Settings', 'Market');
  await settings.getByLabel('Bidders are shown').click();
  await settings.getByRole('option', { name: 'Masked, like A***g' }).click();
  await sees(settings, /every desktop keeps the whole log/);
  await button(settings, 'Change the rules').click();
  const other = await tabOf('watcher', 'Settings', 'Market');
  await sees(other, 'Masked, like A***g');
  expect(await seriousFindings(settings, 'bidders-rule')).toEqual([]);
});

test('[A7] the operator registers a guest, who gets paddle 101', async () => {
  const desks = await tabOf('operator', 'Activity', 'Guests');
  await sees(desks, 'No guest is registered yet.');
  await desks.getByLabel('Name (optional)').fill(GUEST);
  await button(desks, 'Register').click();
  await sees(desks.getByTestId('guest-101'), GUEST);
  expect(await seriousFindings(desks, 'guests')).toEqual([]);
  const other = await tabOf('watcher', 'Activity', 'Guests');
  await sees(other.getByTestId('guest-101'), '101');
  expect(await main(other)).not.toContain(GUEST);
});

const enter = async (amount: string): Promise<void> => {
  const lot = await toLot('operator');
  await lot.getByRole('combobox', { name: 'Paddle or name' }).fill('101');
  await lot.getByRole('option', { name: `#101 ${GUEST}` }).click();
  await button(lot, `Bid ${amount} for #101 ${GUEST}`).click();
  await button(lot, `Confirm ${amount} for #101 ${GUEST}`).click();
  await sees(lot.getByTestId('bid-row').first(), `#101 ${GUEST}`);
};

test('[A7] [M11] the operator enters two bids for the guest against somebody at a desktop, and who looks on sees masks', async () => {
  const made = await desk(who.seller).call('auction.create', { name: 'Menhir', startPrice: '20', increment: '1', durationMs: 3_600_000 });
  expect(made.ok).toBe(true);
  await enter('€20.00');
  const bidder = await toLot('bidder');
  await button(bidder, 'Bid €21.00').click();
  await button(bidder, 'Confirm €21.00').click();
  await sees(bidder, 'You are winning at €21.00');
  await sees(bidder, `${BIDDER} (you)`);
  const watcher = await toLot('watcher');
  await sees(watcher, 'Live. Z***t leads with €21.00');
  await enter('€22.00');
  const operator = page('operator');
  await sees(operator, BIDDER);
  await becomes(() => watcher.getByTestId('bid-row').count(), 3);
  const rows = await watcher.getByTestId('bid-row').allInnerTexts();
  expect(rows.map((row) => row.replaceAll(/\s+/g, ' ').split(' ').slice(0, 6).join(' '))).toEqual([
    `€22.00 #101 entered by Desk-${who.operator} Winning`,
    expect.stringMatching(/^€21\.00 Z\*\*\*t Outbid/),
    `€20.00 #101 entered by Desk-${who.operator} Outbid`,
  ]);
  expect(await seriousFindings(operator, 'guest-bids')).toEqual([]);
  expect(await seriousFindings(watcher, 'masked-lot')).toEqual([]);
});

test('[M11] the big screen of the operator shows what the room may see', async () => {
  const operator = page('operator');
  await operator.goto(`${new URL(operator.url()).origin}/#/screen`);
  await sees(operator, 'Live. #101 leads with €22.00');
  await sees(operator, 'Z***t');
  const text = await main(operator);
  expect(text).not.toContain(BIDDER);
  expect(text).not.toContain(GUEST);
  await picture(operator, 'masked-big-screen');
});

test('[A7] the guest wins, and the settle-up sheet says who owes what', async () => {
  await desk(who.seller).call('auction.close', { lotId: 'lot-1' });
  await operatorHome();
  const sheet = await tabOf('operator', 'Activity', 'Settle up');
  await sees(sheet, `#101 ${GUEST} pays Desk-${who.seller} €19.80`);
  const row = sheet.getByRole('row').filter({ hasText: `#101 ${GUEST}` });
  expect((await row.innerText()).replaceAll(/\s+/g, ' ')).toBe(`#101 ${GUEST} €22.00 €0.00 €0.00 −€22.00`);
  expect(await seriousFindings(sheet, 'guest-settles')).toEqual([]);
  await button(sheet.getByTestId('debt').filter({ hasText: `pays Desk-${who.seller}` }), /^Paid at the desk: /).click();
  await button(dialog(sheet), 'Received €19.80').click();
  await sees(sheet, new RegExp(`#101 ${GUEST} paid Desk-${who.seller} €19\\.80, says Desk-${who.operator}`));
  const receipts = await tabOf('operator', 'Activity', 'Receipts');
  await sees(receipts, `1 × Menhir · #101 ${GUEST}`);
});

/** Back from the big screen, which has no rail. */
async function operatorHome(): Promise<void> {
  await page('operator').keyboard.press('Escape');
  await page('operator').getByRole('heading', { level: 1, name: 'Auctions' }).waitFor();
}

test('[M11] no page of another desktop names a bidder or the guest, and neither does its export', async () => {
  const watcher = await toLot('watcher', 'Ended');
  await sees(watcher, 'Sold to #101 for €22.00');
  const texts = [await main(watcher)];
  for (const [rail, tab] of [
    ['Auctions', 'Ended'],
    ['Activity', 'Settle up'],
    ['Activity', 'Balance'],
    ['Activity', 'Guests'],
    ['Inventory', 'Whole market'],
  ] as const) {
    const where = await tabOf('watcher', rail, tab);
    await where.getByRole('tabpanel').first().waitFor();
    texts.push(await main(where));
  }
  const exported = await desk(who.watcher).call('market.export', {});
  const files = exported.ok
    ? exported.value.files.filter(({ name }) => ['bids.csv', 'awards.csv', 'ledger.csv', 'stock.csv'].includes(name))
    : [];
  expect(files.length).toBe(4);
  texts.push(...files.map(({ text }) => text));
  const log = await desk(who.watcher).call('log', {});
  const bids = log.ok ? log.value.entries.map(({ text }) => text).filter((text) => text.includes('Bid €')) : [];
  expect(bids.length).toBe(3);
  texts.push(...bids);
  const said = texts.join('\n');
  expect(said).toContain('#101');
  expect(said).toContain('Z***t');
  expect(said).not.toContain(BIDDER);
  expect(said).not.toContain(GUEST);
});

test('no tab complained', () => expect(room.tabs.complaints).toEqual([]));
