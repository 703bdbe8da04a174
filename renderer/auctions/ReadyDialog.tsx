/**
 * Enough bidders have joined: the auctioneer is asked, whatever page is open, and has a minute. "Not yet" closes the question only; the
 * button stays on the lot's page until the time is over.
 */
import { useId, useState } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import type { LotView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { focusIt } from '../parts/focus.ts';
import { nowMs } from '../parts/now.ts';
import { useEvery } from '../parts/useEvery.ts';
import { leaderClock } from '../state/leaderClock.ts';
import { send } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

const SECOND_MS = 1_000;

const Question = ({ lot }: { readonly lot: LotView }) => {
  const titleId = useId();
  const [later, setLater] = useState(false);
  const until = lot.rounds?.readyUntil ?? null;
  const left = useEvery(SECOND_MS / 4, () => {
    const { now } = leaderClock(useView.getState(), nowMs());
    return Math.max(0, Math.ceil(((until ?? now) - now) / SECOND_MS));
  });
  if (later || until === null) return null;
  const { lotId } = lot;
  return (
    <Dialog open onClose={() => setLater(true)} aria-labelledby={titleId} maxWidth="xs">
      <DialogTitle id={titleId}>
        {t.lot.readyTitle(lot.rounds?.joined.length ?? 0)} {t.lot.readyLeft(left)}
      </DialogTitle>
      <DialogContent>
        <Typography>{lot.title}</Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={() => setLater(true)}>{t.lot.later}</Button>
        <Button
          variant="contained"
          ref={focusIt}
          onClick={() => {
            setLater(true);
            void send(lotId, (requestId) => client().call('auction.start', { lotId, requestId }));
          }}
        >
          {t.lot.startNow}
        </Button>
      </DialogActions>
    </Dialog>
  );
};

export const ReadyDialogs = () => {
  const lots = useView((view) => view.lots);
  return lots.filter((lot) => lot.mine && lot.state === 'ready').map((lot) => <Question key={lot.lotId} lot={lot} />);
};
