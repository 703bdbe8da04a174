/** One of a few values, shown by their words. */
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

interface Props<T extends string | number> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly (readonly [T, string])[];
  readonly help?: string;
  onChange(value: T): void;
}

export const ChoiceField = <T extends string | number>({ label, value, choices, help, onChange }: Props<T>) => (
  <TextField
    select
    label={label}
    value={String(value)}
    helperText={help}
    onChange={(event) => {
      const chosen = choices.find(([one]) => String(one) === event.target.value);
      if (chosen !== undefined) onChange(chosen[0]);
    }}
  >
    {choices.map(([one, text]) => (
      <MenuItem key={String(one)} value={String(one)}>
        {text}
      </MenuItem>
    ))}
  </TextField>
);
