/**
 * A picture in a form: choose a file, see what the others will see, take it away again.
 */
import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { t } from '../text/t.ts';
import { FileButton } from './FileButton.tsx';
import { shrink } from './shrink.ts';

interface Props {
  /** A `data:` address, or null for none. */
  readonly url: string | null;
  onChange(url: string | null): void;
}

export const PictureField = ({ url, onChange }: Props) => {
  const [unreadable, setUnreadable] = useState(false);
  const take = async (file: File): Promise<void> => {
    const made = await shrink(file);
    setUnreadable(made === null);
    if (made !== null) onChange(made);
  };
  return (
    <Box component="fieldset" aria-label={t.picture.label} sx={{ gridColumn: '1 / -1', border: 0, m: 0, p: 0, minWidth: 0 }}>
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
        {url === null ? null : (
          <Box component="img" src={url} alt={t.picture.preview} sx={{ width: 96, height: 96, objectFit: 'contain', borderRadius: 1 }} />
        )}
        <FileButton label={url === null ? t.picture.choose : t.picture.change} accept="image/*" onFile={(file) => void take(file)} />
        {url === null ? null : <Button onClick={() => onChange(null)}>{t.picture.remove}</Button>}
      </Stack>
      <Typography
        variant="body2"
        role={unreadable ? 'alert' : undefined}
        sx={{ mt: 0.5, color: unreadable ? 'error.main' : 'text.secondary' }}
      >
        {unreadable ? t.picture.unreadable : t.picture.help}
      </Typography>
    </Box>
  );
};
