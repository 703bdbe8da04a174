/** Something everybody will see, so it needs a reason. */
import { useState } from 'react';
import TextField from '@mui/material/TextField';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { t } from '../text/t.ts';

interface Props {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  onConfirm(reason: string): void;
  onClose(): void;
}

export const ReasonDialog = ({ title, text, confirm, onConfirm, onClose }: Props) => {
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      open
      title={title}
      text={text}
      confirm={confirm}
      disabled={reason.trim() === ''}
      onClose={onClose}
      onConfirm={() => onConfirm(reason.trim())}
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
  );
};
