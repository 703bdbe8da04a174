/**
 * How many, and exactly what that costs: the button says it before anybody presses it.
 */
import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { ItemView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { plainRefusal } from '../format/refusal.ts';
import { useMoney } from '../format/useMoney.ts';
import { FormDialog } from '../parts/FormDialog.tsx';
import { WholeField, parseWhole, quantityProblem } from '../parts/fields.tsx';
import { useMe } from '../parts/useTrading.ts';
import { send } from '../state/requests.ts';
import { t } from '../text/t.ts';
import { OfferTable } from './OfferTable.tsx';
import { fill } from './fill.ts';

export const BuyDialog = ({ item, onClose }: { readonly item: ItemView; onClose(): void }) => {
  const me = useMe();
  const money = useMoney();
  const [text, setText] = useState('1');
  const wanted = parseWhole(text);
  const problem = quantityProblem(text);
  const valid = wanted !== null && problem === null;
  const filled = fill(item.offers, me, valid ? wanted : 0);
  const short = valid && filled.quantity < wanted;
  return (
    <FormDialog
      title={t.market.buyTitle(item.name)}
      submit={valid && !short ? t.market.buyFor(wanted, money.show(filled.total)) : t.market.buy}
      disabled={!valid || short}
      onClose={onClose}
      onSubmit={() =>
        valid ? send(item.itemId, (requestId) => client().call('order.buy', { itemId: item.itemId, quantity: wanted, requestId })) : null
      }
    >
      <WholeField label={t.common.quantity} value={text} onChange={setText} problem={problem} help={t.market.availableHelp(item.buyable)} />
      {short ? (
        <Alert
          severity="warning"
          action={
            item.buyable === 0 ? undefined : (
              <Button color="inherit" size="small" onClick={() => setText(String(item.buyable))}>
                {t.market.takeCount(item.buyable)}
              </Button>
            )
          }
        >
          {item.buyable === 0 ? t.market.soldOutNow(item.name) : plainRefusal('INSUFFICIENT', { available: item.buyable, item: item.name })}
        </Alert>
      ) : null}
      {item.offers.length === 0 ? null : (
        <>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t.market.fillOrder}
          </Typography>
          <OfferTable item={item} />
        </>
      )}
    </FormDialog>
  );
};
