/**
 * Why the number is what it is: every change with its reason, and a sum check at the foot.
 */
import CloseIcon from '@mui/icons-material/CloseOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { LedgerRowView, StockView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { timeText } from '../format/time.ts';
import { useRead } from '../parts/useRead.ts';
import { TableBox } from '../parts/TableBox.tsx';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

const signed = (n: number): string => (n < 0 ? `−${-n}` : `+${n}`);

const Rows = ({ rows }: { readonly rows: readonly LedgerRowView[] }) => (
  <TableBox label={t.ledger.table} plain>
    <Table aria-label={t.ledger.table}>
      <TableHead>
        <TableRow>
          <TableCell>{t.common.time}</TableCell>
          <TableCell align="right">{t.ledger.change}</TableCell>
          <TableCell>{t.common.reason}</TableCell>
          <TableCell align="right">{t.ledger.balance}</TableCell>
          <TableCell>{t.ledger.by}</TableCell>
          <TableCell align="right">{t.common.entry}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.toReversed().map((row) => (
          <TableRow key={`${row.entry}/${row.ref}/${row.change}/${row.balance}`} data-testid="ledger-row">
            <TableCell>{timeText(row.at)}</TableCell>
            <TableCell align="right" sx={{ fontWeight: 700 }}>
              {signed(row.change)}
            </TableCell>
            <TableCell>{row.reason}</TableCell>
            <TableCell align="right">{row.balance}</TableCell>
            <TableCell>{row.by.name}</TableCell>
            <TableCell align="right">#{row.entry}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  </TableBox>
);

export const LedgerDrawer = ({ row, onClose }: { readonly row: StockView; onClose(): void }) => {
  const { itemId, owner } = row;
  const entry = useView((view) => view.status?.commitIndex ?? 0);
  const { value, error } = useRead(`${itemId}/${owner.peerId}/${entry}`, () => client().call('ledger', { itemId, owner: owner.peerId }));
  const rows = value?.value ?? [];
  const sum = rows.reduce((total, one) => total + one.change, 0);
  return (
    <Drawer
      anchor="right"
      open
      onClose={onClose}
      slotProps={{
        paper: { 'role': 'dialog', 'aria-modal': true, 'aria-labelledby': 'ledger-title', 'sx': { width: 'min(680px, 100vw)' } },
      }}
    >
      <Stack spacing={2} sx={{ p: 2 }}>
        <Box sx={{ display: 'flex', alignItems: 'center' }}>
          <Typography component="h2" variant="h1" id="ledger-title" sx={{ mr: 'auto' }}>
            {t.ledger.title(row.name, owner.name)}
          </Typography>
          <IconButton aria-label={t.common.close} onClick={onClose}>
            <CloseIcon />
          </IconButton>
        </Box>
        {error === null ? null : <Alert severity="error">{refusalText(error)}</Alert>}
        <Rows rows={rows} />
        {value === null ? null : (
          <Alert severity={sum === row.onHand ? 'success' : 'warning'} role="note">
            {sum === row.onHand ? t.ledger.sumOk(rows.length, sum) : t.ledger.sumBad(sum, row.onHand)} ({t.common.asOf(value.asOf.entry)})
          </Alert>
        )}
      </Stack>
    </Drawer>
  );
};
