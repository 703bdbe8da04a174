/**
 * Offer something for sale: a new item by its name, or goods from my own stock.
 */
import { useState } from 'react';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { client } from '../carrier/current.ts';
import { useMoney } from '../format/useMoney.ts';
import { FormDialog } from '../parts/FormDialog.tsx';
import { PictureField } from '../parts/PictureField.tsx';
import { MoneyField, NameField, WholeField, parseWhole, quantityProblem } from '../parts/fields.tsx';
import { sendWithPicture } from '../state/pictures.ts';
import { t } from '../text/t.ts';

/** Goods from stock to offer: the item is fixed, only price and quantity are asked for. */
export interface FromStock {
  readonly itemId: string;
  readonly name: string;
  readonly available: number;
}

export const OfferDialog = ({ from, onClose }: { readonly from?: FromStock; onClose(): void }) => {
  const money = useMoney();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [price, setPrice] = useState('');
  const [count, setCount] = useState(from === undefined ? '1' : String(Math.max(1, from.available)));
  const [low, setLow] = useState('');
  const [picture, setPicture] = useState<string | null>(null);
  const quantity = parseWhole(count);
  const lowLevel = low.trim() === '' ? null : parseWhole(low);
  const lowWrong = low.trim() !== '' && (lowLevel === null || lowLevel < 0);
  const ready =
    (from !== undefined || name.trim() !== '') &&
    money.parse(price).ok &&
    quantity !== null &&
    quantityProblem(count) === null &&
    !lowWrong;
  const submit = () => {
    if (!ready || quantity === null) return null;
    const what =
      from === undefined
        ? { name: name.trim(), ...(description.trim() === '' ? {} : { description: description.trim() }), source: 'new' as const }
        : { itemId: from.itemId, source: 'stock' as const };
    const level = lowLevel === null ? {} : { lowLevel };
    return sendWithPicture(from?.itemId ?? name, picture, (requestId) =>
      client().call('offer.place', { ...what, ...level, price: price.trim(), quantity, requestId }),
    );
  };
  return (
    <FormDialog
      title={from === undefined ? t.market.offerTitle : t.market.offerFrom(from.name)}
      submit={t.market.offer}
      disabled={!ready}
      onClose={onClose}
      onSubmit={submit}
    >
      {from === undefined ? (
        <>
          <NameField label={t.common.name} value={name} onChange={setName} />
          <TextField
            label={t.common.description}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
            multiline
            minRows={2}
            slotProps={{ htmlInput: { maxLength: 2000 } }}
          />
        </>
      ) : null}
      <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2}>
        <MoneyField label={t.common.price} value={price} onChange={setPrice} required />
        <WholeField
          label={t.common.quantity}
          value={count}
          onChange={setCount}
          problem={quantityProblem(count)}
          required
          {...(from === undefined ? {} : { help: t.market.availableHelp(from.available) })}
        />
      </Stack>
      {from === undefined ? (
        <WholeField
          label={t.market.lowLevel}
          value={low}
          onChange={setLow}
          problem={lowWrong ? t.common.wholeNumber : null}
          help={t.market.lowHelp}
        />
      ) : null}
      {from === undefined ? <PictureField url={picture} onChange={setPicture} /> : null}
    </FormDialog>
  );
};
