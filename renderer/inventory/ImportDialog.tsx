/**
 * Goods from a file, in two steps: what would happen, then [Import].
 */
import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import { client } from '../carrier/current.ts';
import { plainRefusal } from '../format/refusal.ts';
import { FileButton } from '../parts/FileButton.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { send } from '../state/requests.ts';
import type { Answer } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { badRowsText, readCsv } from './csv.ts';
import type { DryRun, ReadyRow } from './csv.ts';

/** A new item, or more of one that is already in the market. */
const ask = ({ name, description, quantity, lowLevel }: ReadyRow, itemId: string | undefined): Promise<Answer> =>
  send(name, (requestId) => {
    if (itemId !== undefined && quantity > 0) return client().call('stock.in', { itemId, quantity, reason: t.csv.reason, requestId });
    if (itemId !== undefined) return client().call('item.edit', { itemId, lowLevel, requestId });
    return client().call('item.create', {
      name,
      lowLevel,
      ...(description === '' ? {} : { description }),
      ...(quantity === 0 ? {} : { quantity }),
      requestId,
    });
  });

export const ImportDialog = ({ onClose }: { onClose(): void }) => {
  const [run, setRun] = useState<DryRun | null>(null);
  const items = useView((view) => view.items);
  const ready = run?.ready ?? [];
  const submit = async (): Promise<Answer> => {
    const known = new Map(items.map((item) => [item.name.toLowerCase(), item.itemId]));
    let last: Answer = 'not';
    // One after the other: the order of the file is the order of the ledger.
    for (const row of ready) last = await ask(row, known.get(row.name.toLowerCase()));
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
          onFile={(file) => void file.text().then((text) => setRun(readCsv(text)))}
        />
      </div>
      {run === null ? null : run.bad.length === 0 ? (
        <Alert severity="success">{t.csv.allReady(ready.length)}</Alert>
      ) : (
        <Alert severity="warning">
          {plainRefusal('CSV_ROWS', { ready: ready.length, bad: run.bad.length, rows: badRowsText(run.bad) })}
        </Alert>
      )}
    </FormDialog>
  );
};
