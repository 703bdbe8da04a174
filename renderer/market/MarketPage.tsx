/**
 * What is for sale, and the two ways to change that: buy and offer.
 */
import { memo, useDeferredValue, useMemo, useState } from 'react';
import AddIcon from '@mui/icons-material/AddOutlined';
import MarketIcon from '@mui/icons-material/Storefront';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import FormControlLabel from '@mui/material/FormControlLabel';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import Typography from '@mui/material/Typography';
import { isBarcode } from '../../shared/barcode.ts';
import type { ItemView } from '../../shared/views.ts';
import { plainRefusal } from '../format/refusal.ts';
import { useMoney } from '../format/useMoney.ts';
import { CategorySelect } from '../parts/CategorySelect.tsx';
import { categoriesOf, type Category, found, type Found, looksScanned, sameWord } from '../parts/codes.ts';
import { Empty } from '../parts/Empty.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { ScanField } from '../parts/ScanField.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { useSame } from '../parts/useSame.ts';
import { useClosed, useMe } from '../parts/useTrading.ts';
import { go, useRoute } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { BuyDialog } from './BuyDialog.tsx';
import { type Absence, absenceOf } from './fill.ts';
import { ItemRow } from './ItemRow.tsx';
import { OfferDialog } from './OfferDialog.tsx';
import { addSampleGoods } from './sampleGoods.ts';
import { sorted, turned } from './sorting.ts';
import type { Order } from './sorting.ts';

interface Filter {
  readonly text: string;
  readonly inStock: boolean;
  readonly mine: boolean;
}

/** What the address says is shown: one category (empty: all), or one item. */
interface Place {
  readonly category: string;
  readonly itemId: string | null;
}

const placeOf = ([kind, what = '']: readonly string[]): Place => ({
  category: kind === 'category' ? what : '',
  itemId: kind === 'item' ? what : null,
});

/** The items a filter lets through. */
const filtered = (items: readonly ItemView[], { inStock, mine }: Filter, { category, itemId }: Place, me: string): readonly ItemView[] =>
  items.filter(
    (item) =>
      (itemId === null || item.itemId === itemId) &&
      (category === '' || sameWord(item.category, category)) &&
      (!inStock || item.available > 0) &&
      (!mine || item.myStock > 0 || item.offers.some((offer) => offer.seller.peerId === me)),
  );

const foundBy = ({ name, description, category, barcode, mySku, offers }: ItemView): Found => ({
  barcode,
  skus: [mySku, ...offers.map(({ sku }) => sku)],
  words: [name, description, category],
});

interface FilterProps {
  readonly filter: Filter;
  readonly category: string;
  readonly categories: readonly Category[];
  onChange(next: Filter): void;
}

const FilterBar = memo(function FilterBar({ filter, category, categories, onChange }: FilterProps) {
  return (
    <Stack direction="row" spacing={2} useFlexGap sx={{ mb: 1.5, flexWrap: 'wrap', alignItems: 'center' }}>
      <ScanField label={t.market.filter} value={filter.text} onChange={(text) => onChange({ ...filter, text })} />
      <CategorySelect
        value={category}
        categories={categories}
        onChange={(word) => (word === '' ? go('market') : go('market', 'category', word))}
      />
      <FormControlLabel
        control={<Switch checked={filter.inStock} onChange={(_, inStock) => onChange({ ...filter, inStock })} />}
        label={t.market.inStock}
      />
      <FormControlLabel
        control={<Switch checked={filter.mine} onChange={(_, mine) => onChange({ ...filter, mine })} />}
        label={t.market.mine}
      />
    </Stack>
  );
});

/** As many rows as anybody looks through; the rest is found by the filter, or shown on demand. */
const PAGE_ROWS = 50;

const heads = () =>
  [
    [t.market.item, 'left', 'name'],
    [t.market.sellers, 'left', null],
    [t.market.priceFrom, 'right', 'price'],
    [t.market.availableHead, 'right', 'available'],
    [t.market.myStock, 'right', 'mine'],
  ] as const;

const direction = ({ descending }: Order): 'asc' | 'desc' => (descending ? 'desc' : 'asc');

/** Drawn only when the order changes, however often the rows do. */
const Head = memo(function Head({ order, onOrder }: { readonly order: Order | null; onOrder(next: Order | null): void }) {
  return (
    <TableHead>
      <TableRow>
        <TableCell padding="checkbox">
          <span className="visually-hidden">{t.market.details}</span>
        </TableCell>
        {heads().map(([label, align, by]) => (
          <TableCell key={label} align={align} sortDirection={order !== null && order.by === by ? direction(order) : false}>
            {by === null ? (
              label
            ) : (
              <TableSortLabel
                active={order?.by === by}
                direction={order?.by === by ? direction(order) : 'asc'}
                onClick={() => onOrder(turned(order, by))}
              >
                {label}
              </TableSortLabel>
            )}
          </TableCell>
        ))}
        <TableCell align="right">
          <span className="visually-hidden">{t.common.actions}</span>
        </TableCell>
      </TableRow>
    </TableHead>
  );
});

