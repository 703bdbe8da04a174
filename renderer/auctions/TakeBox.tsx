/** A falling price: take it at what it is now. The amount sent is the one that was read, so waiting for it can only make it cheaper. */
import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { LotView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { useMoney } from '../format/useMoney.ts';
import { useClosed } from '../parts/useTrading.ts';
import { send } from '../state/requests.ts';
import { t } from '../text/t.ts';
import { OnItsWay } from './OnItsWay.tsx';
import { TwoClicks } from './TwoClicks.tsx';

export const TakeBox = ({ lot }: { readonly lot: LotView }) => {
  const money = useMoney();
  const closed = useClosed();
  const [confirming, setConfirming] = useState<number | null>(null);
  const price = (lot.price ?? lot.startPrice).minor;
  const { lotId, falling } = lot;
  const next = falling === null ? price : Math.max(falling.floor.minor, price - falling.dropBy.minor);
  const take = (minor: number): void => {
    setConfirming(null);
    void send(lotId, (requestId) => client().call('auction.bid', { lotId, amount: money.plain(minor), requestId }));
  };
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Stack spacing={1.5}>
        <Typography component="h2" variant="h3">
          {t.lot.yourBid}
        </Typography>
        <OnItsWay lotId={lotId} />
        <TwoClicks
          main
          asking={confirming === null ? null : t.lot.confirm(money.show(Math.min(confirming, price)))}
          disabled={closed !== null}
          onAsk={() => setConfirming(price)}
          onConfirm={() => take(confirming ?? price)}
          onCancel={() => setConfirming(null)}
        >
          {t.lot.take(money.show(price))}
        </TwoClicks>
        {falling === null ? null : (
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {next < price ? t.lot.nextDrop(money.show(next)) : t.lot.lowest(money.show(falling.floor.minor))}
          </Typography>
        )}
        {closed === null ? null : <Alert severity="error">{closed}</Alert>}
      </Stack>
    </Paper>
  );
};
