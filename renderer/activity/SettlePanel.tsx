/**
 * The settle-up sheet: who owes whom, what everybody bought and sold, and what has been paid. Money changes hands outside; who got it
 * says so here.
 */
import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { paddleOfGuest } from '../../shared/guests.ts';
import type { SettlementView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { timeText } from '../format/time.ts';
import { useMoney } from '../format/useMoney.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Empty } from '../parts/Empty.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { useRead } from '../parts/useRead.ts';
import { useClosed, useMe } from '../parts/useTrading.ts';
import { useWhyNotOperator } from '../settings/useOperator.ts';
import { send } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { settlementCsv } from './tables.ts';

type Transfer = SettlementView['transfers'][number];

const Debts = ({ transfers, onPaid }: { readonly transfers: readonly Transfer[]; onPaid(transfer: Transfer): void }) => {
  const money = useMoney();
  const me = useMe();
  const closed = useClosed() !== null;
  // What guests owe is paid to the operator, who says so.
  const atDesk = useWhyNotOperator() === null;
  if (transfers.length === 0) return <Empty text={t.settle.nobody} />;
  return (
    <Stack component="ul" spacing={1} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {transfers.map((transfer) => {
        const { debtor, creditor, amount } = transfer;
        const sentence = t.settle.pays(debtor.name, creditor.name, money.show(amount.minor));
        const act = creditor.peerId === me ? t.settle.paid : t.settle.atDesk;
        return (
          <Paper
            component="li"
            variant="outlined"
            key={`${debtor.peerId}/${creditor.peerId}`}
            data-testid="debt"
            sx={{ p: 1.5, display: 'flex', gap: 2, flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between' }}
          >
            <Typography>{sentence}</Typography>
            {creditor.peerId === me || (atDesk && paddleOfGuest(debtor.peerId) !== null) ? (
              <Button size="small" variant="outlined" disabled={closed} aria-label={`${act}: ${sentence}`} onClick={() => onPaid(transfer)}>
                {act}
              </Button>
            ) : null}
          </Paper>
        );
      })}
    </Stack>
  );
};

const Sums = ({ rows }: Pick<SettlementView, 'rows'>) => {
  const money = useMoney();
  return (
    <TableBox label={t.settle.sums}>
      <Table aria-label={t.settle.sums}>
        <TableHead>
          <TableRow>
            <TableCell>{t.balance.account}</TableCell>
            <TableCell align="right">{t.settle.bought}</TableCell>
            <TableCell align="right">{t.settle.sold}</TableCell>
            <TableCell align="right">{t.orders.commission}</TableCell>
            <TableCell align="right">{t.balance.balance}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.account.peerId}>
              <TableCell component="th" scope="row">
                {row.account.name}
              </TableCell>
              <TableCell align="right">{money.show(row.bought.minor)}</TableCell>
              <TableCell align="right">{money.show(row.sold.minor)}</TableCell>
              <TableCell align="right">{money.show(row.commission.minor)}</TableCell>
              <TableCell align="right" sx={{ fontWeight: 700 }}>
                {money.show(row.balance.minor)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableBox>
  );
};

const Payments = ({ payments }: Pick<SettlementView, 'payments'>) => {
  const money = useMoney();
  if (payments.length === 0) return null;
  return (
    <section aria-label={t.settle.payments}>
      <Typography component="h2" variant="h2" sx={{ mb: 1 }}>
        {t.settle.payments}
      </Typography>
      <Stack component="ul" sx={{ m: 0, pl: 2.5 }}>
        {payments.map(({ entry, at, debtor, creditor, amount, by }) => (
          <li key={entry}>{t.settle.payment(timeText(at), debtor.name, creditor.name, money.show(amount.minor), by.name)}</li>
        ))}
      </Stack>
    </section>
  );
};

export const SettlePanel = () => {
  const money = useMoney();
  const me = useMe();
  const entry = useView((view) => view.status?.appliedIndex ?? 0);
  const { value, error } = useRead(`settlement/${entry}`, () => client().call('settlement', {}));
  const [paid, setPaid] = useState<Transfer | null>(null);
  if (error !== null) return <Alert severity="error">{refusalText(error)}</Alert>;
  if (value === null) return null;
  const { rows, transfers, payments } = value.value;
  const shown = paid === null ? '' : money.show(paid.amount.minor);
  return (
    <Stack spacing={2}>
      <Stack direction="row" sx={{ justifyContent: 'space-between', flexWrap: 'wrap', gap: 1 }}>
        <Typography sx={{ color: 'text.secondary' }}>{t.settle.help}</Typography>
        <ExportButton name={t.activity.tabs.settle} text={() => settlementCsv(value.value)} />
      </Stack>
      <Debts transfers={transfers} onPaid={setPaid} />
      <Sums rows={rows} />
      <Payments payments={payments} />
      {paid === null ? null : (
        <ConfirmDialog
          open
          title={paid.creditor.peerId === me ? t.settle.paid : t.settle.atDesk}
          text={
            paid.creditor.peerId === me
              ? t.settle.paidText(paid.debtor.name, shown)
              : t.settle.atDeskText(paid.debtor.name, paid.creditor.name, shown)
          }
          confirm={t.settle.paidConfirm(shown)}
          onClose={() => setPaid(null)}
          onConfirm={() => {
            const { debtor, creditor, amount } = paid;
            setPaid(null);
            void send('settle', (requestId) =>
              client().call('settle.pay', { debtor: debtor.peerId, creditor: creditor.peerId, amount: amount.text, requestId }),
            );
          }}
        />
      )}
    </Stack>
  );
};
