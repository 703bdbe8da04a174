/**
 * For networks that block group messages: one address is enough, the rest is found from there.
 */
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { focusFirstField } from '../parts/focus.ts';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { tell } from '../state/tell.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

export const AddDesktop = ({ onClose }: { onClose(): void }) => {
  const titleId = useId();
  const mine = useView((view) => view.status?.desk.address ?? '');
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const connect = (event: FormEvent): void => {
    event.preventDefault();
    if (busy || address.trim().length < 3) return;
    setBusy(true);
    setProblem(null);
    void client()
      .call('peers.add', { address: address.trim() })
      .then((outcome) => {
        setBusy(false);
        if (!outcome.ok) setProblem(refusalText(outcome.error));
        else if (outcome.value.peerId === null) setProblem(outcome.value.text);
        else {
          tell({ kind: 'said', text: outcome.value.text });
          onClose();
        }
      });
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId}>
      <form ref={focusFirstField} onSubmit={connect} noValidate>
        <DialogTitle id={titleId}>{t.network.addTitle}</DialogTitle>
        <DialogContent>
          <Stack spacing={2} sx={{ pt: 1 }}>
            <TextField
              label={t.network.address}
              placeholder="192.168.1.23:47100"
              value={address}
              onChange={(event) => setAddress(event.target.value)}
              helperText={t.network.yours(mine)}
              slotProps={{ htmlInput: { maxLength: 64, autoComplete: 'off', spellCheck: false } }}
            />
            {problem === null ? null : <Alert severity="error">{problem}</Alert>}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" variant="contained" disabled={busy || address.trim().length < 3}>
            {busy ? t.network.connecting : t.network.connect}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
