/**
 * Goods as a list to sort and filter: what lies there, what is promised, and what may still be used.
 */
import { useMemo } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { GridColDef } from '@mui/x-data-grid';
import type { StockView } from '../../shared/views.ts';
import { RowLink } from '../parts/RowLink.tsx';
import { Grid } from '../parts/Grid.tsx';
import { StateChip } from '../parts/StateChip.tsx';
import { useWide } from '../parts/useWide.ts';
import { href } from '../state/route.ts';
import { t } from '../text/t.ts';
import { StockActions } from './StockActions.tsx';
import type { StockAction } from './StockActions.tsx';

interface Props {
  readonly rows: readonly StockView[];
  readonly me: string;
  readonly withOwner: boolean;
  /** All rows are of the same item, which the page names already. */
  readonly oneItem?: boolean;
  /** The row that was scanned. */
  readonly marked?: string | null;
  readonly closed: boolean;
  onAction(row: StockView, action: StockAction): void;
}

export const keyOf = (row: StockView): string => `${row.owner.peerId}/${row.itemId}`;

const LEVELS = { out: 0, low: 1, ok: 2 } as const;
const count = (field: 'onHand' | 'reserved' | 'offered' | 'available' | 'lowLevel'): GridColDef<StockView> => ({
  field,
  headerName: t.inventory[field],
  type: 'number',
  width: field === 'lowLevel' ? 96 : 86,
  valueFormatter: (value: number) => String(value),
  cellClassName: field === 'available' ? 'strong' : '',
});

const nameColumn = (wide: boolean): GridColDef<StockView> => ({
  field: 'name',
  headerName: t.market.item,
  flex: 1,
  minWidth: 120,
  renderCell: ({ row }) => (
    <Box sx={{ minWidth: 0 }}>
      <RowLink to={href('inventory', 'item', row.itemId)} text={row.name} />
      {wide || (row.sku === '' && row.category === '') ? null : (
        <Typography variant="body2" noWrap sx={{ color: 'text.secondary' }}>
          {[row.category, row.sku].filter((text) => text !== '').join(' · ')}
        </Typography>
      )}
    </Box>
  ),
});

const codeColumns = (oneItem: boolean): readonly GridColDef<StockView>[] => [
  ...(oneItem ? [] : [{ field: 'category', headerName: t.codes.category, width: 120 }]),
  { field: 'sku', headerName: t.codes.sku, width: 110 },
];

export const StockTable = ({ rows, me, withOwner, oneItem = false, marked = null, closed, onAction }: Props) => {
  // In a narrow window category and SKU stand below the name.
  const wide = useWide();
  const coded = rows.some(({ sku, category }) => sku !== '' || (category !== '' && !oneItem));
  const columns = useMemo(
    (): readonly GridColDef<StockView>[] => [
      ...(oneItem ? [] : [nameColumn(wide)]),
      ...(wide && coded ? codeColumns(oneItem) : []),
      ...(withOwner
        ? [
            {
              field: 'owner',
              headerName: t.inventory.owner,
              flex: oneItem ? 1 : 0,
              width: 96,
              valueGetter: (_: unknown, row: StockView) =>
                oneItem && !wide && row.sku !== '' ? `${row.owner.name} · ${row.sku}` : row.owner.name,
            },
          ]
        : []),
      count('onHand'),
      count('reserved'),
      count('offered'),
      count('available'),
      count('lowLevel'),
      {
        field: 'level',
        headerName: t.common.state,
        width: 92,
        sortComparator: (a: StockView['level'], b: StockView['level']) => LEVELS[a] - LEVELS[b],
        renderCell: ({ row }) => <StateChip of="stock" state={row.level} />,
      },
      {
        field: 'actions',
        headerName: t.common.actions,
        width: 226,
        sortable: false,
        align: 'right',
        headerAlign: 'right',
        renderCell: ({ row }) => <StockActions row={row} mine={row.owner.peerId === me} closed={closed} onAction={onAction} />,
      },
    ],
    [me, withOwner, oneItem, wide, coded, closed, onAction],
  );
  return (
    <Grid
      label={t.inventory.table}
      rows={rows}
      columns={columns}
      idOf={keyOf}
      marked={marked}
      sort={[{ field: oneItem ? 'owner' : 'name', sort: 'asc' }]}
    />
  );
};
