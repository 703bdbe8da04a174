/**
 * Goods as a list to sort and filter: what lies there, what is promised, and what may still be used.
 */
import { useMemo } from 'react';
import type { GridColDef } from '@mui/x-data-grid';
import type { StockView } from '../../shared/views.ts';
import { RowLink } from '../parts/RowLink.tsx';
import { Grid } from '../parts/Grid.tsx';
import { StateChip } from '../parts/StateChip.tsx';
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

const nameColumn = (): GridColDef<StockView> => ({
  field: 'name',
  headerName: t.market.item,
  flex: 1,
  minWidth: 120,
  renderCell: ({ row }) => <RowLink to={href('inventory', 'item', row.itemId)} text={row.name} />,
});

export const StockTable = ({ rows, me, withOwner, oneItem = false, closed, onAction }: Props) => {
  const columns = useMemo(
    (): readonly GridColDef<StockView>[] => [
      ...(oneItem ? [] : [nameColumn()]),
      ...(withOwner
        ? [
            {
              field: 'owner',
              headerName: t.inventory.owner,
              flex: oneItem ? 1 : 0,
              width: 96,
              valueGetter: (_: unknown, row: StockView) => row.owner.name,
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
    [me, withOwner, oneItem, closed, onAction],
  );
  return (
    <Grid
      label={t.inventory.table}
      rows={rows}
      columns={columns}
      idOf={keyOf}
      sort={[{ field: oneItem ? 'owner' : 'name', sort: 'asc' }]}
    />
  );
};
