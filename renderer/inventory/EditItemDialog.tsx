/**
 * Name, description, category and barcode for who made the item; SKU and low level for everybody who has some.
 */
import { useState } from 'react';
import Alert from '@mui/material/Alert';
import TextField from '@mui/material/TextField';
import type { StockView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { changedCodes, CodeFields, type Codes, useCodeProblems } from '../parts/CodeFields.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { usePicture } from '../parts/Picture.tsx';
import { PictureField } from '../parts/PictureField.tsx';
import { NameField, WholeField, parseWhole } from '../parts/fields.tsx';
import { useMe } from '../parts/useTrading.ts';
import { savePicture } from '../state/pictures.ts';
import { type Answer, send } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

export const EditItemDialog = ({ row, onClose }: { readonly row: StockView; onClose(): void }) => {
  const mine = row.maker.peerId === useMe();
  const [name, setName] = useState(row.name);
  const [description, setDescription] = useState(row.description);
  const [low, setLow] = useState(String(row.lowLevel));
  const hash = useView((view) => view.items.find(({ itemId }) => itemId === row.itemId)?.picture ?? null);
  const known = usePicture(row.itemId, hash);
  /** Undefined: as it is. */
  const [picture, setPicture] = useState<string | null | undefined>();
  const [codes, setCodes] = useState<Codes>({ category: row.category, barcode: row.barcode, sku: row.sku });
  const problems = useCodeProblems(codes, row.itemId);
  const lowLevel = parseWhole(low);
  const lowIsGood = lowLevel !== null && lowLevel >= 0;
  const changes = {
    ...(name.trim() === row.name ? {} : { name: name.trim() }),
    ...(description.trim() === row.description ? {} : { description: description.trim() }),
    ...changedCodes(codes, row),
    ...(lowLevel === row.lowLevel || lowLevel === null ? {} : { lowLevel }),
  };
  const save = async (): Promise<Answer> => {
    const { itemId } = row;
    const edited = Object.keys(changes).length > 0;
    const answer = edited ? await send(itemId, (requestId) => client().call('item.edit', { itemId, ...changes, requestId })) : 'accepted';
    return answer === 'not' || picture === undefined ? answer : savePicture(itemId, picture);
  };
  return (
    <FormDialog
      title={t.inventory.edit(row.name)}
      submit={t.inventory.save}
      disabled={
        name.trim() === '' ||
        !lowIsGood ||
        problems.barcode !== null ||
        problems.sku !== null ||
        (Object.keys(changes).length === 0 && picture === undefined)
      }
      onClose={onClose}
      onSubmit={save}
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
      <CodeFields codes={codes} problems={problems} maker={mine} onChange={setCodes} />
      <WholeField
        label={t.market.lowLevel}
        value={low}
        onChange={setLow}
        problem={lowIsGood ? null : t.common.wholeNumber}
        help={t.market.lowHelp}
      />
      {mine ? <PictureField url={picture === undefined ? known : picture} onChange={setPicture} /> : null}
    </FormDialog>
  );
};
