/**
 * Stock in, stock out, adjust: three verbs that cannot be mistaken for buying and selling.
 */
import { useState } from 'react';
import TextField from '@mui/material/TextField';
import type { StockView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { FormDialog } from '../parts/FormDialog.tsx';
import { WholeField, parseWhole, quantityProblem } from '../parts/fields.tsx';
import { send } from '../state/requests.ts';
import type { Answer } from '../state/requests.ts';
import { t } from '../text/t.ts';

export type StockChange = 'in' | 'out' | 'adjust';

const sendChange = (change: StockChange, itemId: string, count: number, reason: string): Promise<Answer> =>
  send(itemId, (requestId) => {
    const why = reason === '' ? {} : { reason };
    if (change === 'in') return client().call('stock.in', { itemId, quantity: count, ...why, requestId });
    if (change === 'out') return client().call('stock.out', { itemId, quantity: count, ...why, requestId });
    return client().call('stock.adjust', { itemId, delta: count, reason, requestId });
  });

interface Props {
  readonly row: Pick<StockView, 'itemId' | 'name' | 'onHand' | 'available'>;
  readonly change: StockChange;
  onClose(): void;
}

export const StockDialog = ({ row, change, onClose }: Props) => {
  const [count, setCount] = useState('');
  const [reason, setReason] = useState('');
  const value = parseWhole(count);
  const problem =
    change === 'adjust' ? (count.trim() === '' || (value !== null && value !== 0) ? null : t.inventory.adjustHelp) : quantityProblem(count);
  const needsReason = change === 'adjust';
  const ready = value !== null && problem === null && (!needsReason || reason.trim() !== '');
  return (
    <FormDialog
      title={t.inventory.dialog[change](row.name)}
      submit={value === null || problem !== null ? t.inventory.verbs[change] : t.inventory.submit[change](value)}
      disabled={!ready}
      onClose={onClose}
      onSubmit={() => (value === null ? null : sendChange(change, row.itemId, value, reason.trim()))}
    >
      <WholeField
        label={change === 'adjust' ? t.inventory.change : t.common.quantity}
        value={count}
        onChange={setCount}
        problem={problem}
        help={change === 'adjust' ? t.inventory.adjustHelp : t.inventory.onHandHelp(row.onHand, row.available)}
        required
      />
      <TextField
        label={t.common.reason}
        value={reason}
        required={needsReason}
        onChange={(event) => setReason(event.target.value)}
        helperText={needsReason ? t.inventory.reasonHelp : t.common.optional}
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
    </FormDialog>
  );
};
