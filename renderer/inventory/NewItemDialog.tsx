/**
 * A new item in my warehouse, not yet for sale.
 */
import { useState } from 'react';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { client } from '../carrier/current.ts';
import { CodeFields, type Codes, givenCodes, noCodes, useCodeProblems } from '../parts/CodeFields.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { NameField, WholeField, parseWhole, quantityProblem } from '../parts/fields.tsx';
import { send } from '../state/requests.ts';
import { t } from '../text/t.ts';

const wholeOrNothing = (text: string): boolean => text.trim() === '' || (parseWhole(text) ?? -1) >= 0;

export const NewItemDialog = ({ barcode = '', onClose }: { readonly barcode?: string; onClose(): void }) => {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [count, setCount] = useState('');
  const [low, setLow] = useState('');
  const quantity = count.trim() === '' ? null : parseWhole(count);
  const lowLevel = low.trim() === '' ? null : parseWhole(low);
  const [codes, setCodes] = useState<Codes>({ ...noCodes, barcode });
  const problems = useCodeProblems(codes, null);
  const ready =
    name.trim() !== '' && quantityProblem(count) === null && wholeOrNothing(low) && problems.barcode === null && problems.sku === null;
  return (
    <FormDialog
      title={t.inventory.newItem}
      submit={t.inventory.create}
      disabled={!ready}
      onClose={onClose}
      onSubmit={() =>
        send(name, (requestId) =>
          client().call('item.create', {
            name: name.trim(),
            ...(description.trim() === '' ? {} : { description: description.trim() }),
            ...givenCodes(codes),
            ...(quantity === null ? {} : { quantity }),
            ...(lowLevel === null ? {} : { lowLevel }),
            requestId,
          }),
        )
      }
    >
      <NameField label={t.common.name} value={name} onChange={setName} />
      <TextField
        label={t.common.description}
        value={description}
        onChange={(event) => setDescription(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 2000 } }}
      />
      <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2}>
        <WholeField label={t.common.quantity} value={count} onChange={setCount} problem={quantityProblem(count)} help={t.common.optional} />
        <WholeField
          label={t.market.lowLevel}
          value={low}
          onChange={setLow}
          problem={wholeOrNothing(low) ? null : t.common.wholeNumber}
          help={t.market.lowHelp}
        />
      </Stack>
      <CodeFields codes={codes} problems={problems} maker onChange={setCodes} />
    </FormDialog>
  );
};
