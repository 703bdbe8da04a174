/**
 * Why the number is what it is: every change with its reason, and a sum check at the foot.
 */
import CloseIcon from '@mui/icons-material/CloseOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { StockView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { useRead } from '../parts/useRead.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { LedgerTable } from './LedgerTable.tsx';

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
        <LedgerTable rows={rows} />
        {value === null ? null : (
          <Alert severity={sum === row.onHand ? 'success' : 'warning'} role="note">
            {sum === row.onHand ? t.ledger.sumOk(rows.length, sum) : t.ledger.sumBad(sum, row.onHand)} ({t.common.asOf(value.asOf.entry)})
          </Alert>
        )}
      </Stack>
    </Drawer>
  );
};
