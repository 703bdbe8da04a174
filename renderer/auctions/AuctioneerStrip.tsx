/**
 * What only the auctioneer of a lot can do: start it, resume it, cancel it with a reason.
 */
import { useState } from 'react';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import type { LotView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { send } from '../state/requests.ts';
import { t } from '../text/t.ts';

export const AuctioneerStrip = ({ lot }: { readonly lot: LotView }) => {
  const [cancelling, setCancelling] = useState(false);
  const [reason, setReason] = useState('');
  const { lotId } = lot;
  const open = lot.state === 'waiting' || lot.state === 'live' || lot.state === 'paused';
  if (!lot.mine || !open) return null;
  return (
    <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap' }}>
      {lot.state === 'waiting' ? (
        <Button variant="contained" onClick={() => void send(lotId, (requestId) => client().call('auction.start', { lotId, requestId }))}>
          {t.lot.startNow}
        </Button>
      ) : null}
      {lot.state === 'paused' ? (
        <Button variant="contained" onClick={() => void send(lotId, (requestId) => client().call('auction.resume', { lotId, requestId }))}>
          {t.lot.resume}
        </Button>
      ) : null}
      <Button variant="outlined" color="error" onClick={() => setCancelling(true)}>
        {t.lot.cancelLot}
      </Button>
      <ConfirmDialog
        open={cancelling}
        title={t.lot.cancelTitle(lot.title)}
        text={t.lot.cancelText}
        confirm={t.lot.cancelConfirm}
        disabled={reason.trim() === ''}
        onClose={() => setCancelling(false)}
        onConfirm={() => {
          setCancelling(false);
          void send(lotId, (requestId) => client().call('auction.cancel', { lotId, reason: reason.trim(), requestId }));
        }}
      >
        <TextField
          sx={{ mt: 2 }}
          label={t.common.reason}
          value={reason}
          required
          onChange={(event) => setReason(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 200 } }}
        />
      </ConfirmDialog>
    </Stack>
  );
};
