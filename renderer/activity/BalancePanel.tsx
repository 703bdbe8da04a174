/**
 * Credits, not payments: what I have, what my winning bids hold back, what commission brought; and the same for everybody.
 */
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useMoney } from '../format/useMoney.ts';
import { TableBox } from '../parts/TableBox.tsx';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

const Figure = ({ label, value, testid }: { readonly label: string; readonly value: string; readonly testid: string }) => (
  <Paper variant="outlined" sx={{ p: 2, minWidth: 180, flexGrow: 1 }}>
    <Typography variant="body2" sx={{ color: 'text.secondary' }}>
      {label}
    </Typography>
    <Typography data-testid={testid} sx={{ fontSize: '1.75rem', fontWeight: 700 }}>
      {value}
    </Typography>
  </Paper>
);

export const BalancePanel = () => {
  const balance = useView((view) => view.balance);
  const money = useMoney();
  if (balance === null) return null;
  const { me, accounts, minted } = balance;
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mb: 2 }}>
        <Figure label={t.balance.balance} value={money.show(me.balance.minor)} testid="my-balance" />
        <Figure label={t.balance.held} value={money.show(me.held.minor)} testid="my-held" />
        <Figure label={t.balance.commission} value={money.show(me.commission.minor)} testid="my-commission" />
      </Box>
      <TableBox label={t.balance.accounts}>
        <Table aria-label={t.balance.accounts}>
          <TableHead>
            <TableRow>
              <TableCell>{t.balance.account}</TableCell>
              <TableCell align="right">{t.balance.balance}</TableCell>
              <TableCell align="right">{t.balance.held}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {accounts.map((account) => (
              <TableRow key={account.account} data-testid={`account-${account.account}`}>
                <TableCell component="th" scope="row">
                  {account.name}
                </TableCell>
                <TableCell align="right">{money.show(account.balance.minor)}</TableCell>
                <TableCell align="right">{money.show(account.held.minor)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableBox>
      <Typography variant="body2" sx={{ color: 'text.secondary', mt: 1 }}>
        {t.balance.minted(money.show(minted.minor))}
      </Typography>
    </>
  );
};
