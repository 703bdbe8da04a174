/**
 * Asking every address around, for networks that block group messages: only when somebody wants it, and told beforehand what it does.
 */
import { useId, useState } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ScanView } from '../../shared/network.ts';
import { client } from '../carrier/current.ts';
import { attempt } from '../state/requests.ts';
import { t } from '../text/t.ts';

const Result = ({ subnets, asked, found }: ScanView) =>
  found.length === 0 ? (
    <Alert severity="warning">{subnets.length === 0 ? t.scan.nowhere : t.scan.nobody(asked, subnets.join(', '))}</Alert>
  ) : (
    <Alert severity="success">
      {found.map(({ peerId, name, address, market }) => (
        <Typography key={peerId}>{t.scan.found(name, address, market)}</Typography>
      ))}
    </Alert>
  );

export const ScanDialog = ({ onClose }: { onClose(): void }) => {
  const titleId = useId();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<ScanView | null>(null);
  const scan = (): void => {
    setBusy(true);
    setResult(null);
    void attempt(client().call('peers.scan', {})).then((answer) => {
      setBusy(false);
      setResult(answer);
    });
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="sm">
      <DialogTitle id={titleId}>{t.scan.title}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <Typography>{t.scan.what}</Typography>
          {busy ? <LinearProgress aria-label={t.scan.busy} /> : null}
          {result === null ? null : <Result {...result} />}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t.common.close}</Button>
        <Button variant="contained" disabled={busy} onClick={scan}>
          {busy ? t.scan.busy : t.scan.start}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
