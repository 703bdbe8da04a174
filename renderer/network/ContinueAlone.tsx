/**
 * Going on without the others: what may be lost is read first, and typed, because nobody here can know what they are doing meanwhile.
 */
import { useEffect, useId, useState } from 'react';
import type { FormEvent } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { ContinueAlone as Told } from '../../shared/alone.ts';
import { client } from '../carrier/current.ts';
import { tell } from '../state/tell.ts';
import { t } from '../text/t.ts';

export const ContinueAlone = ({ onClose }: { onClose(): void }) => {
  const titleId = useId();
  const [told, setTold] = useState<Told | null>(null);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void client()
      .call('leader.continueAlone', {})
      .then((outcome) => (outcome.ok ? setTold(outcome.value) : setProblem(outcome.error.message)));
  }, []);
  const right = told !== null && typed.trim().toLowerCase() === told.confirm;
  const goOn = (event: FormEvent): void => {
    event.preventDefault();
    if (busy || !right) return;
    setBusy(true);
    setProblem(null);
    void client()
      .call('leader.continueAlone', { confirm: typed })
      .then((outcome) => {
        setBusy(false);
        if (!outcome.ok) return setProblem(outcome.error.message);
        tell({ kind: 'said', text: outcome.value.text });
        onClose();
      });
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId}>
      <form onSubmit={goOn} noValidate>
        <DialogTitle id={titleId}>{t.alone.title}</DialogTitle>
        <DialogContent>
          <Stack spacing={2} sx={{ pt: 1 }}>
            {told === null ? null : <Typography>{told.text}</Typography>}
            {told === null ? null : (
              <TextField
                label={t.alone.type(told.confirm)}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                slotProps={{ htmlInput: { maxLength: 64, autoComplete: 'off', spellCheck: false } }}
              />
            )}
            {problem === null ? null : <Alert severity="error">{problem}</Alert>}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" variant="contained" color="warning" disabled={busy || !right}>
            {t.alone.doIt}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
