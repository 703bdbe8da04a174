/**
 * A dialog that is a form: Enter sends it, the button says what will happen and turns to "Sending…" until something is known.
 */
import { useId, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { focusFirstField } from './focus.ts';
import { t } from '../text/t.ts';
import type { Answer } from '../state/requests.ts';

interface Props {
  readonly title: string;
  readonly submit: string;
  readonly disabled: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
  /** Sends; the dialog closes when the answer is anything but a refusal. Null: nothing was sent, the form shows why. */
  onSubmit(): Promise<Answer> | null;
  onClose(): void;
}

export const FormDialog = ({ title, submit, disabled, wide = false, children, onSubmit, onClose }: Props) => {
  const titleId = useId();
  const [sending, setSending] = useState(false);
  const run = (event: FormEvent): void => {
    event.preventDefault();
    if (sending || disabled) return;
    const answer = onSubmit();
    if (answer === null) return;
    setSending(true);
    void answer.then((known) => {
      setSending(false);
      if (known !== 'not') onClose();
    });
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth={wide ? 'md' : 'sm'}>
      {/* Only the fields scroll: what will be sent stays in sight. */}
      <Box
        component="form"
        ref={focusFirstField}
        onSubmit={run}
        noValidate
        sx={{ display: 'flex', flexDirection: 'column', minHeight: 0, overflow: 'hidden' }}
      >
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent dividers={wide}>
          <Stack spacing={2} sx={{ pt: 1 }}>
            {children}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" variant="contained" disabled={disabled || sending}>
            {sending ? t.common.sending : submit}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
};
