/**
 * Receipts of what I bought and sold: have one made, check it, save it; or check the file of somebody else.
 */
import { useMemo, useState } from 'react';
import VerifiedIcon from '@mui/icons-material/VerifiedOutlined';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { GridColDef } from '@mui/x-data-grid';
import type { ReceiptDocument, ReceiptVerdict } from '../../shared/receipts.ts';
import { MAX_RECEIPT_CHARS } from '../../shared/receipts.ts';
import { client } from '../carrier/current.ts';
import { plainRefusal, refusalText } from '../format/refusal.ts';
import { timeText } from '../format/time.ts';
import { useMoney } from '../format/useMoney.ts';
import type { Money } from '../format/useMoney.ts';
import { Empty } from '../parts/Empty.tsx';
import { FileButton } from '../parts/FileButton.tsx';
import { Grid } from '../parts/Grid.tsx';
import { useRead } from '../parts/useRead.ts';
import { saveText } from '../parts/saveText.ts';
import { useClosed } from '../parts/useTrading.ts';
import { attempt, send } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { type ReceiptLine, receiptLines } from './receiptLines.ts';
import { ReceiptPage } from './ReceiptPage.tsx';

const verdictText = ({ ok, fault, field, signedBy, confirmed, desktops }: ReceiptVerdict): string =>
  ok || fault === null
    ? t.receipts.verified(signedBy.join(', '), confirmed, desktops)
    : plainRefusal('RECEIPT_BAD', { why: t.receipts.faults[fault](field, confirmed, desktops) });

const documentOf = async (ref: string): Promise<ReceiptDocument | null> =>
  (await attempt(client().call('receipt', { ref })))?.value ?? null;

/** The file of a receipt, as text. */
const fileOf = async (ref: string): Promise<string | null> => {
  const made = await documentOf(ref);
  return made === null ? null : `${JSON.stringify(made, null, 2)}\n`;
};

interface Acts {
  readonly closed: boolean;
  ask(row: ReceiptLine): void;
  show(row: ReceiptLine): void;
  verify(row: ReceiptLine): void;
  save(row: ReceiptLine): void;
}

const Buttons = ({ row, acts }: { readonly row: ReceiptLine; readonly acts: Acts }) =>
  row.receipt === null ? (
    <Button size="small" disabled={acts.closed} onClick={() => acts.ask(row)} aria-label={t.receipts.askFor(row.named)}>
      {t.receipts.ask}
    </Button>
  ) : (
    <>
      <Button size="small" onClick={() => acts.show(row)} aria-label={t.receipts.showOf(row.named)}>
        {t.receipts.show}
      </Button>
      <Button size="small" onClick={() => acts.verify(row)} aria-label={t.receipts.verifyOf(row.named)}>
        {t.receipts.verify}
      </Button>
      <Button size="small" onClick={() => acts.save(row)} aria-label={t.receipts.saveOf(row.named)}>
        {t.receipts.save}
      </Button>
    </>
  );

const columnsOf = (money: Money, acts: Acts): readonly GridColDef<ReceiptLine>[] => [
  { field: 'at', headerName: t.common.time, width: 88, valueFormatter: (at: number) => timeText(at) },
  {
    field: 'title',
    headerName: t.orders.what,
    flex: 1,
    minWidth: 130,
    valueGetter: (_, row) => [t.orders.goods(row.quantity, row.title), ...(row.who === '' ? [] : [row.who])].join(' · '),
    cellClassName: 'strong',
  },
  { field: 'side', headerName: t.orders.side, width: 88, valueGetter: (_, row) => t.orders.sides[row.side] },
  {
    field: 'total',
    headerName: t.orders.total,
    type: 'number',
    width: 110,
    valueGetter: (_, row) => row.total.minor,
    valueFormatter: (minor: number) => money.show(minor),
  },
  {
    field: 'receipt',
    headerName: t.receipts.receipt,
    width: 176,
    valueGetter: (_, row) => row.receipt?.no ?? 0,
    valueFormatter: (_, row) =>
      row.receipt === null ? t.receipts.none : t.receipts.signed(row.receipt.no, row.receipt.confirmed, row.receipt.desktops),
  },
  {
    field: 'actions',
    headerName: t.common.actions,
    width: 236,
    sortable: false,
    align: 'right',
    headerAlign: 'right',
    renderCell: ({ row }) => <Buttons row={row} acts={acts} />,
  },
];

export const ReceiptList = () => {
  const money = useMoney();
  const closed = useClosed() !== null;
  const entry = useView((view) => view.status?.appliedIndex ?? 0);
  const { value, error } = useRead(`receipts/${entry}`, () => client().call('receipts', {}));
  const [verdict, setVerdict] = useState<ReceiptVerdict | null>(null);
  const [shown, setShown] = useState<ReceiptDocument | null>(null);
  const columns = useMemo(() => {
    const check = async (document: string): Promise<void> => setVerdict(await attempt(client().call('receipt.verify', { document })));
    return columnsOf(money, {
      closed,
      ask: ({ ref }) => void send(ref, (requestId) => client().call('receipt.ask', { ref, requestId })),
      show: ({ ref }) => void documentOf(ref).then(setShown),
      verify: ({ ref }) => void fileOf(ref).then((text) => (text === null ? undefined : check(text))),
      save: ({ ref }) =>
        void fileOf(ref).then((text) => (text === null ? undefined : saveText(`${ref}.receipt.json`, 'application/json', text))),
    });
  }, [money, closed]);
  const checkFile = async (file: File): Promise<void> => {
    const document = (await file.text()).slice(0, MAX_RECEIPT_CHARS);
    setVerdict(await attempt(client().call('receipt.verify', { document })));
  };
  const rows = useMemo(() => receiptLines(value?.value ?? []), [value]);
  return (
    <Stack spacing={2}>
      <Stack direction="row" sx={{ justifyContent: 'space-between', flexWrap: 'wrap', gap: 1 }}>
        <Typography sx={{ color: 'text.secondary', maxWidth: '70ch' }}>{t.receipts.help}</Typography>
        <FileButton label={t.receipts.checkFile} accept=".json,application/json" onFile={(file) => void checkFile(file)} />
      </Stack>
      {error === null ? null : <Alert severity="error">{refusalText(error)}</Alert>}
      {verdict === null ? null : (
        <Alert
          severity={verdict.ok ? 'success' : 'error'}
          {...(verdict.ok ? { icon: <VerifiedIcon /> } : {})}
          onClose={() => setVerdict(null)}
          data-testid="receipt-verdict"
        >
          {verdictText(verdict)}
          {verdict.ok && !verdict.compared ? ` ${t.receipts.otherMarket}` : ''}
        </Alert>
      )}
      {rows.length === 0 ? (
        <Empty text={t.receipts.empty} />
      ) : (
        <Grid label={t.receipts.table} rows={rows} columns={columns} idOf={(row) => row.id} sort={[{ field: 'at', sort: 'desc' }]} />
      )}
      {shown === null ? null : <ReceiptPage document={shown} onClose={() => setShown(null)} />}
    </Stack>
  );
};
