/**
 * My warehouse, or everybody's: numbers that always come with their ledger.
 */
import { useCallback, useState } from 'react';
import AddIcon from '@mui/icons-material/AddOutlined';
import CountIcon from '@mui/icons-material/ChecklistOutlined';
import InventoryIcon from '@mui/icons-material/Inventory2Outlined';
import ImportIcon from '@mui/icons-material/UploadFileOutlined';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Paper from '@mui/material/Paper';
import Switch from '@mui/material/Switch';
import type { StockView } from '../../shared/views.ts';
import { Empty } from '../parts/Empty.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { RouteTabs, tabOf } from '../parts/RouteTabs.tsx';
import { useClosed, useMe } from '../parts/useTrading.ts';
import { href, useRoute } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { CountSheet } from './CountSheet.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { ItemPage } from './ItemPage.tsx';
import { NewItemDialog } from './NewItemDialog.tsx';
import { StockDialogs } from './StockDialogs.tsx';
import { StockTable, keyOf } from './StockTable.tsx';
import type { StockAction } from './StockActions.tsx';
import { toCsv } from './csv.ts';

const tabs = ['mine', 'all'] as const;

const Warehouse = ({ tab }: { readonly tab: (typeof tabs)[number] }) => {
  const stock = useView((view) => view.stock);
  const me = useMe();
  const closed = useClosed() !== null;
  const [doing, setDoing] = useState<{ readonly key: string; readonly action: StockAction } | null>(null);
  const [opened, setOpened] = useState<'import' | 'new' | null>(null);
  const [lowOnly, setLowOnly] = useState(false);
  const onAction = useCallback((row: StockView, action: StockAction) => setDoing({ key: keyOf(row), action }), []);
  const all = stock.filter((row) => tab === 'all' || row.owner.peerId === me);
  const low = all.filter((row) => row.level !== 'ok');
  const rows = lowOnly ? low : all;
  const current = stock.find((row) => keyOf(row) === doing?.key);
  const newItem = (
    <Button variant="contained" startIcon={<AddIcon />} disabled={closed} onClick={() => setOpened('new')}>
      {t.inventory.newItem}
    </Button>
  );
  const importButton = (
    <Button startIcon={<ImportIcon />} disabled={closed} onClick={() => setOpened('import')}>
      {t.csv.importMenu}
    </Button>
  );
  return (
    <>
      <PageTitle title={t.rail.inventory}>
        {all.length === 0 ? null : (
          <>
            <Button component="a" href={href('inventory', 'count')} startIcon={<CountIcon />}>
              {t.count.open}
            </Button>
            <ExportButton name={t.inventory.table} text={() => toCsv(rows)} />
            {importButton}
            {newItem}
          </>
        )}
      </PageTitle>
      <RouteTabs page="inventory" tabs={tabs} names={t.inventory.tabs} current={tab} label={t.rail.inventory}>
        {all.length === 0 ? (
          <Paper variant="outlined">
            <Empty text={t.inventory.empty} icon={<InventoryIcon />}>
              {newItem}
              {importButton}
            </Empty>
          </Paper>
        ) : (
          <>
            <FormControlLabel
              sx={{ mb: 1 }}
              control={<Switch checked={lowOnly} onChange={(_, on) => setLowOnly(on)} />}
              label={t.inventory.lowOnly(low.length)}
            />
            {rows.length === 0 ? (
              <Empty text={t.inventory.nothingLow} />
            ) : (
              <StockTable rows={rows} me={me} withOwner={tab === 'all'} closed={closed} onAction={onAction} />
            )}
          </>
        )}
      </RouteTabs>
      {doing === null || current === undefined ? null : <StockDialogs row={current} action={doing.action} onClose={() => setDoing(null)} />}
      {opened === 'import' ? <ImportDialog onClose={() => setOpened(null)} /> : null}
      {opened === 'new' ? <NewItemDialog onClose={() => setOpened(null)} /> : null}
    </>
  );
};

export const InventoryPage = () => {
  const { rest } = useRoute();
  const [first, itemId] = rest;
  if (first === 'count') return <CountSheet />;
  if (first === 'item' && itemId !== undefined) return <ItemPage key={itemId} itemId={itemId} />;
  return <Warehouse tab={tabOf(tabs, first)} />;
};
