/** A maximum up to which the rules bid; only this desktop shows it. */
import { useState } from 'react';
import DialogContentText from '@mui/material/DialogContentText';
import type { LotView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { useMoney } from '../format/useMoney.ts';
import { FormDialog } from '../parts/FormDialog.tsx';
import { MoneyField } from '../parts/fields.tsx';
import { send } from '../state/requests.ts';
import { t } from '../text/t.ts';

export const AutoBidDialog = ({ lot, onClose }: { readonly lot: LotView; onClose(): void }) => {
  const money = useMoney();
  const [maximum, setMaximum] = useState('');
  const parsed = money.parse(maximum);
  const least = lot.youLead ? (lot.yourLimit ?? lot.price ?? lot.startPrice).minor + 1 : (lot.nextBid ?? lot.startPrice).minor;
  const low = parsed.ok && parsed.minor < least ? t.lot.atLeast(money.show(least)) : null;
  const { lotId } = lot;
  return (
    <FormDialog
      title={t.lot.autoBidTitle}
      submit={t.lot.setUpTo(parsed.ok ? money.show(parsed.minor) : '…')}
      disabled={!parsed.ok || low !== null}
      onClose={onClose}
      onSubmit={() =>
        parsed.ok
          ? send(lotId, (requestId) => client().call('auction.autobid', { lotId, amount: money.plain(parsed.minor), requestId }))
          : null
      }
    >
      <DialogContentText>{t.lot.autoBidText}</DialogContentText>
      <MoneyField label={t.lot.maximum} value={maximum} onChange={setMaximum} problem={low} required />
    </FormDialog>
  );
};
