/**
 * One item in one warehouse: what lies there, what is promised, and what may still be used.
 */
import { memo, useState } from 'react';
import MoreIcon from '@mui/icons-material/MoreVertOutlined';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import type { StockView } from '../../shared/views.ts';
import { StateChip } from '../parts/StateChip.tsx';
import { t } from '../text/t.ts';

export type StockAction = 'in' | 'out' | 'adjust' | 'offer' | 'auction' | 'ledger';

interface Props {
  readonly row: StockView;
  readonly mine: boolean;
  readonly withOwner: boolean;
  readonly closed: boolean;
  onAction(row: StockView, action: StockAction): void;
}

export const StockRow = memo(function StockRow({ row, mine, withOwner, closed, onAction }: Props) {
  const [menu, setMenu] = useState<HTMLElement | null>(null);
  const choose = (action: StockAction) => () => {
    setMenu(null);
    onAction(row, action);
  };
  return (
    <TableRow hover data-testid={`stock-${row.itemId}`}>
      <TableCell component="th" scope="row">
        <Link
          component="button"
          type="button"
          underline="hover"
          sx={{ fontWeight: 600, textAlign: 'left' }}
          onClick={choose('ledger')}
          aria-label={t.inventory.ledgerOf(row.name)}
        >
          {row.name}
        </Link>
      </TableCell>
      {withOwner ? <TableCell>{row.owner.name}</TableCell> : null}
      <TableCell align="right">{row.onHand}</TableCell>
      <TableCell align="right">{row.reserved}</TableCell>
      <TableCell align="right">{row.offered}</TableCell>
      <TableCell align="right" sx={{ fontWeight: 700 }}>
        {row.available}
      </TableCell>
      <TableCell align="right">{row.lowLevel}</TableCell>
      <TableCell>
        <StateChip of="stock" state={row.level} />
      </TableCell>
      <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
        {mine ? (
          <>
            <Button size="small" disabled={closed} onClick={choose('in')}>
              {t.inventory.verbs.in}
            </Button>
            <Button size="small" disabled={closed} onClick={choose('out')}>
              {t.inventory.verbs.out}
            </Button>
            <IconButton
              size="small"
              aria-label={t.inventory.more(row.name)}
              aria-haspopup="menu"
              aria-expanded={menu !== null}
              onClick={(event) => setMenu(event.currentTarget)}
            >
              <MoreIcon />
            </IconButton>
            <Menu open={menu !== null} anchorEl={menu} onClose={() => setMenu(null)}>
              <MenuItem disabled={closed} onClick={choose('adjust')}>
                {t.inventory.adjustMenu}
              </MenuItem>
              <MenuItem disabled={closed || row.available === 0} onClick={choose('offer')}>
                {t.inventory.offerMenu}
              </MenuItem>
              <MenuItem disabled={closed || row.available === 0} onClick={choose('auction')}>
                {t.inventory.auctionMenu}
              </MenuItem>
              <MenuItem onClick={choose('ledger')}>{t.inventory.ledgerMenu}</MenuItem>
            </Menu>
          </>
        ) : (
          <Button size="small" onClick={choose('ledger')}>
            {t.inventory.ledgerMenu}
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
});
