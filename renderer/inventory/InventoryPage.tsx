/**
 * My warehouse, or everybody's: numbers that always come with their ledger.
 */
import { useCallback, useMemo, useRef, useState } from 'react';
import AddIcon from '@mui/icons-material/AddOutlined';
import CountIcon from '@mui/icons-material/ChecklistOutlined';
import InventoryIcon from '@mui/icons-material/Inventory2Outlined';
import ImportIcon from '@mui/icons-material/UploadFileOutlined';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import type { ItemView, StockView } from '../../shared/views.ts';
import { CategorySelect } from '../parts/CategorySelect.tsx';
import { categoriesOf, found, only, sameWord } from '../parts/codes.ts';
import { Empty } from '../parts/Empty.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { RouteTabs, tabOf } from '../parts/RouteTabs.tsx';
import { ScanField } from '../parts/ScanField.tsx';
import { useClosed, useMe } from '../parts/useTrading.ts';
import { href, useRoute } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { CountSheet } from './CountSheet.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { ItemPage } from './ItemPage.tsx';
import { NewItemDialog } from './NewItemDialog.tsx';
import { Scanned } from './Scanned.tsx';
import { StockDialog } from './StockDialog.tsx';
import { StockDialogs } from './StockDialogs.tsx';
import { StockTable, keyOf } from './StockTable.tsx';
import type { StockAction } from './StockActions.tsx';
import { toCsv } from './csv.ts';
import { foundBy } from './goods.ts';

const tabs = ['mine', 'all'] as const;

const Warehouse = ({ tab }: { readonly tab: (typeof tabs)[number] }) => {
  const stock = useView((view) => view.stock);
  const items = useView((view) => view.items);
  const me = useMe();
  const closed = useClosed() !== null;
  const [doing, setDoing] = useState<{ readonly key: string; readonly action: StockAction } | null>(null);
  const [opened, setOpened] = useState<'import' | 'new' | null>(null);
  /** An item of others that arrives here for the first time. */
  const [arriving, setArriving] = useState<ItemView | null>(null);
  const [lowOnly, setLowOnly] = useState(false);
  const [category, setCategory] = useState('');
  const [typed, setTyped] = useState('');
  /** What was scanned, or ended with Enter; null as soon as something else is typed. */
  const [scanned, setScanned] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const onAction = useCallback((row: StockView, action: StockAction) => setDoing({ key: keyOf(row), action }), []);
  const all = useMemo(() => stock.filter((row) => tab === 'all' || row.owner.peerId === me), [stock, tab, me]);
  const low = all.filter((row) => row.level !== 'ok');
  const categories = useMemo(() => categoriesOf(all), [all]);
  const kept = (lowOnly ? low : all).filter((row) => category === '' || sameWord(row.category, category));
  const rows = found(kept, typed, foundBy);
  const mine =
    scanned === null
      ? null
      : only(
          stock.filter((row) => row.owner.peerId === me),
          scanned,
          foundBy,
        );
  /** The next scan goes where the last one went. */
  const closeDialog = (): void => {
    setDoing(null);
    setArriving(null);
    setOpened(null);
    if (scanned !== null) requestAnimationFrame(() => field.current?.select());
  };
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
            <ExportButton name={t.inventory.table} text={() => toCsv(rows, items)} />
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
            <Stack direction="row" spacing={2} useFlexGap sx={{ mb: 1.5, flexWrap: 'wrap', alignItems: 'center' }}>
              <ScanField
                label={t.inventory.scan}
                value={typed}
                fieldRef={field}
                onChange={(text) => {
                  setTyped(text);
                  setScanned(null);
                }}
                onEnter={(text) => setScanned(text.trim() === '' ? null : text.trim())}
              />
              <CategorySelect value={category} categories={categories} onChange={setCategory} />
              <FormControlLabel
                control={<Switch checked={lowOnly} onChange={(_, on) => setLowOnly(on)} />}
                label={t.inventory.lowOnly(low.length)}
              />
            </Stack>
            {scanned === null ? null : (
              <Scanned
                code={scanned}
                row={mine}
                closed={closed}
                onAction={onAction}
                onTakeIn={setArriving}
                onNew={() => setOpened('new')}
              />
            )}
            {rows.length === 0 ? (
              <Empty text={kept.length === 0 && lowOnly ? t.inventory.nothingLow : t.inventory.noMatch} />
            ) : (
              <StockTable
                rows={rows}
                me={me}
                withOwner={tab === 'all'}
                marked={mine === null ? null : keyOf(mine)}
                closed={closed}
                onAction={onAction}
              />
            )}
          </>
        )}
      </RouteTabs>
      {doing === null || current === undefined ? null : <StockDialogs row={current} action={doing.action} onClose={closeDialog} />}
      {arriving === null ? null : <StockDialog row={{ ...arriving, onHand: 0 }} change="in" onClose={closeDialog} />}
      {opened === 'import' ? <ImportDialog onClose={closeDialog} /> : null}
      {opened === 'new' ? <NewItemDialog barcode={scanned ?? ''} onClose={closeDialog} /> : null}
    </>
  );
};

export const InventoryPage = () => {
  const { rest } = useRoute();
  const [first, itemId] = rest;
  if (first === 'count') return <CountSheet key={itemId ?? ''} first={itemId ?? null} />;
  if (first === 'item' && itemId !== undefined) return <ItemPage key={itemId} itemId={itemId} />;
  return <Warehouse tab={tabOf(tabs, first)} />;
};
