/** Commands about goods: item, buy, sell. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { ItemDetail } from '../../../shared/goodsViews.ts';
import { pictureType } from '../../../shared/picture.ts';
import { act, asWrite, type Run, writing } from '../act.ts';
import { Ended, finish, writeFields } from '../context.ts';
import { EXIT } from '../exit.ts';
import { findItem } from '../find.ts';
import { clean, table } from '../output.ts';
import { wholeNumber } from '../parse.ts';
import { addStock } from './stock.ts';

interface Write {
  readonly requestId?: string;
  readonly wait?: string;
}

interface Codes {
  readonly category?: string;
  readonly barcode?: string;
  readonly sku?: string;
}

/** The options by which goods get their codes. */
function coded(command: Command): Command {
  return command
    .option('--category <word>', 'under which it stands')
    .option('--barcode <code>', 'what a scanner reads on it')
    .option('--sku <code>', 'my own number for it');
}

function codesOf({ category, barcode, sku }: Codes): Codes {
  return {
    ...(category === undefined ? {} : { category }),
    ...(barcode === undefined ? {} : { barcode }),
    ...(sku === undefined ? {} : { sku }),
  };
}

function codesText({ category, barcode, mySku }: ItemDetail['item']): string[] {
  const said = [
    ...(category === '' ? [] : [`category ${clean(category)}`]),
    ...(barcode === '' ? [] : [`barcode ${clean(barcode)}`]),
    ...(mySku === '' ? [] : [`my SKU ${clean(mySku)}`]),
  ];
  return said.length === 0 ? [] : [said.join(', ')];
}

function detailText({ item, maker, stock, lots }: ItemDetail): string {
  return [
    `${clean(item.name)} (${item.itemId}): ${item.available} available, ${item.myStock} mine, made by ${clean(maker.name)}`,
    ...(item.description === '' ? [] : [clean(item.description)]),
    ...codesText(item),
    table(
      ['OFFER', 'SELLER', 'PRICE', 'LEFT'],
      item.offers.map((offer) => [offer.offerId, offer.seller.name, offer.price.text, String(offer.remaining)]),
      ['PRICE', 'LEFT'],
      'No offers.',
    ),
    table(
      ['OWNER', 'ON HAND', 'RESERVED', 'OFFERED', 'AVAILABLE'],
      stock.map((row) => [row.owner.name, String(row.onHand), String(row.reserved), String(row.offered), String(row.available)]),
      ['ON HAND', 'RESERVED', 'OFFERED', 'AVAILABLE'],
      'In no warehouse.',
    ),
    ...lots.map((lot) => `${lot.lotId}: ${clean(lot.title)}, ${lot.state}${lot.price === null ? '' : `, ${lot.price.text}`}`),
  ].join('\n');
}

function addItems(run: Run, program: Command): Command {
  const item = program.command('item').description('the goods of this market');
  act<{ mine?: boolean; low?: boolean; category?: string }>(
    run,
    item
      .command('list', { isDefault: true })
      .description('what is for sale')
      .option('--mine', 'only what I have')
      .option('--low', 'only what runs low in my stock')
      .option('--category <word>', 'only what stands under it'),
    async (_args, { mine, low, category }, context) => {
      const [{ value: items }, { value: stock }] = await Promise.all([context.get('items', {}), context.get('stock', { mine: true })]);
      const lows = new Set(stock.filter((row) => row.level !== 'ok').map((row) => row.itemId));
      const shown = items.filter(
        (row) =>
          (mine !== true || row.myStock > 0) &&
          (low !== true || lows.has(row.itemId)) &&
          (category === undefined || row.category.toLowerCase() === category.toLowerCase()),
      );
      context.show(shown, () =>
        table(
          ['ID', 'NAME', 'CATEGORY', 'FROM', 'AVAILABLE', 'SELLERS', 'MINE'],
          shown.map((row) => [
            row.itemId,
            row.name,
            row.category,
            row.priceFrom?.text ?? '–',
            String(row.available),
            [...new Set(row.offers.map((offer) => offer.seller.name))].join(', '),
            String(row.myStock),
          ]),
          ['FROM', 'AVAILABLE', 'MINE'],
          'Nothing is for sale yet. Be the first.',
        ),
      );
    },
  );
  act(run, item.command('show').argument('<item>').description('one item with its offers'), async ([given = ''], _options, context) => {
    const { itemId } = await findItem(context, given);
    const { value: detail } = await context.get('item', { itemId });
    context.show(detail, () => detailText(detail));
  });
  act<Write & Codes & { name: string; desc?: string; price?: string; qty?: number; low?: number }>(
    run,
    writing(
      coded(
        item
          .command('add')
          .description('create an item; with a price also offer it')
          .requiredOption('--name <name>')
          .option('--desc <text>')
          .option('--price <amount>')
          .option('--qty <n>', 'how many', wholeNumber)
          .option('--low <n>', 'warn at this many', wholeNumber),
      ),
    ),
    async (_args, options, context) => {
      const common = {
        name: options.name,
        ...(options.desc === undefined ? {} : { description: options.desc }),
        ...(options.low === undefined ? {} : { lowLevel: options.low }),
        ...codesOf(options),
        ...writeFields(context, asWrite(options)),
      };
      if (options.price !== undefined)
        return finish(context, await context.get('offer.place', { ...common, price: options.price, quantity: options.qty ?? 1 }));
      return finish(
        context,
        await context.get('item.create', { ...common, ...(options.qty === undefined ? {} : { quantity: options.qty }) }),
      );
    },
  );
  act<Write & Codes & { name?: string; desc?: string; low?: number }>(
    run,
    writing(
      coded(
        item
          .command('edit')
          .argument('<item>')
          .description('change an item; an empty code takes the present one away')
          .option('--name <name>')
          .option('--desc <text>')
          .option('--low <n>', 'warn at this many', wholeNumber),
      ),
    ),
    async ([given = ''], options, context) => {
      const { itemId } = await findItem(context, given);
      return finish(
        context,
        await context.get('item.edit', {
          itemId,
          ...(options.name === undefined ? {} : { name: options.name }),
          ...(options.desc === undefined ? {} : { description: options.desc }),
          ...(options.low === undefined ? {} : { lowLevel: options.low }),
          ...codesOf(options),
          ...writeFields(context, asWrite(options)),
        }),
      );
    },
  );
  return item;
}

