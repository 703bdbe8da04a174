/**
 * One lot in a list: title, price, time left, how it stands. The whole card is the link to its page.
 */
import { memo } from 'react';
import Card from '@mui/material/Card';
import CardActionArea from '@mui/material/CardActionArea';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { LotView } from '../../shared/views.ts';
import { useMoney } from '../format/useMoney.ts';
import { Picture } from '../parts/Picture.tsx';
import { href } from '../state/route.ts';
import { t } from '../text/t.ts';
import { LotTimer } from './LotTimer.tsx';
import { StateLine } from './StateLine.tsx';

export const LotCard = memo(function LotCard({ lot }: { readonly lot: LotView }) {
  const money = useMoney();
  return (
    <Card data-testid={`lot-${lot.lotId}`} sx={{ height: '100%' }}>
      <CardActionArea component="a" href={href('auctions', 'lot', lot.lotId)} sx={{ p: 2, height: '100%' }}>
        <Stack spacing={1} sx={{ height: '100%' }}>
          <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'flex-start', gap: 1 }}>
            <Picture itemId={lot.itemId} hash={lot.picture} name={lot.title} size={64} />
            <Typography component="h2" variant="h3" sx={{ flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
              {lot.quantity > 1 ? `${lot.quantity} × ` : ''}
              {lot.title}
            </Typography>
            <LotTimer lot={lot} />
          </Stack>
          <Typography data-testid={`lot-${lot.lotId}-price`} sx={{ fontSize: '1.75rem', fontWeight: 700, lineHeight: 1.1 }}>
            {money.show((lot.price ?? lot.startPrice).minor)}
          </Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {lot.watched ? '★ ' : ''}
            {lot.kind === 'open' ? '' : `${t.lot.kinds[lot.kind]} · `}
            {lot.price === null ? t.lot.startingPrice : t.lot.bidsBy(lot.bidCount, lot.bidders)} ·{' '}
            {t.lot.soldBy(lot.mine ? t.common.you(lot.seller.name) : lot.seller.name)}
          </Typography>
          {lot.hosting === null ? null : (
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              {t.lot.hosted(lot.hosting.host.name, lot.hosting.backups.map(({ name }) => name).join(', '))}
            </Typography>
          )}
          <StateLine lot={lot} />
        </Stack>
      </CardActionArea>
    </Card>
  );
});
