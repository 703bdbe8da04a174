/**
 * The live region under the top bar. It is always in the page, so that screen readers hear when a sentence appears in it.
 */
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { recover } from '../state/faults.ts';
import { go } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { useEvery } from '../parts/useEvery.ts';
import { nowMs } from '../parts/now.ts';
import { t } from '../text/t.ts';
import { bannerOf } from './bannerOf.ts';

export const Banner = () => {
  const view = useView();
  useEvery(250, () => bannerOf(view, nowMs())?.text ?? null);
  const banner = bannerOf(view, nowMs());
  const action =
    banner?.action === 'recover' || banner?.action === 'resume' ? (
      <Button color="inherit" size="small" onClick={() => void recover('self')}>
        {banner.action === 'resume' ? t.fault.resume : t.fault.recoverShort}
      </Button>
    ) : banner?.action === 'doctor' ? (
      <Button color="inherit" size="small" onClick={() => go('diagnostics')}>
        {t.network.runDoctor}
      </Button>
    ) : undefined;
  return (
    <Box component="output" aria-label="banner" sx={{ display: 'block' }}>
      {banner === null ? null : (
        <Alert
          role="presentation"
          severity={banner.level}
          variant="filled"
          square
          action={action}
          sx={{ borderRadius: 0, py: 0, alignItems: 'center' }}
        >
          {banner.text}
        </Alert>
      )}
    </Box>
  );
};
