/** Commands about what I did and have: bids, purchases, sales, queue, balance, log. */
import type { Command } from 'commander';
import { act, asWrite, type Run, writing } from '../act.ts';
import { type Context, finish, writeFields } from '../context.ts';
import { EXIT } from '../exit.ts';
import { findAccount } from '../find.ts';
import { clean, table } from '../output.ts';
import { wholeNumber } from '../parse.ts';
import { addEntries } from './entries.ts';
import { eventLine, followEvents } from './watch.ts';

async function listBids(context: Context): Promise<void> {
  const { value: bids } = await context.get('bids', {});
  context.show(bids, () =>
    table(
      ['ENTRY', 'TIME', 'AUCTION', 'AMOUNT', 'STATE'],
      bids.map((bid) => [`#${bid.entry}`, new Date(bid.at).toLocaleTimeString(), bid.title, bid.amount?.text ?? '–', bid.state]),
      ['ENTRY', 'AMOUNT'],
      'You have not bid yet.',
    ),
  );
}

async function showSettlement(context: Context): Promise<void> {
  const { value: sheet } = await context.get('settlement', {});
  context.show(sheet, () =>
    [
      table(
        ['ACCOUNT', 'BOUGHT', 'SOLD', 'COMMISSION', 'BALANCE'],
        sheet.rows.map((row) => [row.account.name, row.bought.text, row.sold.text, row.commission.text, row.balance.text]),
        ['BOUGHT', 'SOLD', 'COMMISSION', 'BALANCE'],
      ),
      ...sheet.transfers.map(({ debtor, creditor, amount }) => `${clean(debtor.name)} pays ${clean(creditor.name)} ${amount.text}`),
      ...(sheet.transfers.length === 0 ? ['Nobody owes anything.'] : []),
    ].join('\n'),
  );
}

function addSettle(run: Run, program: Command): void {
  const settle = program.command('settle').description('who owes whom');
  act(run, settle.command('list', { isDefault: true }).description('the settle-up sheet'), async (_args, _options, context) =>
    showSettlement(context),
  );
  act<{ requestId?: string; wait?: string }>(
    run,
    writing(
      settle.command('paid').argument('<debtor>').argument('<creditor>').argument('<amount>').description('it was paid, says who got it'),
    ),
    async ([debtor = '', creditor = '', amount = ''], options, context) => {
      const [from, to] = [await findAccount(context, debtor), await findAccount(context, creditor)];
      const fields = { debtor: from, creditor: to, amount, ...writeFields(context, asWrite(options)) };
      return finish(context, await context.get('settle.pay', fields));
    },
  );
}

function addNews(run: Run, program: Command): void {
  const said = (notices: readonly { at: number; text: string }[], none: string): string =>
    notices.length === 0 ? none : notices.map((notice) => `${new Date(notice.at).toLocaleTimeString()}  ${clean(notice.text)}`).join('\n');
  act(run, program.command('notices').description('news for me'), async (_args, _options, context) => {
    const notices = await context.get('notices', {});
    context.show(notices, () => said(notices, 'No news.'));
  });
  act<{ keep?: boolean }>(
    run,
    program.command('away').description('what happened while I was away').option('--keep', 'do not mark it as seen'),
    async (_args, { keep }, context) => {
      const away = await context.get('away', {});
      context.show(away, () => said(away.notices, 'Nothing happened while you were away.'));
      if (keep !== true) await context.get('notices.seen', {});
    },
  );
}

/** Orders in which this desktop bought, or sold. */
async function listOrders(context: Context, side: 'bought' | 'sold'): Promise<void> {
  const [{ value: orders }, { desk }] = await Promise.all([context.get('orders', { mine: true }), context.get('status', {})]);
  const shown = orders.filter((order) =>
    side === 'bought' ? order.buyer.peerId === desk.peerId : order.fills.some((fill) => fill.seller.peerId === desk.peerId),
  );
  context.show(shown, () =>
    table(
      ['ORDER', 'ENTRY', 'TIME', 'ITEM', 'QTY', 'TOTAL', side === 'bought' ? 'FROM' : 'TO'],
      shown.map((order) => [
        order.orderId,
        `#${order.entry}`,
        new Date(order.at).toLocaleTimeString(),
        order.name,
        String(order.quantity),
        order.total.text,
        side === 'bought' ? [...new Set(order.fills.map((fill) => fill.seller.name))].join(', ') : order.buyer.name,
      ]),
      ['ENTRY', 'QTY', 'TOTAL'],
      side === 'bought' ? 'You have not bought anything yet.' : 'You have not sold anything yet.',
    ),
  );
}

function addQueue(run: Run, program: Command): void {
  const queue = program.command('queue').description('what I asked for');
  act<{ all?: boolean }>(
    run,
    queue.command('list', { isDefault: true }).description('requests that wait').option('--all', 'also what is decided'),
    async (_args, { all }, context) => {
      const requests = await context.get('requests', {});
      const shown = all === true ? requests : requests.filter(({ state }) => state === 'sending' || state === 'queued');
      context.show(shown, () =>
        table(
          ['REQUEST', 'WHAT', 'STATE', ''],
          shown.map((request) => [request.requestId, request.summary, request.state, request.text ?? '']),
          [],
          'Nothing is waiting.',
        ),
      );
    },
  );
  act(
    run,
    queue.command('cancel').argument('<request>', 'its id').description('take a waiting request back'),
    async ([requestId = ''], _options, context) => finish(context, await context.get('request.cancel', { requestId })),
  );
}

function addLog(run: Run, program: Command): void {
  const log = program.command('log').description('what happened on this desktop, and the entries of the market’s log');
  addEntries(run, log);
  act<{ follow?: boolean; filter?: string; lines: number }>(
    run,
    log
      .command('tail', { isDefault: true })
      .description('the last events')
      .option('-f, --follow', 'and those to come')
      .option('--filter <groups>', 'like election,auction')
      .option('-n, --lines <n>', 'how many', wholeNumber, 20),
    async (_args, { follow, filter, lines }, context) => {
      const groups = filter === undefined ? null : new Set(filter.split(',').map((group) => group.trim()));
      if (follow === true) return followEvents(context, run.surroundings.stop, groups);
      const events = await context.get('events', {});
      const shown = events.filter((event) => groups === null || groups.has(event.group)).slice(-Math.max(1, lines));
      for (const event of shown) context.output.data(eventLine(context, event));
      return EXIT.ok;
    },
  );
}

export function addActivity(run: Run, program: Command): void {
  act(run, program.command('bids').description('my bids'), async (_args, _options, context) => listBids(context));
  act(run, program.command('purchases').description('what I bought'), async (_args, _options, context) => listOrders(context, 'bought'));
  act(run, program.command('sales').description('what I sold'), async (_args, _options, context) => listOrders(context, 'sold'));
  addQueue(run, program);
  act(run, program.command('balance').description('my account, and everybody’s'), async (_args, _options, context) => {
    const { value: balance } = await context.get('balance', {});
    context.show(balance, () =>
      [
        `Balance ${balance.me.balance.text}, held ${balance.me.held.text}, commission earned ${balance.me.commission.text}`,
        table(
          ['ACCOUNT', 'BALANCE', 'HELD'],
          balance.accounts.map((row) => [row.name, row.balance.text, row.held.text]),
          ['BALANCE', 'HELD'],
        ),
      ].join('\n'),
    );
  });
  addNews(run, program);
  addSettle(run, program);
  addLog(run, program);
}
