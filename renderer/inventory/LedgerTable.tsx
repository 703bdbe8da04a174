/**
 * Changes of stock, oldest first: when, how much, why, what was left, who, and the log entry.
 */
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { LedgerRowView } from '../../shared/views.ts';
import { timeText } from '../format/time.ts';
import { TableBox } from '../parts/TableBox.tsx';
import { t } from '../text/t.ts';
import { signed } from './signed.ts';

interface Props {
  readonly rows: readonly LedgerRowView[];
  /** Of several warehouses: says whose each row is. */
  readonly withOwner?: boolean;
  readonly maxHeight?: number;
}

export const LedgerTable = ({ rows, withOwner = false, maxHeight }: Props) => (
  <TableBox label={t.ledger.table} plain {...(maxHeight === undefined ? {} : { maxHeight })}>
    <Table aria-label={t.ledger.table} stickyHeader={maxHeight !== undefined}>
      <TableHead>
        <TableRow>
          <TableCell>{t.common.time}</TableCell>
          {withOwner ? <TableCell>{t.inventory.owner}</TableCell> : null}
          <TableCell align="right">{t.ledger.change}</TableCell>
          <TableCell>{t.common.reason}</TableCell>
          <TableCell align="right">{t.ledger.balance}</TableCell>
          <TableCell>{t.ledger.by}</TableCell>
          <TableCell align="right">{t.common.entry}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.toReversed().map((row) => (
          <TableRow key={`${row.entry}/${row.owner.peerId}/${row.ref}/${row.change}/${row.balance}`} data-testid="ledger-row">
            <TableCell>{timeText(row.at)}</TableCell>
            {withOwner ? <TableCell>{row.owner.name}</TableCell> : null}
            <TableCell align="right" sx={{ fontWeight: 700 }}>
              {signed(row.change)}
            </TableCell>
            <TableCell>{t.said.ledger(row)}</TableCell>
            <TableCell align="right">{row.balance}</TableCell>
            <TableCell>{row.by.name}</TableCell>
            <TableCell align="right">#{row.entry}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  </TableBox>
);
