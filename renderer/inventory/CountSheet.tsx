/**
 * The count sheet: write what is there, see what differs, post it as one correction with a reason.
 */
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import BackIcon from '@mui/icons-material/ArrowBackOutlined';
import PrintIcon from '@mui/icons-material/PrintOutlined';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { MAX_BARCODE } from '../../shared/barcode.ts';
import { MAX_COUNT_ROWS } from '../../shared/fields.ts';
import type { StockView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { countText } from '../format/size.ts';
import { only } from '../parts/codes.ts';
import { Empty } from '../parts/Empty.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { ScanField } from '../parts/ScanField.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { useClosed, useMe } from '../parts/useTrading.ts';
import { send } from '../state/requests.ts';
import { href } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { foundBy } from './goods.ts';
import { countedOf, mostOf, restored, scannedIn, summaryOf, written } from './counting.ts';
import type { Sheet, Written } from './counting.ts';
import { signed } from './signed.ts';

interface RowProps {
  readonly row: StockView;
  readonly note: Written | undefined;
  onWrite(text: string): void;
  /** The number is about to be written. */
  onBegin(): void;
  /** Enter was pressed behind this text: on to the next one. */
  onDone(text: string): void;
}

const fieldOf = (itemId: string): string => `counted-${itemId}`;

/** Where the number of this item is written. */
const reach = (itemId: string): void => {
  const field = document.getElementById(fieldOf(itemId));
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
};

const Row = ({ row, note, onWrite, onBegin, onDone }: RowProps) => {
  const counted = note === undefined ? null : countedOf(note);
  const difference = note === undefined || counted === null ? null : counted - note.book;
  return (
    <TableRow hover>
      <TableCell component="th" scope="row" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
        {row.name}
        {row.sku === '' ? null : (
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t.codes.skuIs(row.sku)}
          </Typography>
        )}
      </TableCell>
      <TableCell align="right">
        {row.onHand}
        {note === undefined || note.book === row.onHand ? null : (
          <Typography variant="body2" sx={{ color: 'warning.main' }}>
            {t.count.moved(note.book, row.onHand)}
          </Typography>
        )}
      </TableCell>
      <TableCell align="right" sx={{ width: 180 }}>
        <TextField
          id={fieldOf(row.itemId)}
          value={note?.text ?? ''}
          error={note !== undefined && counted === null}
          helperText={note !== undefined && counted === null ? t.count.upTo(countText(mostOf(note.book))) : undefined}
          onFocus={onBegin}
          onChange={(event) => onWrite(event.target.value)}
          onKeyDown={({ key, target, nativeEvent }) => {
            if (key === 'Enter' && !nativeEvent.isComposing && target instanceof HTMLInputElement) onDone(target.value);
          }}
          slotProps={{
            htmlInput: {
              'aria-label': t.count.countedOf(row.name),
              'inputMode': 'numeric',
              'autoComplete': 'off',
              'maxLength': MAX_BARCODE,
              'sx': { textAlign: 'right' },
            },
          }}
        />
      </TableCell>
      <TableCell align="right" sx={{ fontWeight: 700, color: difference === null || difference === 0 ? undefined : 'warning.main' }}>
        {difference === null ? '' : difference === 0 ? t.count.same : signed(difference)}
      </TableCell>
    </TableRow>
  );
};

