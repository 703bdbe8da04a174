/**
 * The offers of one item in the order they are filled: cheapest first, at the same price the earlier log entry.
 */
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ItemView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { timeText } from '../format/time.ts';
import { useMoney } from '../format/useMoney.ts';
import { useMe } from '../parts/useTrading.ts';
import { send } from '../state/requests.ts';
import { t } from '../text/t.ts';

export const OfferTable = ({ item, withdraw = false }: { readonly item: ItemView; readonly withdraw?: boolean }) => {
  const me = useMe();
  const money = useMoney();
  const numbered = item.offers.some(({ sku }) => sku !== '');
  return (
    <Table aria-label={t.market.offersOf(item.name)}>
      <TableHead>
        <TableRow>
          <TableCell>{t.market.seller}</TableCell>
          {numbered ? <TableCell>{t.codes.sku}</TableCell> : null}
          <TableCell align="right">{t.common.price}</TableCell>
          <TableCell align="right">{t.market.remaining}</TableCell>
          <TableCell align="right">{t.common.entry}</TableCell>
          <TableCell>{t.common.time}</TableCell>
          {withdraw ? <TableCell>{t.common.actions}</TableCell> : null}
        </TableRow>
      </TableHead>
      <TableBody>
        {item.offers.map((offer) => (
          <TableRow key={offer.offerId}>
            <TableCell>{offer.seller.peerId === me ? t.common.you(offer.seller.name) : offer.seller.name}</TableCell>
            {numbered ? <TableCell>{offer.sku}</TableCell> : null}
            <TableCell align="right">{money.show(offer.price.minor)}</TableCell>
            <TableCell align="right">{offer.remaining}</TableCell>
            <TableCell align="right">#{offer.entry}</TableCell>
            <TableCell>{timeText(offer.at)}</TableCell>
            {withdraw ? (
              <TableCell>
                {offer.seller.peerId === me ? (
                  <Button
                    size="small"
                    onClick={() =>
                      void send(item.itemId, (requestId) => client().call('offer.withdraw', { offerId: offer.offerId, requestId }))
                    }
                  >
                    {t.market.withdraw}
                  </Button>
                ) : null}
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};
