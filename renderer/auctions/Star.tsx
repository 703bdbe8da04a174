/** Puts a lot on this desktop's watch list, or takes it off. */
import OnIcon from '@mui/icons-material/Star';
import OffIcon from '@mui/icons-material/StarBorderOutlined';
import Button from '@mui/material/Button';
import type { LotView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { attempt } from '../state/requests.ts';
import { t } from '../text/t.ts';

export const Star = ({ lot }: { readonly lot: LotView }) => (
  <Button
    size="small"
    aria-pressed={lot.watched}
    startIcon={lot.watched ? <OnIcon /> : <OffIcon />}
    onClick={() => void attempt(client().call('watch', { lotId: lot.lotId, on: !lot.watched }))}
  >
    {lot.watched ? t.lot.watching : t.lot.watch}
  </Button>
);
