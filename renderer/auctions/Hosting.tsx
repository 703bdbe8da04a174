/** Who hosts a lot, who is its backup, and since when: so that a failover can be seen. Nothing for a lot that the market's log runs. */
import Typography from '@mui/material/Typography';
import type { LotView } from '../../shared/views.ts';
import { t } from '../text/t.ts';

export const Hosting = ({ lot }: { readonly lot: LotView }) => {
  if (lot.hosting === null) return null;
  const { host, backups, joining, epoch } = lot.hosting;
  const names = backups.map(({ name }) => name).join(', ');
  return (
    <Typography variant="body2" data-testid={`lot-${lot.lotId}-hosting`} sx={{ color: 'text.secondary' }}>
      {t.lot.hosted(host.name, names)} · {t.lot.hostEpoch(epoch)}
      {joining === null ? '' : ` · ${t.lot.gettingReady(joining.name)}`}
    </Typography>
  );
};
