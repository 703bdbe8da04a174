/** One of a few, all of them in sight. */
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly help?: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  onChange(next: T): void;
}

export const Choice = <T extends string>({ label, help, value, options, onChange }: ChoiceProps<T>) => (
  <FormControl>
    <FormLabel>{label}</FormLabel>
    <RadioGroup
      row
      aria-label={label}
      value={value}
      onChange={(_, chosen) => {
        const option = options.find(([one]) => one === chosen);
        if (option !== undefined) onChange(option[0]);
      }}
    >
      {options.map(([one, name]) => (
        <FormControlLabel key={one} value={one} control={<Radio />} label={name} />
      ))}
    </RadioGroup>
    {help === undefined ? null : <FormHelperText sx={{ mx: 0 }}>{help}</FormHelperText>}
  </FormControl>
);
