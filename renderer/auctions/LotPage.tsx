/**
 * One lot, large enough to be read from the back of a room.
 */
import BackIcon from '@mui/icons-material/ArrowBackOutlined';
import WinIcon from '@mui/icons-material/EmojiEventsOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { LotView } from '../../shared/views.ts';
import { plainRefusal } from '../format/refusal.ts';
import { useMoney } from '../format/useMoney.ts';
import { Changed } from '../parts/Changed.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Picture } from '../parts/Picture.tsx';
import { useMe } from '../parts/useTrading.ts';
import { href } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { AuctioneerStrip } from './AuctioneerStrip.tsx';
import { BidHistory } from './BidHistory.tsx';
import { GuestBox } from './GuestBox.tsx';
import { Hosting } from './Hosting.tsx';
import { LotTimer } from './LotTimer.tsx';
import { PriceChart } from './PriceChart.tsx';
import { RulesBox } from './RulesBox.tsx';
import { SealedPanel } from './SealedPanel.tsx';
import { Side } from './Side.tsx';
import { Spoken } from './Spoken.tsx';
import { Star } from './Star.tsx';
import { StateLine } from './StateLine.tsx';
import { TempoChart } from './TempoChart.tsx';

const Head = ({ lot }: { readonly lot: LotView }) => {
  const money = useMoney();
  const me = useMe();
  const pricesDiffer = lot.sales.some(({ price }) => price.minor !== lot.sales[0]?.price.minor);
  return (
    <Paper variant="outlined" sx={{ p: 2.5 }}>
      <Stack spacing={1.5}>
        <Stack direction="row" spacing={1} sx={{ justifyContent: 'space-between', alignItems: 'flex-start' }}>
          <Typography variant="h1" sx={{ overflowWrap: 'anywhere', minWidth: 0 }}>
            {lot.quantity > 1 ? `${lot.quantity} × ` : ''}
            {lot.title}
          </Typography>
          <Stack direction="row" spacing={1} sx={{ flexShrink: 0, alignItems: 'center' }}>
            <Chip size="small" variant="outlined" label={t.lot.kinds[lot.kind]} />
            <Star lot={lot} />
          </Stack>
        </Stack>
        <Picture itemId={lot.itemId} hash={lot.picture} name={lot.title} size={200} />
        {lot.description === '' ? null : <Typography sx={{ color: 'text.secondary' }}>{lot.description}</Typography>}
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', columnGap: 3, rowGap: 1 }}>
          <Box>
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              {lot.price === null
                ? lot.rounds === null
                  ? t.lot.startingPrice
                  : t.newAuction.minimum
                : lot.winner === null
                  ? t.lot.currentPrice
                  : pricesDiffer
                    ? t.lot.lowestPrice
                    : t.lot.finalPrice}
            </Typography>
            <Typography
              data-testid={`lot-${lot.lotId}-price`}
              sx={{ fontSize: 'clamp(2.5rem, 6vw, 4rem)', fontWeight: 750, lineHeight: 1, letterSpacing: '-0.02em' }}
            >
              <Changed value={(lot.price ?? lot.startPrice).minor}>{money.show((lot.price ?? lot.startPrice).minor)}</Changed>
            </Typography>
          </Box>
          <LotTimer lot={lot} large />
        </Box>
        <StateLine lot={lot} large />
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {lot.rounds === null && lot.kind !== 'dutch' ? `${t.lot.bidsBy(lot.bidCount, lot.bidders)} · ` : ''}
          {t.lot.soldBy(lot.mine ? t.common.you(lot.seller.name) : lot.seller.name)}
          {lot.leading === null || lot.winner !== null
            ? ''
            : ` · ${t.lot.leading(lot.leading.peerId === me ? t.common.you(lot.leading.name) : lot.leading.name)}`}
        </Typography>
        <Hosting lot={lot} />
        {lot.ticks?.left == null ? null : <Typography variant="body2">{t.lot.ticksLeft(lot.ticks.left, lot.ticks.of)}</Typography>}
        {lot.winner === null ? null : (
          <Alert icon={<WinIcon />} severity="success">
            {lot.sales.map(({ buyer, price }) => (
              <div key={buyer.peerId}>{t.lot.winner(buyer.name, money.show(price.minor))}</div>
            ))}
          </Alert>
        )}
        <AuctioneerStrip lot={lot} />
      </Stack>
    </Paper>
  );
};

export const LotPage = ({ lotId }: { readonly lotId: string }) => {
  const lot = useView((view) => view.lots.find((one) => one.lotId === lotId));
  return (
    <Stack spacing={2} sx={{ alignItems: 'stretch' }}>
      <Box>
        <Button component="a" href={href('auctions')} startIcon={<BackIcon />}>
          {t.lot.back}
        </Button>
      </Box>
      {lot === undefined ? (
        <Empty text={plainRefusal('NOT_FOUND')} />
      ) : (
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            alignItems: 'start',
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 3fr) minmax(300px, 2fr)' },
          }}
        >
          <Stack spacing={2}>
            <Head lot={lot} />
            {lot.rounds === null ? null : <SealedPanel lot={lot} />}
            <PriceChart lot={lot} />
            {lot.kind === 'open' || lot.kind === 'multi' ? <TempoChart lot={lot} /> : null}
            {lot.kind === 'open' || lot.kind === 'multi' ? <BidHistory lot={lot} /> : null}
            <Spoken lot={lot} />
          </Stack>
          <Stack spacing={2}>
            <Side lot={lot} />
            <GuestBox lot={lot} />
            <RulesBox lot={lot} />
          </Stack>
        </Box>
      )}
    </Stack>
  );
};
