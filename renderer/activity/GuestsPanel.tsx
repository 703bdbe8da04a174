/**
 * The desk: who in the room has which paddle, what they owe, and what they paid. Only the operator registers, renames and credits;
 * where guests may owe, what they paid is said in Settle up.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { GuestView } from '../../shared/guestViews.ts';
import { FIRST_GUEST_PADDLE, LAST_GUEST_PADDLE } from '../../shared/guests.ts';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { useMoney } from '../format/useMoney.ts';
import { Empty } from '../parts/Empty.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { MoneyField, NameField, parseWhole, WholeField } from '../parts/fields.tsx';
import { Section } from '../parts/Section.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { useRead } from '../parts/useRead.ts';
import { useWhyNotOperator } from '../settings/useOperator.ts';
import { send } from '../state/requests.ts';
import { href } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

const Register = () => {
  const [name, setName] = useState('');
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const paddle = parseWhole(typed);
  const bad = typed.trim() !== '' && (paddle === null || paddle < FIRST_GUEST_PADDLE || paddle > LAST_GUEST_PADDLE);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (busy || bad) return;
    setBusy(true);
    const given = { ...(name.trim() === '' ? {} : { name: name.trim() }), ...(paddle === null ? {} : { paddle }) };
    void send('guests', (requestId) => client().call('guest.add', { ...given, requestId })).then((answer) => {
      setBusy(false);
      if (answer === 'not') return;
      setName('');
      setTyped('');
    });
  };
  return (
    <Section title={t.guests.register}>
      <Box
        component="form"
        onSubmit={save}
        noValidate
        sx={{ display: 'grid', gap: 1.5, alignItems: 'start', gridTemplateColumns: { xs: '1fr', md: '3fr 1fr auto' } }}
      >
        <TextField
          label={t.guests.name}
          value={name}
          onChange={(event) => setName(event.target.value)}
          helperText={t.guests.nameHelp}
          slotProps={{ htmlInput: { maxLength: 80, autoComplete: 'off' } }}
        />
        <WholeField
          label={t.guests.paddle}
          value={typed}
          problem={bad ? t.guests.paddleBad(FIRST_GUEST_PADDLE, LAST_GUEST_PADDLE) : null}
          help={t.guests.paddleHelp}
          onChange={setTyped}
        />
        <Button type="submit" variant="contained" disabled={busy || bad} sx={{ mt: 0.5 }}>
          {t.guests.add}
        </Button>
      </Box>
    </Section>
  );
};

const Rename = ({ guest, onClose }: { readonly guest: GuestView; onClose(): void }) => {
  const [name, setName] = useState(guest.name);
  const wanted = name.trim();
  return (
    <FormDialog
      title={t.guests.renameOf(guest.label)}
      submit={t.guests.rename}
      disabled={wanted === '' || wanted === guest.name}
      onClose={onClose}
      onSubmit={() => send('guests', (requestId) => client().call('guest.rename', { paddle: guest.paddle, name: wanted, requestId }))}
    >
      <NameField label={t.guests.name} value={name} help={t.guests.nameHelp} onChange={setName} />
    </FormDialog>
  );
};

const Credit = ({ guest, onClose }: { readonly guest: GuestView; onClose(): void }) => {
  const money = useMoney();
  const [amount, setAmount] = useState('');
  const parsed = money.parse(amount);
  const shown = parsed.ok ? money.show(parsed.minor) : '…';
  return (
    <FormDialog
      title={t.guests.creditOf(guest.label)}
      submit={t.guests.creditDo(shown)}
      disabled={!parsed.ok || parsed.minor < 1}
      onClose={onClose}
      onSubmit={() =>
        parsed.ok
          ? send('guests', (requestId) =>
              client().call('account.credit', {
                peerId: guest.account,
                amount: money.plain(parsed.minor),
                reason: t.guests.creditReason,
                requestId,
              }),
            )
          : null
      }
    >
      <MoneyField label={t.common.amount} value={amount} required help={t.guests.creditHelp} onChange={setAmount} />
    </FormDialog>
  );
};

type Act = { readonly what: 'rename' | 'credit'; readonly guest: GuestView };

const Guests = ({ guests, mayAct, onAct }: { readonly guests: readonly GuestView[]; readonly mayAct: boolean; onAct(act: Act): void }) => {
  const money = useMoney();
  // Where a guest may owe, money of the desk belongs to whom it owes: crediting it would leave the sellers with a claim on nobody.
  const debts = useView((view) => view.status?.market?.allowNegative !== false);
  return (
    <TableBox label={t.guests.table}>
      <Table aria-label={t.guests.table}>
        <TableHead>
          <TableRow>
            <TableCell align="right">{t.guests.paddle}</TableCell>
            <TableCell>{t.common.name}</TableCell>
            <TableCell align="right">{t.balance.balance}</TableCell>
            <TableCell>{t.guests.by}</TableCell>
            {mayAct ? <TableCell align="right">{t.common.actions}</TableCell> : null}
          </TableRow>
        </TableHead>
        <TableBody>
          {guests.map((guest) => (
            <TableRow key={guest.account} data-testid={guest.account}>
              <TableCell component="th" scope="row" align="right" sx={{ fontWeight: 700 }}>
                {guest.paddle}
              </TableCell>
              <TableCell>{guest.name === '' ? '–' : guest.name}</TableCell>
              <TableCell align="right">{guest.balance === null ? '–' : money.show(guest.balance.minor)}</TableCell>
              <TableCell>{guest.by.name}</TableCell>
              {mayAct ? (
                <TableCell align="right">
                  <Button size="small" aria-label={t.guests.renameOf(guest.label)} onClick={() => onAct({ what: 'rename', guest })}>
                    {t.guests.rename}
                  </Button>
                  {debts ? (
                    <Button size="small" component="a" href={href('activity', 'settle')} aria-label={t.guests.settleOf(guest.label)}>
                      {t.activity.tabs.settle}
                    </Button>
                  ) : (
                    <Button size="small" aria-label={t.guests.creditOf(guest.label)} onClick={() => onAct({ what: 'credit', guest })}>
                      {t.guests.credit}
                    </Button>
                  )}
                </TableCell>
              ) : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableBox>
  );
};

export const GuestsPanel = () => {
  const entry = useView((view) => view.status?.appliedIndex ?? 0);
  const why = useWhyNotOperator();
  const { value, error } = useRead(`guests/${entry}`, () => client().call('guests', {}));
  const [act, setAct] = useState<Act | null>(null);
  if (error !== null) return <Alert severity="error">{refusalText(error)}</Alert>;
  if (value === null) return null;
  const close = (): void => setAct(null);
  return (
    <Stack spacing={2}>
      <Typography sx={{ color: 'text.secondary', maxWidth: '75ch' }}>{t.guests.help}</Typography>
      {why === null ? (
        <Register />
      ) : (
        <Alert severity="info" role="note">
          {why}
        </Alert>
      )}
      {value.value.length === 0 ? <Empty text={t.guests.none} /> : <Guests guests={value.value} mayAct={why === null} onAct={setAct} />}
      {act?.what === 'rename' ? <Rename guest={act.guest} onClose={close} /> : null}
      {act?.what === 'credit' ? <Credit guest={act.guest} onClose={close} /> : null}
    </Stack>
  );
};
