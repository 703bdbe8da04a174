/**
 * Sales: who bought what from whom, and the commission.
 */
import CrossIcon from '@mui/icons-material/CallSplitOutlined';
import Alert from '@mui/material/Alert';
import Chip from '@mui/material/Chip';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { timeText } from '../format/time.ts';
import { useMoney } from '../format/useMoney.ts';
import { Empty } from '../parts/Empty.tsx';
import { useRead } from '../parts/useRead.ts';
import { useMe } from '../parts/useTrading.ts';
import { TableBox } from '../parts/TableBox.tsx';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

export const OrderList = () => {
  const money = useMoney();
  const me = useMe();
  const entry = useView((view) => view.status?.appliedIndex ?? 0);
  const { value, error } = useRead(`orders/${entry}`, () => client().call('orders', {}));
  if (error !== null) return <Alert severity="error">{refusalText(error)}</Alert>;
  const orders = value?.value ?? [];
  if (orders.length === 0) return <Empty text={t.orders.empty} />;
  return (
    <TableBox label={t.orders.table}>
      <Table aria-label={t.orders.table}>
        <TableHead>
          <TableRow>
            <TableCell>{t.common.time}</TableCell>
            <TableCell>{t.orders.what}</TableCell>
            <TableCell>{t.orders.buyer}</TableCell>
            <TableCell>{t.orders.sellers}</TableCell>
            <TableCell align="right">{t.orders.total}</TableCell>
            <TableCell align="right">{t.orders.commission}</TableCell>
            <TableCell align="right">{t.common.entry}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {orders
            .toSorted((a, b) => b.entry - a.entry)
            .map((order) => (
              <TableRow key={order.orderId} data-testid="order-row">
                <TableCell>{timeText(order.at)}</TableCell>
                <TableCell component="th" scope="row">
                  {t.orders.goods(order.quantity, order.name)}{' '}
                  {order.concurrent ? <Chip icon={<CrossIcon />} color="secondary" label={t.orders.concurrent} sx={{ ml: 1 }} /> : null}
                </TableCell>
                <TableCell>{order.buyer.peerId === me ? t.common.you(order.buyer.name) : order.buyer.name}</TableCell>
                <TableCell>
                  {order.fills.map((fill) => t.orders.fill(fill.quantity, fill.seller.name, money.show(fill.price.minor))).join(', ')}
                </TableCell>
                <TableCell align="right" sx={{ fontWeight: 700 }}>
                  {money.show(order.total.minor)}
                </TableCell>
                <TableCell align="right">{money.show(order.fills.reduce((sum, fill) => sum + fill.commission.minor, 0))}</TableCell>
                <TableCell align="right">#{order.entry}</TableCell>
              </TableRow>
            ))}
        </TableBody>
      </Table>
    </TableBox>
  );
};
