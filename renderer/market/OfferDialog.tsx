/**
 * Offer something for sale: a new item by its name, or goods from my own stock.
 */
import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { client } from '../carrier/current.ts';
import { useMoney } from '../format/useMoney.ts';
import { CodeFields, type Codes, givenCodes, noCodes, useCodeProblems } from '../parts/CodeFields.tsx';
import { sameWord } from '../parts/codes.ts';
import { FormDialog } from '../parts/FormDialog.tsx';
import { PictureField } from '../parts/PictureField.tsx';
import { MoneyField, NameField, WholeField, parseWhole, quantityProblem } from '../parts/fields.tsx';
import { sendWithPicture } from '../state/pictures.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

/** Goods from stock to offer: the item is fixed, only price and quantity are asked for. */
export interface FromStock {
  readonly itemId: string;
  readonly name: string;
  readonly available: number;
}

interface Props {
  readonly from?: FromStock;
  /** What was scanned and is not known yet. */
  readonly barcode?: string;
  onClose(): void;
}

export const OfferDialog = ({ from, barcode = '', onClose }: Props) => {
  const money = useMoney();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [price, setPrice] = useState('');
  const [count, setCount] = useState(from === undefined ? '1' : String(Math.max(1, from.available)));
  const [low, setLow] = useState('');
  const [picture, setPicture] = useState<string | null>(null);
  const [codes, setCodes] = useState<Codes>({ ...noCodes, barcode });
  const known = useView((view) => view.items.find((item) => from === undefined && sameWord(item.name, name)));
  // A known item keeps what its maker said of it; only the seller's own number is new.
  const asked = known === undefined ? codes : { ...noCodes, sku: codes.sku };
  const problems = useCodeProblems(asked, known?.itemId ?? null);
  const quantity = parseWhole(count);
  const lowLevel = low.trim() === '' ? null : parseWhole(low);
  const lowWrong = low.trim() !== '' && (lowLevel === null || lowLevel < 0);
  const ready =
    (from !== undefined || name.trim() !== '') &&
    money.parse(price).ok &&
    quantity !== null &&
    quantityProblem(count) === null &&
    !lowWrong &&
    problems.barcode === null &&
    problems.sku === null;
  const submit = () => {
    if (!ready || quantity === null) return null;
    const what =
      from === undefined
        ? {
            name: name.trim(),
            ...(description.trim() === '' ? {} : { description: description.trim() }),
            ...givenCodes(asked),
            source: 'new' as const,
          }
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
          {known === undefined ? null : <Alert severity="info">{t.codes.known(known.name)}</Alert>}
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
      {from === undefined ? <CodeFields codes={codes} problems={problems} maker={known === undefined} onChange={setCodes} /> : null}
      {from === undefined ? <PictureField url={picture} onChange={setPicture} /> : null}
    </FormDialog>
  );
};
