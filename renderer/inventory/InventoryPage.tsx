/**
 * My warehouse, or everybody's: numbers that always come with their ledger.
 */
import { useCallback, useState } from 'react';
import AddIcon from '@mui/icons-material/AddOutlined';
import InventoryIcon from '@mui/icons-material/Inventory2Outlined';
import ExportIcon from '@mui/icons-material/DownloadOutlined';
import ImportIcon from '@mui/icons-material/UploadFileOutlined';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { StockView } from '../../shared/views.ts';
import { NewAuctionDialog } from '../auctions/NewAuctionDialog.tsx';
import { OfferDialog } from '../market/OfferDialog.tsx';
import { Empty } from '../parts/Empty.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { RouteTabs, tabOf } from '../parts/RouteTabs.tsx';
import { useClosed, useMe } from '../parts/useTrading.ts';
import { saveText } from '../parts/saveText.ts';
import { TableBox } from '../parts/TableBox.tsx';
import { useRoute } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { ImportDialog } from './ImportDialog.tsx';
import { LedgerDrawer } from './LedgerDrawer.tsx';
import { NewItemDialog } from './NewItemDialog.tsx';
import { StockDialog } from './StockDialog.tsx';
import { toCsv } from './csv.ts';
import { StockRow } from './StockRow.tsx';
import type { StockAction } from './StockRow.tsx';

const tabs = ['mine', 'all'] as const;
const numbers = () => [t.inventory.onHand, t.inventory.reserved, t.inventory.offered, t.inventory.available, t.inventory.lowLevel];

interface Doing {
  readonly key: string;
  readonly action: StockAction;
}

const keyOf = (row: StockView): string => `${row.owner.peerId}/${row.itemId}`;

const Dialogs = ({ row, action, onClose }: { readonly row: StockView; readonly action: StockAction; onClose(): void }) => {
  if (action === 'ledger') return <LedgerDrawer row={row} onClose={onClose} />;
  if (action === 'offer') return <OfferDialog from={row} onClose={onClose} />;
  if (action === 'auction') return <NewAuctionDialog itemId={row.itemId} onClose={onClose} />;
  return <StockDialog row={row} change={action} onClose={onClose} />;
};

export const InventoryPage = () => {
  const { rest } = useRoute();
  const stock = useView((view) => view.stock);
  const me = useMe();
  const closed = useClosed() !== null;
  const [doing, setDoing] = useState<Doing | null>(null);
  const [importing, setImporting] = useState(false);
  const [creating, setCreating] = useState(false);
  const tab = tabOf(tabs, rest[0]);
  const onAction = useCallback((row: StockView, action: StockAction) => setDoing({ key: keyOf(row), action }), []);
  const rows = stock
    .filter((row) => tab === 'all' || row.owner.peerId === me)
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.owner.name.localeCompare(b.owner.name));
  const current = stock.find((row) => keyOf(row) === doing?.key);
  const newItem = (
    <Button variant="contained" startIcon={<AddIcon />} disabled={closed} onClick={() => setCreating(true)}>
      {t.inventory.newItem}
    </Button>
  );
  const importButton = (
    <Button startIcon={<ImportIcon />} disabled={closed} onClick={() => setImporting(true)}>
      {t.csv.importMenu}
    </Button>
  );
  return (
    <>
      <PageTitle title={t.rail.inventory}>
        {rows.length === 0 ? null : (
          <>
            <Button startIcon={<ExportIcon />} onClick={() => saveText(`${t.inventory.table}.csv`, 'text/csv', toCsv(rows))}>
              {t.csv.exportMenu}
            </Button>
            {importButton}
            {newItem}
          </>
        )}
      </PageTitle>
      <RouteTabs page="inventory" tabs={tabs} names={t.inventory.tabs} current={tab} label={t.rail.inventory}>
        {rows.length === 0 ? (
          <Paper variant="outlined">
            <Empty text={t.inventory.empty} icon={<InventoryIcon />}>
              {newItem}
              {importButton}
            </Empty>
          </Paper>
        ) : (
          <TableBox label={t.inventory.table}>
            <Table aria-label={t.inventory.table}>
              <TableHead>
                <TableRow>
                  <TableCell>{t.market.item}</TableCell>
                  {tab === 'mine' ? null : <TableCell>{t.inventory.owner}</TableCell>}
                  {numbers().map((label) => (
                    <TableCell key={label} align="right">
                      {label}
                    </TableCell>
                  ))}
                  <TableCell>{t.common.state}</TableCell>
                  <TableCell align="right">{t.common.actions}</TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {rows.map((row) => (
                  <StockRow
                    key={keyOf(row)}
                    row={row}
                    mine={row.owner.peerId === me}
                    withOwner={tab === 'all'}
                    closed={closed}
                    onAction={onAction}
                  />
                ))}
              </TableBody>
            </Table>
          </TableBox>
        )}
      </RouteTabs>
      {doing === null || current === undefined ? null : <Dialogs row={current} action={doing.action} onClose={() => setDoing(null)} />}
      {importing ? <ImportDialog onClose={() => setImporting(false)} /> : null}
      {creating ? <NewItemDialog onClose={() => setCreating(false)} /> : null}
    </>
  );
};
