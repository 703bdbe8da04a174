/** What this desktop can do with a lot right now: bid in the way its kind is bid on, join, or read why not. */
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { LotView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { plainRefusal } from '../format/refusal.ts';
import { send } from '../state/requests.ts';
import { t } from '../text/t.ts';
import { BidBox } from './BidBox.tsx';
import { SealBox } from './SealBox.tsx';
import { TakeBox } from './TakeBox.tsx';

const boxes = { open: BidBox, multi: BidBox, rounds: SealBox, sealed: SealBox, vickrey: SealBox, dutch: TakeBox } as const;

/** Why there is nothing to bid with, as a sentence; empty when it is over; null when there is. */
const noBidding = (lot: LotView): string | null => {
  if (lot.mine) return plainRefusal('BID_OWN_LOT');
  if (lot.state === 'waiting' || lot.state === 'ready') return lot.joined ? t.lot.youJoined : plainRefusal('AUCTION_NOT_STARTED');
  if (lot.state === 'closing' && lot.kind !== 'open' && lot.kind !== 'multi') return '';
  return lot.state === 'live' || lot.state === 'paused' || lot.state === 'closing' ? null : '';
};

export const Side = ({ lot }: { readonly lot: LotView }) => {
  const why = noBidding(lot);
  const Box = boxes[lot.kind];
  if (why === null) return <Box key={lot.lotId} lot={lot} />;
  if (why === '') return null;
  const mayJoin = !lot.mine && !lot.joined && (lot.state === 'waiting' || lot.state === 'ready');
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Stack spacing={1.5} sx={{ alignItems: 'flex-start' }}>
        <Typography>{why}</Typography>
        {mayJoin ? (
          <Button
            variant="contained"
            onClick={() => void send(lot.lotId, (requestId) => client().call('auction.join', { lotId: lot.lotId, requestId }))}
          >
            {t.lot.join}
          </Button>
        ) : null}
      </Stack>
    </Paper>
  );
};
