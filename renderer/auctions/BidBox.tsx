/**
 * Bidding: the next valid amount is one button and one confirmation away; any other amount can be typed or reached in steps.
 */
import { useEffect, useState } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { LotView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { plainRefusal } from '../format/refusal.ts';
import { useMoney } from '../format/useMoney.ts';
import { focusIt } from '../parts/focus.ts';
import { MoneyField } from '../parts/fields.tsx';
import { useClosed } from '../parts/useTrading.ts';
import { send, useSent } from '../state/requests.ts';
import { t } from '../text/t.ts';

const STEPS = [1, 2, 5] as const;
/** Slower than this, and people wonder whether the click arrived. */
const SLOW_MS = 300;

const Sending = () => {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const id = window.setTimeout(() => setSlow(true), SLOW_MS);
    return () => window.clearTimeout(id);
  }, []);
  return slow ? <Alert severity="info">{t.lot.sending}</Alert> : null;
};

/** "Sending your bid…" and "Queued…" for bids of this window on their way; nothing for the first moment. */
const OnItsWay = ({ lotId }: { readonly lotId: string }) => {
  const last = useSent(({ sent }) => [...sent.values()].findLast((one) => one.ref === lotId));
  if (last === undefined) return null;
  return last.told === 'queued' ? <Alert severity="warning">{t.lot.queued}</Alert> : <Sending key={last.requestId} />;
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
        {confirming === null ? (
          <Button
            variant="contained"
            size="large"
            data-bid=""
            disabled={closed !== null || chosen === null || lot.youLead}
            onClick={() => setConfirming(chosen)}
          >
            {t.lot.bid(money.show(chosen ?? next))}
          </Button>
        ) : (
          <Stack direction="row" spacing={1}>
            <Button
              variant="contained"
              ref={focusIt}
              color="secondary"
              size="large"
              sx={{ flexGrow: 1 }}
              onClick={(event) => (event.detail > 1 ? undefined : bid(confirming))}
            >
              {t.lot.confirm(money.show(confirming))}
            </Button>
            <Button size="large" onClick={() => setConfirming(null)}>
              {t.common.cancel}
            </Button>
          </Stack>
        )}
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
        <MoneyField label={t.lot.ownAmount} value={own} onChange={type} help={low ?? t.lot.steps(money.show(lot.increment.minor))} />
        {closed === null ? null : <Alert severity="error">{closed}</Alert>}
      </Stack>
    </Paper>
  );
};

/** Why there is no bid box, as a sentence, or null when there is one. */
export const noBidding = (lot: LotView): string | null => {
  if (lot.mine) return plainRefusal('BID_OWN_LOT');
  if (lot.state === 'waiting') return plainRefusal('AUCTION_NOT_STARTED');
  return lot.state === 'live' || lot.state === 'paused' || lot.state === 'closing' ? null : '';
};
