/**
 * One category or all. Nothing where nothing has a category.
 */
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { t } from '../text/t.ts';
import { type Category, sameWord } from './codes.ts';

interface Props {
  /** Empty: all. */
  readonly value: string;
  readonly categories: readonly Category[];
  onChange(word: string): void;
}

export const CategorySelect = ({ value, categories, onChange }: Props) => {
  if (categories.length === 0 && value === '') return null;
  const known = categories.find(({ word }) => sameWord(word, value));
  return (
    <TextField
      select
      sx={{ width: 190 }}
      fullWidth={false}
      label={t.codes.category}
      value={known?.word ?? value}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
    >
      <MenuItem value="">{t.codes.all}</MenuItem>
      {known === undefined && value !== '' ? <MenuItem value={value}>{t.codes.counted(value, 0)}</MenuItem> : null}
      {categories.map(({ word, count }) => (
        <MenuItem key={word} value={word}>
          {t.codes.counted(word, count)}
        </MenuItem>
      ))}
    </TextField>
  );
};
