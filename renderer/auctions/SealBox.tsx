/**
 * A sealed bid: typed here, sealed here, and shown to nobody, on this screen only behind the eye. Under the minimum is said at once.
 */
import { useState } from 'react';
import HideIcon from '@mui/icons-material/VisibilityOffOutlined';
import ShowIcon from '@mui/icons-material/VisibilityOutlined';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { LotView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { useMoney } from '../format/useMoney.ts';
import { MoneyField } from '../parts/fields.tsx';
import { useClosed, useMe } from '../parts/useTrading.ts';
import { send } from '../state/requests.ts';
import { t } from '../text/t.ts';
import { OnItsWay } from './OnItsWay.tsx';

const Sealed = ({ minor }: { readonly minor: number | null }) => {
  const money = useMoney();
  const [shown, setShown] = useState(false);
  return (
    <Stack direction="row" spacing={1} sx={{ alignItems: 'center' }}>
      <Typography>{shown && minor !== null ? t.lot.sealedIt(money.show(minor)) : t.lot.hidden}</Typography>
      {minor === null ? null : (
        <IconButton aria-label={shown ? t.lot.hide : t.lot.show} onClick={() => setShown(!shown)}>
          {shown ? <HideIcon /> : <ShowIcon />}
        </IconButton>
      )}
    </Stack>
  );
};

export const SealBox = ({ lot }: { readonly lot: LotView }) => {
  const money = useMoney();
  const closed = useClosed();
  const me = useMe();
  const [typed, setTyped] = useState('');
  const rounds = lot.rounds;
  const mine = rounds?.seals.find((seal) => seal.round === rounds.round && seal.bidder.peerId === me);
  const takesPart = lot.kind !== 'rounds' || lot.joined;
  const parsed = money.parse(typed);
  const low = parsed.ok && parsed.minor < lot.startPrice.minor ? t.lot.minimumIs(money.show(lot.startPrice.minor)) : null;
  const { lotId } = lot;
  const seal = (): void => {
    if (!parsed.ok) return;
    setTyped('');
    void send(lotId, (requestId) => client().call('auction.bid', { lotId, amount: money.plain(parsed.minor), requestId }));
  };
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Stack
        component="form"
        noValidate
        spacing={1.5}
        onSubmit={(event) => {
          event.preventDefault();
          if (low === null) seal();
        }}
      >
        <Typography component="h2" variant="h3">
          {t.lot.yourBid}
        </Typography>
        <OnItsWay lotId={lotId} />
        {mine !== undefined ? <Sealed minor={mine.own?.minor ?? mine.amount?.minor ?? null} /> : null}
        {mine === undefined && takesPart ? (
          <>
            <MoneyField
              label={t.lot.sealAmount}
              value={typed}
              onChange={setTyped}
              problem={low}
              help={t.lot.minimumIs(money.show(lot.startPrice.minor))}
              required
            />
            <Button type="submit" variant="contained" size="large" data-bid="" disabled={closed !== null || !parsed.ok || low !== null}>
              {t.lot.seal}
            </Button>
          </>
        ) : null}
        {takesPart ? null : <Typography>{t.lot.joinFirst}</Typography>}
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t.lot.sealHelp}
        </Typography>
        {closed === null ? null : <Alert severity="error">{closed}</Alert>}
      </Stack>
    </Paper>
  );
};