interface RowsProps {
  readonly rows: readonly ItemView[];
  absence(itemId: string): Absence;
  readonly closed: string | null;
  onBuy(itemId: string): void;
}

/** Apart from the page, so that only its late drawing touches the rows. */
const Rows = memo(function Rows({ rows, absence, closed, onBuy }: RowsProps) {
  return rows.map((item) => <ItemRow key={item.itemId} item={item} absence={absence(item.itemId)} closed={closed} onBuy={onBuy} />);
});

/** What leading has brought this desktop, for who leads now or once did. */
const Earned = () => {
  const money = useMoney();
  const earned = useView((view) => view.balance?.me.commission.minor ?? 0);
  return earned === 0 ? null : <Typography sx={{ color: 'text.secondary', mb: 1.5 }}>{t.market.earned(money.show(earned))}</Typography>;
};

export const MarketPage = () => {
  const items = useView((view) => view.items);
  const lots = useView((view) => view.lots);
  const stock = useView((view) => view.stock);
  const me = useMe();
  const closed = useClosed();
  const [filter, setFilter] = useState<Filter>({ text: '', inStock: false, mine: false });
  const [buying, setBuying] = useState<string | null>(null);
  const [limit, setLimit] = useState(PAGE_ROWS);
  /** The barcode to offer something with, or empty; null: nothing is being offered. */
  const [offering, setOffering] = useState<string | null>(null);
  const [order, setOrder] = useState<Order | null>(null);
  const { rest } = useRoute();
  const { category, itemId } = placeOf(rest);
  const typed = filter.text.trim();
  const categories = useSame(useMemo(() => categoriesOf(items), [items]));
  const shown = useMemo(
    // What was scanned comes first, whatever the order.
    () => found(sorted(filtered(items, filter, { category, itemId }, me), order), filter.text, foundBy),
    [items, filter, category, itemId, me, order],
  );
  // A busy market must not hold up the frame: the table follows as soon as there is time.
  const rows = useDeferredValue(useMemo(() => shown.slice(0, limit), [shown, limit]));
  const absence = useMemo(() => absenceOf(lots, stock), [lots, stock]);
  const bought = items.find((item) => item.itemId === buying);
  const offerButton = (
    <Button variant="contained" startIcon={<AddIcon />} disabled={closed !== null} onClick={() => setOffering('')}>
      {t.market.offerItem}
    </Button>
  );
  return (
    <>
      <PageTitle title={t.rail.market}>{items.length === 0 ? null : offerButton}</PageTitle>
      <Earned />
      {items.length === 0 ? (
        <Paper variant="outlined">
          <Empty text={t.market.empty} icon={<MarketIcon />}>
            {offerButton}
            <Button variant="outlined" disabled={closed !== null} onClick={addSampleGoods}>
              {t.market.sampleGoods}
            </Button>
          </Empty>
        </Paper>
      ) : (
        <>
          <FilterBar filter={filter} category={category} categories={categories} onChange={setFilter} />
          <Typography component="output" className="visually-hidden">
            {typed === '' ? '' : t.codes.hits(shown.length)}
          </Typography>
          {itemId === null ? null : (
            <Chip
              sx={{ mb: 1.5 }}
              label={t.market.only(items.find((item) => item.itemId === itemId)?.name ?? itemId)}
              onDelete={() => go('market')}
            />
          )}
          <TableBox label={t.market.table}>
            <Table aria-label={t.market.table}>
              <Head order={order} onOrder={setOrder} />
              <TableBody>
                <Rows rows={rows} absence={absence} closed={closed} onBuy={setBuying} />
              </TableBody>
            </Table>
            {shown.length > 0 ? null : looksScanned(typed) ? (
              <Empty text={isBarcode(typed) ? t.market.noCode(typed) : `${t.market.noCode(typed)} ${plainRefusal('BARCODE_BAD')}`}>
                <Button variant="outlined" disabled={closed !== null || !isBarcode(typed)} onClick={() => setOffering(typed)}>
                  {t.market.offerCode}
                </Button>
              </Empty>
            ) : (
              <Empty text={t.market.noMatch} />
            )}
            {shown.length > rows.length ? (
              <Button fullWidth onClick={() => setLimit(limit + PAGE_ROWS)}>
                {t.market.showMore(shown.length - rows.length)}
              </Button>
            ) : null}
          </TableBox>
        </>
      )}
      {bought === undefined ? null : <BuyDialog item={bought} onClose={() => setBuying(null)} />}
      {offering === null ? null : <OfferDialog barcode={offering} onClose={() => setOffering(null)} />}
    </>
  );
};
