/**
 * Bidding in the open: the next valid amount is one button and one confirmation away; any other amount can be typed or reached in steps,
 * the rules can bid up to a maximum, and where there is a Buy now price it is a button too.
 */
import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { LotView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { useMoney } from '../format/useMoney.ts';
import { MoneyField } from '../parts/fields.tsx';
import { useClosed } from '../parts/useTrading.ts';
import { send } from '../state/requests.ts';
import { t } from '../text/t.ts';
import { AutoBidDialog } from './AutoBidDialog.tsx';
import { OnItsWay } from './OnItsWay.tsx';
import { TwoClicks } from './TwoClicks.tsx';

const STEPS = [1, 2, 5] as const;

const BuyNow = ({ lot, disabled }: { readonly lot: LotView; readonly disabled: boolean }) => {
  const money = useMoney();
  const [asking, setAsking] = useState(false);
  if (lot.buyNow === null) return null;
  const price = money.show(lot.buyNow.minor);
  const buy = (): void => {
    setAsking(false);
    void send(lot.lotId, (requestId) => client().call('auction.buyNow', { lotId: lot.lotId, requestId }));
  };
  return (
    <TwoClicks
      quiet
      asking={asking ? t.lot.confirm(price) : null}
      disabled={disabled}
      onAsk={() => setAsking(true)}
      onConfirm={buy}
      onCancel={() => setAsking(false)}
    >
      {t.lot.buyNow(price)}
    </TwoClicks>
  );
};

const AutoBid = ({ lot, disabled }: { readonly lot: LotView; readonly disabled: boolean }) => {
  const money = useMoney();
  const [open, setOpen] = useState(false);
  if (!lot.autoBidAllowed || lot.kind !== 'open') return null;
  return (
    <>
      {lot.yourLimit === null ? null : <Typography variant="body2">{t.lot.limitNow(money.show(lot.yourLimit.minor))}</Typography>}
      <Button variant="outlined" disabled={disabled} onClick={() => setOpen(true)}>
        {lot.youLead ? t.lot.raiseAutoBid : t.lot.autoBid}
      </Button>
      {open ? <AutoBidDialog lot={lot} onClose={() => setOpen(false)} /> : null}
    </>
  );
};

export const BidBox = ({ lot }: { readonly lot: LotView }) => {
  const money = useMoney();
  const closed = useClosed();
  const [own, setOwn] = useState('');
  /** Minor units waiting for the second click. */
  const [confirming, setConfirming] = useState<number | null>(null);
  const next = (lot.nextBid ?? lot.startPrice).minor;
  const parsed = money.parse(own);
  const chosen = own.trim() === '' ? next : parsed.ok ? parsed.minor : null;
  const low = chosen !== null && chosen < next ? t.lot.atLeast(money.show(next)) : null;
  const type = (text: string): void => {
    setConfirming(null);
    setOwn(text);
  };
  const bid = (minor: number): void => {
    setConfirming(null);
    setOwn('');
    void send(lot.lotId, (requestId) => client().call('auction.bid', { lotId: lot.lotId, amount: money.plain(minor), requestId }));
  };
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Stack spacing={1.5}>
        <Typography component="h2" variant="h3">
          {t.lot.yourBid}
        </Typography>
        <OnItsWay lotId={lot.lotId} />
        {lot.youLead ? <Typography>{t.lot.alreadyWinning}</Typography> : null}
        <TwoClicks
          main
          asking={confirming === null ? null : t.lot.confirm(money.show(confirming))}
          disabled={closed !== null || chosen === null || lot.youLead}
          onAsk={() => setConfirming(chosen)}
          onConfirm={() => bid(confirming ?? next)}
          onCancel={() => setConfirming(null)}
        >
          {t.lot.bid(money.show(chosen ?? next))}
        </TwoClicks>
        {confirming !== null && confirming < next ? <Alert severity="info">{t.lot.priceMoved(money.show(next))}</Alert> : null}
        <Stack direction="row" spacing={1}>
          {STEPS.map((step) => (
            <Button
              key={step}
              variant="outlined"
              sx={{ flexGrow: 1, minWidth: 0 }}
              aria-label={t.lot.stepLabel(step, money.show((chosen ?? next) + step * lot.increment.minor))}
              onClick={() => type(money.plain((chosen ?? next) + step * lot.increment.minor))}
            >
              +{step}
            </Button>
          ))}
        </Stack>
        <MoneyField label={t.lot.ownAmount} value={own} problem={low} help={t.lot.steps(money.show(lot.increment.minor))} onChange={type} />
        <AutoBid lot={lot} disabled={closed !== null} />
        <BuyNow lot={lot} disabled={closed !== null} />
        {closed === null ? null : <Alert severity="error">{closed}</Alert>}
      </Stack>
    </Paper>
  );
};
