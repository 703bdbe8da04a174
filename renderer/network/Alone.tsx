/**
 * Nobody else is here: first it is looked for others, then it is said what that means and what can be done.
 */
import { useEffect, useState } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { go } from '../state/route.ts';
import { t } from '../text/t.ts';

/** Within this time a desktop of this network has been heard, if there is one. */
const LOOK_MS = 3_000;
/** Counted from when the page was loaded: a desktop that has been alone for an hour is not looking any more. */
const lookedEnough = (): boolean => performance.now() >= LOOK_MS;

export const Alone = ({ onAdd }: { onAdd(): void }) => {
  const [looking, setLooking] = useState(() => !lookedEnough());
  useEffect(() => {
    if (!looking) return undefined;
    const id = window.setTimeout(() => setLooking(false), Math.max(0, LOOK_MS - performance.now()));
    return () => window.clearTimeout(id);
  }, [looking]);
  if (looking) {
    return (
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
        <CircularProgress size={20} aria-label={t.network.looking} />
        <Typography>{t.network.looking}</Typography>
      </Stack>
    );
  }
  return (
    <Alert severity="info" role="note">
      <Typography sx={{ mb: 1 }}>{t.network.alone}</Typography>
      <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap' }}>
        <Button size="small" variant="outlined" color="inherit" onClick={onAdd}>
          {t.network.add}
        </Button>
        {window.desktop === undefined ? null : (
          <Button size="small" variant="outlined" color="inherit" onClick={() => void window.desktop?.another()}>
            {t.network.another}
          </Button>
        )}
        <Button size="small" variant="outlined" color="inherit" onClick={() => go('diagnostics')}>
          {t.network.runDoctor}
        </Button>
      </Stack>
    </Alert>
  );
};
