/**
 * Goods from a file, in two steps: what would happen, then [Import].
 */
import { useMemo, useState } from 'react';
import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import type { Outcome } from '../../shared/contract.ts';
import type { RequestView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { plainRefusal } from '../format/refusal.ts';
import { useMoney } from '../format/useMoney.ts';
import { FileButton } from '../parts/FileButton.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { useMe } from '../parts/useTrading.ts';
import { send } from '../state/requests.ts';
import type { Answer } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { badRowsText, ignoredText, readCsv } from './csv.ts';
import type { DryRun } from './csv.ts';
import { isOfOthers, type Known, type Step, stepsOf } from './csvRequests.ts';

const call = ({ method, params }: Step, requestId: string): Promise<Outcome<RequestView>> => {
  switch (method) {
    case 'item.create':
      return client().call(method, { ...params, requestId });
    case 'item.edit':
      return client().call(method, { ...params, requestId });
    case 'stock.in':
      return client().call(method, { ...params, requestId });
    case 'offer.place':
      return client().call(method, { ...params, requestId });
  }
};

/** What is known of the items the market has, by their names. */
const useKnown = (): ReadonlyMap<string, Known> => {
  const me = useMe();
  const items = useView((view) => view.items);
  const stock = useView((view) => view.stock);
  return useMemo(() => {
    const mine = new Map(stock.filter((row) => row.owner.peerId === me).map((row) => [row.itemId, row]));
    const made = new Set(stock.filter((row) => row.maker.peerId === me).map((row) => row.itemId));
    return new Map(
      items.map((item) => [item.name.toLowerCase(), { item, mine: mine.get(item.itemId), made: made.has(item.itemId) }] as const),
    );
  }, [items, stock, me]);
};

export const ImportDialog = ({ onClose }: { onClose(): void }) => {
  const [run, setRun] = useState<DryRun | null>(null);
  const money = useMoney();
  const known = useKnown();
  const ready = run?.ready ?? [];
  const priced = ready.filter(({ price }) => price !== '').length;
  const foreign = ready.filter((row) => isOfOthers(row, known.get(row.name.toLowerCase()))).length;
  const dryRun = (text: string): DryRun => {
    const market = [...known.values()];
    return readCsv(text, {
      items: market.map(({ item }) => item),
      stock: market.flatMap(({ mine }) => mine ?? []),
      isPrice: (price) => money.parse(price).ok,
    });
  };
  const submit = async (): Promise<Answer> => {
    let last: Answer = 'not';
    // One after the other: the order of the file is the order of the ledger.
    for (const row of ready) {
      for (const step of stepsOf(row, known.get(row.name.toLowerCase()))) {
        last = await send(row.name, (requestId) => call(step, requestId));
        if (last === 'not') break;
      }
    }
    return last;
  };
  return (
    <FormDialog
      title={t.csv.importTitle}
      submit={t.csv.importCount(ready.length)}
      disabled={ready.length === 0}
      onClose={onClose}
      onSubmit={submit}
    >
      <Typography>{t.csv.help}</Typography>
      <div>
        <FileButton
          label={t.csv.choose}
          accept=".csv,text/csv,text/plain"
          onFile={(file) => void file.text().then((text) => setRun(dryRun(text)))}
        />
      </div>
      {run === null ? null : run.bad.length === 0 ? (
        <Alert severity="success">{t.csv.allReady(ready.length)}</Alert>
      ) : (
        <Alert severity="warning">
          {plainRefusal('CSV_ROWS', { ready: ready.length, bad: run.bad.length, rows: badRowsText(run.bad) })}
        </Alert>
      )}
      {run === null || run.ignored.length === 0 ? null : <Alert severity="warning">{t.csv.ignored(ignoredText(run.ignored))}</Alert>}
      {priced === 0 ? null : <Alert severity="info">{t.csv.offered(priced)}</Alert>}
      {foreign === 0 ? null : <Alert severity="info">{t.csv.ofOthers(foreign)}</Alert>}
    </FormDialog>
  );
};
