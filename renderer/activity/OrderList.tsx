/**
 * Sales: who bought what from whom, and the commission.
 */
import { useMemo, useState } from 'react';
import CrossIcon from '@mui/icons-material/CallSplitOutlined';
import Alert from '@mui/material/Alert';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type { GridColDef } from '@mui/x-data-grid';
import type { OrderView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { timeText } from '../format/time.ts';
import { useMoney } from '../format/useMoney.ts';
import type { Money } from '../format/useMoney.ts';
import { Empty } from '../parts/Empty.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { Grid } from '../parts/Grid.tsx';
import { useRead } from '../parts/useRead.ts';
import { useMe } from '../parts/useTrading.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { ordersCsv } from './tables.ts';

const sides = ['all', 'bought', 'sold'] as const;
type Side = (typeof sides)[number];

const bySide = (orders: readonly OrderView[], side: Side, me: string): readonly OrderView[] =>
  orders.filter(
    ({ buyer, fills }) => side === 'all' || (side === 'bought' ? buyer.peerId === me : fills.some(({ seller }) => seller.peerId === me)),
  );

const commissionOf = (order: OrderView): number => order.fills.reduce((sum, fill) => sum + fill.commission.minor, 0);

const columnsOf = (money: Money, me: string): readonly GridColDef<OrderView>[] => [
  { field: 'at', headerName: t.common.time, width: 96, valueFormatter: (at: number) => timeText(at) },
  {
    field: 'name',
    headerName: t.orders.what,
    flex: 1,
    minWidth: 150,
    renderCell: ({ row }) => (
      <Stack direction="row" spacing={1} useFlexGap data-testid="order-row" sx={{ flexWrap: 'wrap', fontWeight: 600 }}>
        {t.orders.goods(row.quantity, row.name)}
        {row.concurrent ? <Chip icon={<CrossIcon />} color="secondary" label={t.orders.concurrent} /> : null}
      </Stack>
    ),
  },
  {
    field: 'buyer',
    headerName: t.orders.buyer,
    width: 130,
    valueGetter: (_, row) => (row.buyer.peerId === me ? t.common.you(row.buyer.name) : row.buyer.name),
  },
  {
    field: 'fills',
    headerName: t.orders.sellers,
    flex: 1,
    minWidth: 170,
    sortable: false,
    valueGetter: (_, row) =>
      row.fills.map((fill) => t.orders.fill(fill.quantity, fill.seller.name, money.show(fill.price.minor))).join(', '),
  },
  {
    field: 'total',
    headerName: t.orders.total,
    type: 'number',
    width: 110,
    cellClassName: 'strong',
    valueGetter: (_, row) => row.total.minor,
    valueFormatter: (minor: number) => money.show(minor),
  },
  {
    field: 'commission',
    headerName: t.orders.commission,
    type: 'number',
    width: 110,
    valueGetter: (_, row) => commissionOf(row),
    valueFormatter: (minor: number) => money.show(minor),
  },
  { field: 'entry', headerName: t.common.entry, type: 'number', width: 90, valueFormatter: (entry: number) => `#${entry}` },
];

export const OrderList = () => {
  const money = useMoney();
  const me = useMe();
  const entry = useView((view) => view.status?.appliedIndex ?? 0);
  const [side, setSide] = useState<Side>('all');
  const { value, error } = useRead(`orders/${entry}`, () => client().call('orders', {}));
  const columns = useMemo(() => columnsOf(money, me), [money, me]);
  if (error !== null) return <Alert severity="error">{refusalText(error)}</Alert>;
  const orders = value?.value ?? [];
  if (orders.length === 0) return <Empty text={t.orders.empty} />;
  const shown = bySide(orders, side, me);
  return (
    <>
      <Stack direction="row" sx={{ mb: 1, justifyContent: 'space-between', flexWrap: 'wrap', gap: 1 }}>
        <ToggleButtonGroup
          size="small"
          exclusive
          value={side}
          aria-label={t.orders.side}
          onChange={(_, next: Side | null) => setSide(next ?? side)}
        >
          {sides.map((one) => (
            <ToggleButton key={one} value={one}>
              {t.orders.sides[one]}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <ExportButton name={t.orders.table} text={() => ordersCsv(shown)} />
      </Stack>
      {shown.length === 0 ? (
        <Empty text={t.orders.none[side]} />
      ) : (
        <Grid label={t.orders.table} rows={shown} columns={columns} idOf={(row) => row.orderId} sort={[{ field: 'entry', sort: 'desc' }]} />
      )}
    </>
  );
};