/** As base64, if the market would take it. */
async function pictureIn(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => {
    throw new Ended(EXIT.usage, `${clean(file)} cannot be read.`);
  });
  const picture = bytes.toString('base64');
  if (pictureType(picture) === null)
    throw new Ended(EXIT.usage, `${clean(file)} is no WebP, JPEG or PNG of at most 16 KB and 1024 pixels a side.`);
  return picture;
}

function addPicture(run: Run, program: Command): void {
  act<Write & { remove?: boolean }>(
    run,
    writing(
      program
        .command('picture')
        .argument('<item>')
        .argument('[file]', 'a WebP, JPEG or PNG of at most 16 KB')
        .description('show a picture of an item I made')
        .option('--remove', 'take it away'),
    ),
    async ([given = '', file], options, context) => {
      if ((file === undefined) !== (options.remove === true)) throw new Ended(EXIT.usage, 'Give either a file or --remove.');
      const picture = file === undefined ? null : await pictureIn(file);
      const { itemId } = await findItem(context, given);
      return finish(context, await context.get('item.picture', { itemId, picture, ...writeFields(context, asWrite(options)) }));
    },
  );
}

function addTrade(run: Run, program: Command): void {
  act<Write & { qty: number; maxPrice?: string }>(
    run,
    writing(
      program
        .command('buy')
        .argument('<item>')
        .description('buy at the offered price')
        .option('--qty <n>', 'how many', wholeNumber, 1)
        .option('--max-price <amount>', 'at most this for each'),
    ),
    async ([given = ''], options, context) => {
      const { itemId } = await findItem(context, given);
      const limit = options.maxPrice === undefined ? {} : { maxPrice: options.maxPrice };
      return finish(
        context,
        await context.get('order.buy', { itemId, quantity: options.qty, ...limit, ...writeFields(context, asWrite(options)) }),
      );
    },
  );
  act<Write & Codes & { price: string; qty: number; desc?: string; low?: number; stock?: boolean }>(
    run,
    writing(
      coded(
        program
          .command('sell')
          .argument('<name>')
          .description('offer goods')
          .requiredOption('--price <amount>')
          .option('--qty <n>', 'how many', wholeNumber, 1)
          .option('--desc <text>')
          .option('--low <n>', 'warn at this many', wholeNumber)
          .option('--stock', 'only from my stock'),
      ),
    ),
    async ([name = ''], options, context) =>
      finish(
        context,
        await context.get('offer.place', {
          name,
          price: options.price,
          quantity: options.qty,
          ...(options.desc === undefined ? {} : { description: options.desc }),
          ...(options.low === undefined ? {} : { lowLevel: options.low }),
          ...(options.stock === true ? { source: 'stock' as const } : {}),
          ...codesOf(options),
          ...writeFields(context, asWrite(options)),
        }),
      ),
  );
  act<Write>(
    run,
    writing(program.command('withdraw').argument('<offer>', 'id of the offer').description('take an offer back')),
    async ([offerId = ''], options, context) =>
      finish(context, await context.get('offer.withdraw', { offerId, ...writeFields(context, asWrite(options)) })),
  );
}

export function addGoods(run: Run, program: Command): void {
  addPicture(run, addItems(run, program));
  addStock(run, program);
  addTrade(run, program);
}
