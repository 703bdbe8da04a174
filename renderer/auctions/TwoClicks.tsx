/** A button that asks once more with the amount in it; the second click of a double click is not the answer. */
import type { ReactNode } from 'react';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { focusIt } from '../parts/focus.ts';
import { t } from '../text/t.ts';

interface Props {
  readonly children: ReactNode;
  /** Null while nobody has clicked; then the text of the second button. */
  readonly asking: string | null;
  readonly disabled: boolean;
  readonly quiet?: boolean;
  /** The key B presses the lot's main one. */
  readonly main?: boolean;
  onAsk(): void;
  onConfirm(): void;
  onCancel(): void;
}

export const TwoClicks = ({ children, asking, disabled, quiet = false, main = false, onAsk, onConfirm, onCancel }: Props) =>
  asking === null ? (
    <Button
      variant={quiet ? 'outlined' : 'contained'}
      size="large"
      disabled={disabled}
      onClick={onAsk}
      {...(main ? { 'data-bid': '' } : {})}
    >
      {children}
    </Button>
  ) : (
    <Stack direction="row" spacing={1}>
      <Button
        variant="contained"
        ref={focusIt}
        color="secondary"
        size="large"
        sx={{ flexGrow: 1 }}
        onClick={(event) => (event.detail > 1 ? undefined : onConfirm())}
      >
        {asking}
      </Button>
      <Button size="large" onClick={onCancel}>
        {t.common.cancel}
      </Button>
    </Stack>
  );
