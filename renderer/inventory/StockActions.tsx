/**
 * What can be done with one item of a warehouse: my own with all verbs, that of others with a look at its ledger.
 */
import { useState } from 'react';
import MoreIcon from '@mui/icons-material/MoreVertOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import type { StockView } from '../../shared/views.ts';
import { t } from '../text/t.ts';

export type StockAction = 'in' | 'out' | 'adjust' | 'edit' | 'offer' | 'auction' | 'ledger';

interface Props {
  readonly row: StockView;
  readonly mine: boolean;
  readonly closed: boolean;
  onAction(row: StockView, action: StockAction): void;
}

export const StockActions = ({ row, mine, closed, onAction }: Props) => {
  const [menu, setMenu] = useState<HTMLElement | null>(null);
  const choose = (action: StockAction) => () => {
    setMenu(null);
    onAction(row, action);
  };
  if (!mine) {
    return (
      <Button size="small" onClick={choose('ledger')} aria-label={t.inventory.ledgerOf(row.name)}>
        {t.inventory.ledgerMenu}
      </Button>
    );
  }
  return (
    <Box sx={{ whiteSpace: 'nowrap' }}>
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
        <MenuItem disabled={closed} onClick={choose('edit')}>
          {t.inventory.editMenu}
        </MenuItem>
        <MenuItem disabled={closed || row.available === 0} onClick={choose('offer')}>
          {t.inventory.offerMenu}
        </MenuItem>
        <MenuItem disabled={closed || row.available === 0} onClick={choose('auction')}>
          {t.inventory.auctionMenu}
        </MenuItem>
        <MenuItem onClick={choose('ledger')}>{t.inventory.ledgerMenu}</MenuItem>
      </Menu>
    </Box>
  );
};
