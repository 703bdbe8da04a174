/**
 * What is for sale, and the two ways to change that: buy and offer.
 */
import { memo, useDeferredValue, useMemo, useState } from 'react';
import AddIcon from '@mui/icons-material/AddOutlined';
import MarketIcon from '@mui/icons-material/Storefront';
import SearchIcon from '@mui/icons-material/SearchOutlined';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import InputAdornment from '@mui/material/InputAdornment';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { ItemView } from '../../shared/views.ts';
import { useMoney } from '../format/useMoney.ts';
import { Empty } from '../parts/Empty.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { useClosed, useMe } from '../parts/useTrading.ts';
import { TableBox } from '../parts/TableBox.tsx';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { BuyDialog } from './BuyDialog.tsx';
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

/** The items a filter lets through, by name. */
const filtered = (items: readonly ItemView[], { text, inStock, mine }: Filter, me: string): readonly ItemView[] => {
  const words = text.trim().toLowerCase();
  return items.filter(
    (item) =>
      (words === '' || `${item.name} ${item.description}`.toLowerCase().includes(words)) &&
      (!inStock || item.available > 0) &&
      (!mine || item.myStock > 0 || item.offers.some((offer) => offer.seller.peerId === me)),
  );
};

const FilterBar = memo(function FilterBar({ filter, onChange }: { readonly filter: Filter; onChange(next: Filter): void }) {
  return (
    <Stack direction="row" spacing={2} useFlexGap sx={{ mb: 1.5, flexWrap: 'wrap', alignItems: 'center' }}>
      <TextField
        sx={{ width: 260 }}
        fullWidth={false}
        label={t.market.filter}
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.target.value })}
        slotProps={{
          input: {
            startAdornment: (
              <InputAdornment position="start">
                <SearchIcon fontSize="small" />
              </InputAdornment>
            ),
          },
          htmlInput: { autoComplete: 'off' },
        }}
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

/** States in which a lot is still to be had. */
const open: ReadonlySet<string> = new Set(['waiting', 'live', 'paused', 'closing']);

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
  readonly auctioned: ReadonlySet<string>;
  readonly closed: string | null;
  onBuy(itemId: string): void;
}

/** Apart from the page, so that only its late drawing touches the rows. */
const Rows = memo(function Rows({ rows, auctioned, closed, onBuy }: RowsProps) {
  return rows.map((item) => <ItemRow key={item.itemId} item={item} auctioned={auctioned.has(item.itemId)} closed={closed} onBuy={onBuy} />);
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
  const me = useMe();
  const closed = useClosed();
  const [filter, setFilter] = useState<Filter>({ text: '', inStock: false, mine: false });
  const [buying, setBuying] = useState<string | null>(null);
  const [limit, setLimit] = useState(PAGE_ROWS);
  const [offering, setOffering] = useState(false);
  const [order, setOrder] = useState<Order | null>(null);
  const shown = useMemo(() => sorted(filtered(items, filter, me), order), [items, filter, me, order]);
  // A busy market must not hold up the frame: the table follows as soon as there is time.
  const rows = useDeferredValue(useMemo(() => shown.slice(0, limit), [shown, limit]));
  const auctioned = useMemo(() => new Set(lots.filter((lot) => open.has(lot.state)).map((lot) => lot.itemId)), [lots]);
  const bought = items.find((item) => item.itemId === buying);
  const offerButton = (
    <Button variant="contained" startIcon={<AddIcon />} disabled={closed !== null} onClick={() => setOffering(true)}>
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
          <FilterBar filter={filter} onChange={setFilter} />
          <TableBox label={t.market.table}>
            <Table aria-label={t.market.table}>
              <Head order={order} onOrder={setOrder} />
              <TableBody>
                <Rows rows={rows} auctioned={auctioned} closed={closed} onBuy={setBuying} />
              </TableBody>
            </Table>
            {shown.length === 0 ? <Empty text={t.market.noMatch} /> : null}
            {shown.length > rows.length ? (
              <Button fullWidth onClick={() => setLimit(limit + PAGE_ROWS)}>
                {t.market.showMore(shown.length - rows.length)}
              </Button>
            ) : null}
          </TableBox>
        </>
      )}
      {bought === undefined ? null : <BuyDialog item={bought} onClose={() => setBuying(null)} />}
      {offering ? <OfferDialog onClose={() => setOffering(false)} /> : null}
    </>
  );
};
