/**
 * All lots in five tabs. Mine are those I sell or have bid on; what I only look at is on the watch list.
 */
import { useState } from 'react';
import AddIcon from '@mui/icons-material/AddOutlined';
import GavelIcon from '@mui/icons-material/Gavel';
import ScreenIcon from '@mui/icons-material/TvOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { LotView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Empty } from '../parts/Empty.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { RouteTabs, tabOf } from '../parts/RouteTabs.tsx';
import { useClosed, useMe } from '../parts/useTrading.ts';
import { send } from '../state/requests.ts';
import { go, useRoute } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { LotCard } from './LotCard.tsx';
import { LotPage } from './LotPage.tsx';
import { NewAuctionDialog } from './NewAuctionDialog.tsx';

const tabs = ['live', 'waiting', 'ended', 'mine', 'watching'] as const;
type Tab = (typeof tabs)[number];

const isLive = (lot: LotView): boolean => lot.state === 'live' || lot.state === 'paused' || lot.state === 'closing';
const isWaiting = (lot: LotView): boolean => lot.state === 'waiting' || lot.state === 'ready' || lot.state === 'draft';
const isMine = (lot: LotView, me: string): boolean => lot.mine || lot.joined || lot.bids.some((bid) => bid.bidder.peerId === me);

const inTab = (lot: LotView, tab: Tab, me: string): boolean => {
  if (tab === 'mine') return isMine(lot, me);
  if (tab === 'watching') return lot.watched;
  if (isWaiting(lot)) return tab === 'waiting';
  return tab === (isLive(lot) ? 'live' : 'ended');
};

/** Live lots: first to end first. Others: newest first. */
const ordered = (lots: readonly LotView[], tab: Tab): readonly LotView[] =>
  lots.toSorted((a, b) =>
    tab === 'live' ? (a.endsAt ?? 0) - (b.endsAt ?? 0) : (b.endsAt ?? b.startedAt ?? 0) - (a.endsAt ?? a.startedAt ?? 0),
  );

const List = ({ tab, onNew }: { readonly tab: Tab; onNew(): void }) => {
  const lots = useView((view) => view.lots);
  const me = useMe();
  const shown = ordered(
    lots.filter((lot) => inTab(lot, tab, me)),
    tab,
  );
  const waiting = lots.filter(isWaiting).length;
  if (shown.length === 0) {
    return (
      <Paper variant="outlined">
        <Empty text={t.auctions.empty[tab]} icon={<GavelIcon />}>
          {tab === 'live' && waiting > 0 ? (
            <>
              <Typography sx={{ width: '100%' }}>{t.auctions.waitingCount(waiting)}</Typography>
              <Button variant="outlined" onClick={() => go('auctions', 'waiting')}>
                {t.auctions.showWaiting}
              </Button>
            </>
          ) : null}
          {tab === 'live' || tab === 'waiting' ? (
            <Button variant="outlined" startIcon={<AddIcon />} onClick={onNew}>
              {t.auctions.create}
            </Button>
          ) : null}
        </Empty>
      </Paper>
    );
  }
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(min(320px, 100%), 1fr))' }}>
      {shown.map((lot) => (
        <LotCard key={lot.lotId} lot={lot} />
      ))}
    </Box>
  );
};

/** For whoever runs the room: everything this desktop may close, at once. */
const EndAll = () => {
  const [asking, setAsking] = useState(false);
  const some = useView((view) => view.lots.some((lot) => lot.mine && isLive(lot)));
  if (!some) return null;
  return (
    <>
      <Button variant="outlined" onClick={() => setAsking(true)}>
        {t.lot.endAll}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t.lot.endAllTitle}
        text={t.lot.endAllText}
        confirm={t.lot.endAll.replace('…', '')}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void send('', (requestId) => client().call('auction.endAll', { requestId }));
        }}
      />
    </>
  );
};

export const AuctionsPage = () => {
  const { rest } = useRoute();
  const closed = useClosed();
  const [creating, setCreating] = useState(false);
  const lotId = rest[0] === 'lot' ? rest[1] : undefined;
  if (lotId !== undefined) return <LotPage lotId={lotId} />;
  const tab = tabOf(tabs, rest[0]);
  return (
    <>
      <PageTitle title={t.rail.auctions}>
        <Button component="a" href="#/screen" startIcon={<ScreenIcon />}>
          {t.lot.bigScreen}
        </Button>
        <EndAll />
        <Button variant="contained" startIcon={<AddIcon />} disabled={closed !== null} onClick={() => setCreating(true)}>
          {t.auctions.newAuction}
        </Button>
      </PageTitle>
      <RouteTabs page="auctions" tabs={tabs} names={t.auctions.tabs} current={tab} label={t.rail.auctions}>
        <List tab={tab} onNew={() => setCreating(true)} />
      </RouteTabs>
      {creating ? <NewAuctionDialog onClose={() => setCreating(false)} /> : null}
    </>
  );
};
