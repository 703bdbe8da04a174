/**
 * Asks once before something that cannot be taken back with one click.
 */
import { useId } from 'react';
import type { ReactNode } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { t } from '../text/t.ts';

interface Props {
  readonly open: boolean;
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly disabled?: boolean;
  readonly children?: ReactNode;
  onConfirm(): void;
  onClose(): void;
}

export const ConfirmDialog = ({ open, title, text, confirm, disabled = false, children, onConfirm, onClose }: Props) => {
  const titleId = useId();
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby={titleId} maxWidth="xs">
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        <DialogContentText>{text}</DialogContentText>
        {children}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t.common.cancel}</Button>
        <Button variant="contained" onClick={onConfirm} disabled={disabled}>
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