/** @param first the item that is counted first, or null */
export const CountSheet = ({ first }: { readonly first: string | null }) => {
  const me = useMe();
  const closed = useClosed();
  const stock = useView((view) => view.stock);
  const [sheet, setSheet] = useState<Sheet>(new Map());
  const [reason, setReason] = useState('');
  const [sending, setSending] = useState(false);
  const [code, setCode] = useState('');
  const [unknown, setUnknown] = useState<string | null>(null);
  const scanner = useRef<HTMLInputElement>(null);
  /** What stood beside the row that has the focus, before anything was typed there. */
  const before = useRef<Written>(undefined);
  const ready = stock.length > 0;
  useEffect(() => {
    if (ready && first !== null) reach(first);
  }, [ready, first]);
  const rows = stock.filter((row) => row.owner.peerId === me).toSorted((a, b) => a.name.localeCompare(b.name));
  const { counted, differences, wrong, tooMany } = summaryOf(sheet);
  const scan = (text: string): void => {
    const hit = only(rows, text, foundBy);
    setUnknown(hit === null && text.trim() !== '' ? text.trim() : null);
    if (hit === null) return;
    setCode('');
    reach(hit.itemId);
  };
  const done = (row: StockView, text: string): void => {
    const hit = scannedIn(rows, text);
    if (hit === null) return scanner.current?.select();
    // Drawn before the field is marked: a text that changes under it would leave the mark behind.
    flushSync(() => {
      setSheet((now) => restored(now, row.itemId, before.current));
      setUnknown(null);
    });
    reach(hit.itemId);
  };
  const post = async (): Promise<void> => {
    setSending(true);
    const posted = differences.map((row) => ({ ...row }));
    const answer = await send('count', (requestId) => client().call('stock.count', { rows: posted, reason: reason.trim(), requestId }));
    setSending(false);
    if (answer === 'not') return;
    const gone = new Set(posted.map((row) => row.itemId));
    // What was as the book says is done with too; what did not fit into this correction stays.
    setSheet((before) => new Map([...before].filter(([itemId, note]) => !gone.has(itemId) && countedOf(note) !== note.book)));
    if (!tooMany) setReason('');
  };
  return (
    <>
      <Button component="a" href={href('inventory')} startIcon={<BackIcon />} sx={{ mb: 1 }}>
        {t.item.back}
      </Button>
      <PageTitle title={t.count.title}>
        <Button startIcon={<PrintIcon />} onClick={() => window.print()}>
          {t.count.print}
        </Button>
      </PageTitle>
      {rows.length === 0 ? (
        <Empty text={t.count.nothing} />
      ) : (
        <Stack spacing={2}>
          <Typography sx={{ color: 'text.secondary' }}>{t.count.help}</Typography>
          <ScanField label={t.count.scan} value={code} help={t.count.scanHelp} fieldRef={scanner} onChange={setCode} onEnter={scan} />
          {unknown === null ? null : (
            <Alert severity="warning" onClose={() => setUnknown(null)}>
              {t.count.notHere(unknown)}
            </Alert>
          )}
          <TableBox label={t.count.title}>
            <Table aria-label={t.count.title}>
              <TableHead>
                <TableRow>
                  <TableCell>{t.market.item}</TableCell>
                  <TableCell align="right">{t.count.book}</TableCell>
                  <TableCell align="right">{t.count.counted}</TableCell>
                  <TableCell align="right">{t.count.difference}</TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {rows.map((row) => (
                  <Row
                    key={row.itemId}
                    row={row}
                    note={sheet.get(row.itemId)}
                    onWrite={(text) => setSheet((before) => written(before, row, text))}
                    onBegin={() => {
                      before.current = sheet.get(row.itemId);
                    }}
                    onDone={(text) => done(row, text)}
                  />
                ))}
              </TableBody>
            </Table>
          </TableBox>
          <Typography component="output">{t.count.sum(counted, differences.length)}</Typography>
          {tooMany ? <Alert severity="info">{t.count.tooMany(MAX_COUNT_ROWS)}</Alert> : null}
          <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2} sx={{ alignItems: 'flex-start' }}>
            <TextField
              label={t.common.reason}
              value={reason}
              required
              helperText={t.count.reasonHelp}
              onChange={(event) => setReason(event.target.value)}
              slotProps={{ htmlInput: { maxLength: 200 } }}
            />
            <Button
              variant="contained"
              sx={{ flexShrink: 0 }}
              disabled={closed !== null || sending || wrong || differences.length === 0 || reason.trim() === ''}
              onClick={() => void post()}
            >
              {sending ? t.common.sending : t.count.post(differences.length)}
            </Button>
          </Stack>
        </Stack>
      )}
    </>
  );
};
