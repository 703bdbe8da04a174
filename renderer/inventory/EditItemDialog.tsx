/**
 * Name and description for who made the item; the level at which it counts as low for everybody who has some.
 */
import { useState } from 'react';
import Alert from '@mui/material/Alert';
import TextField from '@mui/material/TextField';
import type { StockView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { FormDialog } from '../parts/FormDialog.tsx';
import { NameField, WholeField, parseWhole } from '../parts/fields.tsx';
import { useMe } from '../parts/useTrading.ts';
import { send } from '../state/requests.ts';
import { t } from '../text/t.ts';

export const EditItemDialog = ({ row, onClose }: { readonly row: StockView; onClose(): void }) => {
  const mine = row.maker.peerId === useMe();
  const [name, setName] = useState(row.name);
  const [description, setDescription] = useState(row.description);
  const [low, setLow] = useState(String(row.lowLevel));
  const lowLevel = parseWhole(low);
  const lowIsGood = lowLevel !== null && lowLevel >= 0;
  const changes = {
    ...(name.trim() === row.name ? {} : { name: name.trim() }),
    ...(description.trim() === row.description ? {} : { description: description.trim() }),
    ...(lowLevel === row.lowLevel || lowLevel === null ? {} : { lowLevel }),
  };
  return (
    <FormDialog
      title={t.inventory.edit(row.name)}
      submit={t.inventory.save}
      disabled={name.trim() === '' || !lowIsGood || Object.keys(changes).length === 0}
      onClose={onClose}
      onSubmit={() => send(row.itemId, (requestId) => client().call('item.edit', { itemId: row.itemId, ...changes, requestId }))}
    >
      {mine ? (
        <>
          <NameField label={t.common.name} value={name} onChange={setName} />
          <TextField
            label={t.common.description}
            value={description}
            multiline
            maxRows={6}
            onChange={(event) => setDescription(event.target.value)}
            slotProps={{ htmlInput: { maxLength: 2000 } }}
          />
        </>
      ) : (
        <Alert severity="info">{t.inventory.notMaker(row.maker.name)}</Alert>
      )}
      <WholeField
        label={t.market.lowLevel}
        value={low}
        onChange={setLow}
        problem={lowIsGood ? null : t.common.wholeNumber}
        help={t.market.lowHelp}
      />
    </FormDialog>
  );
};
