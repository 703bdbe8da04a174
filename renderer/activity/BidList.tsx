/**
 * My bids over all auctions, newest first: amounts, seals, and how each stands.
 */
import { useMemo } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type { GridColDef } from '@mui/x-data-grid';
import type { MyBidView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { timeText } from '../format/time.ts';
import { useMoney } from '../format/useMoney.ts';
import type { Money } from '../format/useMoney.ts';
import { RowLink } from '../parts/RowLink.tsx';
import { Empty } from '../parts/Empty.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { Grid } from '../parts/Grid.tsx';
import { StateChip } from '../parts/StateChip.tsx';
import { useRead } from '../parts/useRead.ts';
import { href } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { bidsCsv } from './tables.ts';

const kindOf = ({ auto, round }: MyBidView): string => (auto ? t.lot.auto : round === null ? '' : t.bids.round(round));

const columnsOf = (money: Money): readonly GridColDef<MyBidView>[] => [
  { field: 'at', headerName: t.common.time, width: 96, valueFormatter: (at: number) => timeText(at) },
  {
    field: 'title',
    headerName: t.bids.lot,
    flex: 1,
    minWidth: 150,
    renderCell: ({ row }) => <RowLink to={href('auctions', 'lot', row.lotId)} text={row.title} />,
  },
  {
    field: 'amount',
    headerName: t.common.amount,
    type: 'number',
    width: 120,
    cellClassName: 'strong',
    valueGetter: (_, row) => row.amount?.minor ?? null,
    valueFormatter: (minor: number | null) => (minor === null ? '–' : money.show(minor)),
  },
  { field: 'kind', headerName: t.bids.kind, width: 110, valueGetter: (_, row) => kindOf(row) },
  { field: 'state', headerName: t.common.state, width: 150, renderCell: ({ row }) => <StateChip of="bid" state={row.state} /> },
  { field: 'entry', headerName: t.common.entry, type: 'number', width: 90, valueFormatter: (entry: number) => `#${entry}` },
];

export const BidList = () => {
  const money = useMoney();
  const me = useView((view) => view.status?.desk.name ?? '');
  const entry = useView((view) => view.status?.appliedIndex ?? 0);
  const { value, error } = useRead(`bids/${entry}`, () => client().call('bids', {}));
  const columns = useMemo(() => columnsOf(money), [money]);
  if (error !== null) return <Alert severity="error">{refusalText(error)}</Alert>;
  const bids = value?.value ?? [];
  if (bids.length === 0) {
    return (
      <Empty text={t.bids.empty}>
        <Button variant="contained" component="a" href={href('auctions')}>
          {t.bids.browse}
        </Button>
      </Empty>
    );
  }
  return (
    <>
      <Stack direction="row" sx={{ mb: 1, justifyContent: 'flex-end' }}>
        <ExportButton name={t.bids.table} text={() => bidsCsv(bids, me)} />
      </Stack>
      <Grid
        label={t.bids.table}
        rows={bids}
        columns={columns}
        idOf={(row) => `${row.lotId}/${row.entry}/${row.auto ? 'a' : ''}${row.amount?.minor ?? ''}`}
        sort={[{ field: 'entry', sort: 'desc' }]}
      />
    </>
  );
};
