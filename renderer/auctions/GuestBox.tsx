/**
 * Bids of people in the room who have no desktop: the auctioneer and the operator choose a paddle and enter what it bids. The number is
 * typed, the amount is the next one unless another is typed, and everybody reads who entered it.
 */
import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Autocomplete from '@mui/material/Autocomplete';
import FormControlLabel from '@mui/material/FormControlLabel';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { GuestView } from '../../shared/guestViews.ts';
import type { LotView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { useMoney } from '../format/useMoney.ts';
import { MoneyField } from '../parts/fields.tsx';
import { useRead } from '../parts/useRead.ts';
import { useClosed } from '../parts/useTrading.ts';
import { href } from '../state/route.ts';
import { send } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { TwoClicks } from './TwoClicks.tsx';

type How = 'auction.bid' | 'auction.autobid' | 'auction.buyNow';
interface Asked {
  readonly how: How;
  readonly guest: GuestView;
  readonly minor: number;
}

const ask = ({ lotId }: LotView, { how, guest: { paddle: guest } }: Asked, amount: string): void => {
  void send(lotId, (requestId) =>
    how === 'auction.buyNow' ? client().call(how, { lotId, guest, requestId }) : client().call(how, { lotId, amount, guest, requestId }),
  );
};

const Entry = ({ lot, guests }: { readonly lot: LotView; readonly guests: readonly GuestView[] }) => {
  const money = useMoney();
  const closed = useClosed();
  const [account, setAccount] = useState<string | null>(null);
  /** What stands in the field of the paddle. */
  const [typed, setTyped] = useState('');
  const [own, setOwn] = useState('');
  const [limit, setLimit] = useState(false);
  /** Waits for the second click. */
  const [asked, setAsked] = useState<Asked | null>(null);
  const guest = guests.find((one) => one.account === account) ?? null;
  const unknown = guest === null && !guests.some(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()));
  const next = (lot.nextBid ?? lot.price ?? lot.startPrice).minor;
  const parsed = money.parse(own);
  const chosen = own.trim() === '' ? next : parsed.ok ? parsed.minor : null;
  const leads = guest !== null && lot.leading?.peerId === guest.account && lot.kind === 'open';
  const low = chosen !== null && chosen < next && !leads ? t.lot.atLeast(money.show(next)) : null;
  const mayLimit = lot.autoBidAllowed && lot.kind === 'open';
  const asLimit = mayLimit && limit;
  const change = (then: () => void): void => {
    setAsked(null);
    then();
  };
  const confirm = (): void => {
    if (asked === null) return;
    ask(lot, asked, money.plain(asked.minor));
    setAsked(null);
    setOwn('');
  };
  const button = (how: How, minor: number | null, text: string, blocked: boolean): React.JSX.Element => (
    <TwoClicks
      quiet={how === 'auction.buyNow'}
      main={lot.mine && how !== 'auction.buyNow'}
      asking={asked?.how === how ? t.guests.confirm(money.show(asked.minor), asked.guest.label) : null}
      disabled={closed !== null || guest === null || minor === null || blocked}
      onAsk={() => (guest === null || minor === null ? undefined : setAsked({ how, guest, minor }))}
      onConfirm={confirm}
      onCancel={() => setAsked(null)}
    >
      {text}
    </TwoClicks>
  );
  const amount = money.show(chosen ?? next);
  return (
    <>
      <Autocomplete
        options={guests}
        value={guest}
        autoHighlight
        getOptionLabel={(one) => one.label}
        isOptionEqualToValue={(one, other) => one.account === other.account}
        onChange={(_, one) => change(() => setAccount(one?.account ?? null))}
        // A number that nobody has stays, so that it can be read what was wrong, and no longer means who was chosen before.
        clearOnBlur={false}
        inputValue={typed}
        onInputChange={(_, text, reason) => {
          if (reason === 'reset' && text === '') return;
          setTyped(text);
          if (reason === 'input') change(() => setAccount(null));
        }}
        noOptionsText={t.guests.noSuch}
        renderInput={(params) => (
          <TextField {...params} label={t.guests.paddleOrName} error={unknown} helperText={unknown ? t.guests.noSuch : null} />
        )}
      />
      <MoneyField
        label={asLimit ? t.guests.limitAmount : t.guests.amount}
        value={own}
        problem={low}
        help={t.guests.amountHelp(money.show(next))}
        onChange={(text) => change(() => setOwn(text))}
      />
      {mayLimit ? (
        <FormControlLabel control={<Switch checked={limit} onChange={(_, on) => change(() => setLimit(on))} />} label={t.guests.asLimit} />
      ) : null}
      {button(
        asLimit ? 'auction.autobid' : 'auction.bid',
        chosen,
        guest === null ? t.lot.bid(amount) : asLimit ? t.guests.limitFor(amount, guest.label) : t.guests.bidFor(amount, guest.label),
        low !== null || (leads && !asLimit),
      )}
      {leads && !asLimit ? <Typography>{t.guests.leads(guest.label)}</Typography> : null}
      {lot.buyNow === null ? null : button('auction.buyNow', lot.buyNow.minor, t.lot.buyNow(money.show(lot.buyNow.minor)), false)}
      {closed === null ? null : <Alert severity="error">{closed}</Alert>}
    </>
  );
};

const Desk = ({ lot }: { readonly lot: LotView }) => {
  const entry = useView((view) => view.status?.appliedIndex ?? 0);
  const money = useMoney();
  const { value } = useRead(`guests/${entry}`, () => client().call('guests', {}));
  if (value === null) return null;
  const guests = value.value;
  const { guestLimit } = lot;
  return (
    <Paper component="section" aria-label={t.guests.enter} variant="outlined" sx={{ p: 2 }}>
      <Stack spacing={1.5}>
        <Typography component="h2" variant="h3">
          {t.guests.enter}
        </Typography>
        {guestLimit === null ? null : (
          <Typography variant="body2">{t.guests.limitNow(guestLimit.guest.name, money.show(guestLimit.limit.minor))}</Typography>
        )}
        {guests.length === 0 ? (
          <Typography>
            {t.guests.none} <Link href={href('activity', 'guests')}>{t.guests.toGuests}</Link>
          </Typography>
        ) : (
          <Entry key={lot.lotId} lot={lot} guests={guests} />
        )}
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t.guests.enterHelp}
        </Typography>
      </Stack>
    </Paper>
  );
};

/** Sealed bids are nobody's to enter for somebody else. */
export const GuestBox = ({ lot }: { readonly lot: LotView }) =>
  lot.mayEnter && lot.rounds === null && lot.state === 'live' ? <Desk lot={lot} /> : null;
