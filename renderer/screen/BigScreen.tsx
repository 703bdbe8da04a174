/**
 * For the wall: one lot as large as the room needs it, its last bids, what comes next. No controls; the arrow keys change the lot,
 * F fills the screen, Escape goes back.
 */
import { useEffect, useState } from 'react';
import Box from '@mui/material/Box';
import GlobalStyles from '@mui/material/GlobalStyles';
import Typography from '@mui/material/Typography';
import type { LotView, PeerRef } from '../../shared/views.ts';
import { LotTimer } from '../auctions/LotTimer.tsx';
import { StateLine } from '../auctions/StateLine.tsx';
import { useMoney } from '../format/useMoney.ts';
import { Banner } from '../frame/Banner.tsx';
import { Changed } from '../parts/Changed.tsx';
import { Paddle } from '../parts/Paddle.tsx';
import { Picture } from '../parts/Picture.tsx';
import { go } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

const BIDS = 5;
const NEXT = 4;

/** What the room may want to see: running lots, first to end first; then those that wait. */
const programme = (lots: readonly LotView[]): readonly LotView[] => {
  const running = lots.filter((lot) => lot.state === 'live' || lot.state === 'paused' || lot.state === 'closing');
  const waiting = lots.filter((lot) => lot.state === 'waiting');
  return [...running.toSorted((a, b) => (a.endsAt ?? 0) - (b.endsAt ?? 0)), ...waiting];
};

const Bids = ({ lot }: { readonly lot: LotView }) => {
  const money = useMoney();
  const bids = lot.bids.toSorted((a, b) => b.entry - a.entry).slice(0, BIDS);
  // Whoever's desktop this is, the room reads no more than the market's rule allows.
  const seen = (who: PeerRef): string => lot.room.find((one) => one.peerId === who.peerId)?.name ?? who.name;
  return (
    <Box component="ol" aria-label={t.lot.history} sx={{ listStyle: 'none', m: 0, p: 0, fontSize: 'clamp(1.1rem, 2.2vw, 2.2rem)' }}>
      {bids.map((bid, i) => (
        <Box
          component="li"
          key={`${bid.entry}/${bid.bidder.peerId}/${bid.amount.minor}`}
          sx={{ display: 'flex', alignItems: 'center', gap: 2, py: 1, opacity: i === 0 ? 1 : 0.85 }}
        >
          <Paddle peerId={bid.bidder.peerId} name={seen(bid.bidder)} size={40} />
          <span>{seen(bid.bidder)}</span>
          <Box component="b" sx={{ ml: 'auto' }}>
            {money.show(bid.amount.minor)}
          </Box>
        </Box>
      ))}
      {bids.length === 0 ? <li>{t.lot.noBids}</li> : null}
    </Box>
  );
};

/** Moves through the programme by keyboard; returns which lot is on. */
const useShown = (lots: readonly LotView[]): LotView | undefined => {
  const [chosen, setChosen] = useState<string | null>(null);
  const found = lots.findIndex((lot) => lot.lotId === chosen);
  const at = Math.max(0, found);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const step =
        event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) setChosen(lots[(at + step + lots.length) % lots.length]?.lotId ?? null);
      else if (event.key === 'Escape') go('auctions');
      else if (event.key === 'f') void document.documentElement.requestFullscreen().catch(() => undefined);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [lots, at]);
  return lots[at];
};

export const BigScreen = () => {
  const lots = programme(useView((view) => view.lots));
  const market = useView((view) => view.status?.market?.name ?? '');
  const money = useMoney();
  const lot = useShown(lots);
  const next = lots.filter((one) => one !== lot).slice(0, NEXT);
  return (
    <Box component="main" sx={{ minHeight: '100%', display: 'flex', flexDirection: 'column' }}>
      {/* What this desktop is told about its own requests may name people, and is not for the room. */}
      <GlobalStyles styles={{ '.notistack-SnackbarContainer': { display: 'none' } }} />
      <Banner />
      <Box sx={{ flex: 1, display: 'flex', flexDirection: 'column', gap: 'clamp(1rem, 3vh, 3rem)', p: 'clamp(1rem, 4vw, 5rem)' }}>
        <Typography sx={{ color: 'text.secondary', fontSize: 'clamp(1rem, 1.6vw, 1.6rem)' }}>{market}</Typography>
        {lot === undefined ? (
          <Typography variant="h1" sx={{ fontSize: 'clamp(2rem, 5vw, 5rem)' }}>
            {t.auctions.empty.live}
          </Typography>
        ) : (
          <>
            <Box sx={{ display: 'flex', alignItems: 'center', gap: 'clamp(1rem, 2vw, 3rem)' }}>
              <Picture itemId={lot.itemId} hash={lot.picture} name={lot.title} size="clamp(6rem, 14vw, 16rem)" />
              <Typography variant="h1" sx={{ fontSize: 'clamp(2rem, 5vw, 5rem)', overflowWrap: 'anywhere', minWidth: 0 }}>
                {lot.title}
              </Typography>
            </Box>
            <Box sx={{ display: 'grid', gap: 'clamp(1rem, 4vw, 5rem)', gridTemplateColumns: { xs: '1fr', md: '3fr 2fr' } }}>
              <Box>
                <Typography sx={{ fontSize: 'clamp(3.5rem, 11vw, 12rem)', fontWeight: 750, lineHeight: 1, letterSpacing: '-0.03em' }}>
                  <Changed value={(lot.price ?? lot.startPrice).minor}>{money.show((lot.price ?? lot.startPrice).minor)}</Changed>
                </Typography>
                <Box sx={{ 'my': 3, '& [role=timer]': { fontSize: 'clamp(2.5rem, 6vw, 6rem) !important' } }}>
                  <LotTimer lot={lot} large />
                </Box>
                <Box sx={{ '& span': { fontSize: 'clamp(1.25rem, 2.4vw, 2.4rem) !important' } }}>
                  <StateLine lot={lot} large shared />
                </Box>
              </Box>
              <Bids lot={lot} />
            </Box>
          </>
        )}
        {next.length === 0 ? null : (
          <Box sx={{ mt: 'auto', display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 1, fontSize: 'clamp(1rem, 1.6vw, 1.6rem)' }}>
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {t.screen.next}
            </Box>
            {next.map((one) => (
              <span key={one.lotId}>
                {one.title} · {money.show((one.price ?? one.startPrice).minor)}
              </span>
            ))}
          </Box>
        )}
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t.screen.keys}
        </Typography>
      </Box>
    </Box>
  );
};
