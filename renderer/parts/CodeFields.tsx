/**
 * Category, barcode and SKU in a form. What is taken or misread is said at once, before anybody is asked.
 */
import { useMemo } from 'react';
import Autocomplete from '@mui/material/Autocomplete';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { isBarcode, MAX_BARCODE } from '../../shared/barcode.ts';
import { MAX_CATEGORY, MAX_SKU } from '../../shared/fields.ts';
import { plainRefusal } from '../format/refusal.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { categoriesOf, sameBarcode, sameWord } from './codes.ts';
import { useMe } from './useTrading.ts';

export interface Codes {
  readonly category: string;
  readonly barcode: string;
  readonly sku: string;
}
export const noCodes: Codes = { category: '', barcode: '', sku: '' };

/** The codes that were filled in. */
export const givenCodes = (codes: Codes): Partial<Codes> => changedCodes(codes, noCodes);

/** The codes that are others than before; an empty one takes the old one away. */
export const changedCodes = (codes: Codes, before: Codes): Partial<Codes> => ({
  ...(codes.category.trim() === before.category ? {} : { category: codes.category.trim() }),
  ...(codes.barcode.trim() === before.barcode ? {} : { barcode: codes.barcode.trim() }),
  ...(codes.sku.trim() === before.sku ? {} : { sku: codes.sku.trim() }),
});

interface Problems {
  readonly barcode: string | null;
  readonly sku: string | null;
}

/** What is wrong with these codes for the item (null: a new one), as far as it is known here. */
export const useCodeProblems = ({ barcode, sku }: Codes, itemId: string | null): Problems => {
  const me = useMe();
  const code = barcode.trim();
  const taken = useView((view) => view.items.find((item) => item.itemId !== itemId && sameBarcode(item.barcode, code))?.name);
  const mine = (row: { readonly owner: { readonly peerId: string }; readonly itemId: string; readonly sku: string }): boolean =>
    row.owner.peerId === me && row.itemId !== itemId && row.sku !== '' && sameWord(row.sku, sku);
  const used = useView((view) => view.stock.find(mine)?.name);
  return {
    barcode: !isBarcode(code)
      ? plainRefusal('BARCODE_BAD')
      : taken === undefined
        ? null
        : plainRefusal('BARCODE_TAKEN', { barcode: code, item: taken }),
    sku: used === undefined ? null : plainRefusal('SKU_TAKEN', { sku: sku.trim(), item: used }),
  };
};

interface Props {
  readonly codes: Codes;
  readonly problems: Problems;
  /** Category and barcode are for who makes or made the item. */
  readonly maker: boolean;
  onChange(codes: Codes): void;
}

/** Words are offered, and any other one may be typed. */
const CategoryField = ({ value, onChange }: { readonly value: string; onChange(word: string): void }) => {
  const items = useView((view) => view.items);
  const words = useMemo(() => categoriesOf(items).map(({ word }) => word), [items]);
  return (
    <Autocomplete
      freeSolo
      size="small"
      options={words}
      inputValue={value}
      onInputChange={(_, word, reason) => {
        if (reason !== 'reset') onChange(word);
      }}
      onChange={(_, word) => onChange(word ?? '')}
      renderInput={(params) => (
        <TextField
          {...params}
          label={t.codes.category}
          helperText={t.codes.categoryHelp}
          slotProps={{
            ...params.slotProps,
            htmlInput: { ...params.slotProps.htmlInput, maxLength: MAX_CATEGORY },
          }}
        />
      )}
    />
  );
};

export const CodeFields = ({ codes, problems, maker, onChange }: Props) => (
  <>
    {maker ? <CategoryField value={codes.category} onChange={(category) => onChange({ ...codes, category })} /> : null}
    <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2}>
      {maker ? (
        <TextField
          label={t.codes.barcode}
          value={codes.barcode}
          error={problems.barcode !== null}
          helperText={problems.barcode ?? t.codes.barcodeHelp}
          onChange={(event) => onChange({ ...codes, barcode: event.target.value })}
          // The scanner ends a code with Enter; that is not the person who says that the form is done.
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.preventDefault();
          }}
          slotProps={{ htmlInput: { autoComplete: 'off', maxLength: MAX_BARCODE } }}
        />
      ) : null}
      <TextField
        label={t.codes.sku}
        value={codes.sku}
        error={problems.sku !== null}
        helperText={problems.sku ?? t.codes.skuHelp}
        onChange={(event) => onChange({ ...codes, sku: event.target.value })}
        slotProps={{ htmlInput: { autoComplete: 'off', maxLength: MAX_SKU } }}
      />
    </Stack>
  </>
);
