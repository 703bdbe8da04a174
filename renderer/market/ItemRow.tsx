/**
 * One item: what it is, who sells it, from which price, and [Buy]. Opens to the offers behind the price.
 */
import { memo, useState } from 'react';
import ExpandIcon from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Collapse from '@mui/material/Collapse';
import IconButton from '@mui/material/IconButton';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { ItemView } from '../../shared/views.ts';
import { plainRefusal } from '../format/refusal.ts';
import { useMoney } from '../format/useMoney.ts';
import { Picture } from '../parts/Picture.tsx';
import { StateChip } from '../parts/StateChip.tsx';
import { Explained } from '../parts/Explained.tsx';
import { t } from '../text/t.ts';
import { OfferTable } from './OfferTable.tsx';
import { type Absence, buyState } from './fill.ts';

interface Props {
  readonly item: ItemView;
  /** Why nobody offers it, if nobody does. */
  readonly absence: Absence;
  /** Why nothing can be bought right now, or null. */
  readonly closed: string | null;
  onBuy(itemId: string): void;
}

/** At most three names; a name is never broken at its hyphen. */
const Sellers = ({ item }: { readonly item: ItemView }) => {
  const names = [...new Set(item.offers.map((offer) => offer.seller.name))];
  const shown = names.length > 3 ? names.slice(0, 2) : names;
  return (
    <>
      {shown.flatMap((name, i) => [
        i === 0 ? '' : ' ',
        <Box key={name} component="span" sx={{ whiteSpace: 'nowrap' }}>
          {i < shown.length - 1 ? `${name},` : name}
        </Box>,
      ])}
      {names.length > shown.length ? ` ${t.market.andMore(names.length - shown.length)}` : ''}
    </>
  );
};

export const ItemRow = memo(function ItemRow({ item, absence, closed, onBuy }: Props) {
  const money = useMoney();
  const [open, setOpen] = useState(false);
  const state = buyState(item);
  const why = state === 'own' ? plainRefusal('OWN_GOODS') : state === 'soldOut' ? null : closed;
  return (
    <>
      <TableRow hover sx={{ '& > *': { borderBottom: open ? 'none' : undefined } }} data-testid={`item-${item.itemId}`}>
        <TableCell padding="checkbox">
          <IconButton
            size="small"
            aria-label={t.market.showOffers(item.name)}
            aria-expanded={open}
            disabled={item.offers.length === 0}
            onClick={() => setOpen(!open)}
          >
            <ExpandIcon sx={{ transform: open ? 'rotate(180deg)' : 'none' }} />
          </IconButton>
        </TableCell>
        <TableCell component="th" scope="row" sx={{ width: '45%', minWidth: 160, maxWidth: 0 }}>
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
            <Picture itemId={item.itemId} hash={item.picture} name={item.name} size={48} />
            <Box sx={{ minWidth: 0 }}>
              <Typography sx={{ fontWeight: 600 }}>{item.name}</Typography>
              <Typography variant="body2" sx={{ color: 'text.secondary' }} noWrap title={item.description}>
                {[item.category, item.description].filter((text) => text !== '').join(' · ')}
              </Typography>
            </Box>
          </Box>
        </TableCell>
        <TableCell sx={{ minWidth: 110 }}>
          <Sellers item={item} />
        </TableCell>
        <TableCell align="right">{item.priceFrom === null ? '–' : money.show(item.priceFrom.minor)}</TableCell>
        <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
          {item.available === 0 && item.offers.length === 0 ? (
            <StateChip
              of="offer"
              state={absence}
              sx={{ display: { xs: 'flex', lg: 'inline-flex' }, width: 'fit-content', ml: 'auto', mr: { xs: 0, lg: 1 } }}
            />
          ) : null}
          <span data-testid={`item-${item.itemId}-available`}>{t.market.available(item.available)}</span>
        </TableCell>
        <TableCell align="right">{item.myStock}</TableCell>
        <TableCell align="right">
          <Explained why={why}>
            <Button size="small" variant="contained" disabled={state !== 'buyable' || closed !== null} onClick={() => onBuy(item.itemId)}>
              {t.market.buy}
            </Button>
          </Explained>
        </TableCell>
      </TableRow>
      {item.offers.length === 0 ? null : (
        <TableRow>
          <TableCell colSpan={7} sx={{ py: 0, borderBottom: open ? undefined : 'none' }}>
            <Collapse in={open} unmountOnExit>
              <Box sx={{ py: 1, pl: { xs: 0, md: 5 } }}>
                <Typography variant="body2" sx={{ color: 'text.secondary', mb: 0.5 }}>
                  {state === 'own' ? plainRefusal('OWN_GOODS') : t.market.fillOrder}
                  {item.barcode === '' ? '' : ` ${t.codes.barcodeIs(item.barcode)}.`}
                </Typography>
                <OfferTable item={item} withdraw />
              </Box>
            </Collapse>
          </TableCell>
        </TableRow>
      )}
    </>
  );
});
