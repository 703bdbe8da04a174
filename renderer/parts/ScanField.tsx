/**
 * A field to find goods with, by words or with a scanner. A scanner types a code and Enter: what is in the field is marked then, so that
 * the next code takes its place.
 */
import type { Ref } from 'react';
import SearchIcon from '@mui/icons-material/SearchOutlined';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly help?: string;
  readonly fieldRef?: Ref<HTMLInputElement>;
  onChange(text: string): void;
  onEnter?(text: string): void;
}

export const ScanField = ({ label, value, help, fieldRef, onChange, onEnter }: Props) => (
  <TextField
    sx={{ width: 260 }}
    fullWidth={false}
    label={label}
    value={value}
    helperText={help}
    inputRef={fieldRef}
    onChange={(event) => onChange(event.target.value)}
    onKeyDown={(event) => {
      const { target, key, nativeEvent } = event;
      if (key !== 'Enter' || nativeEvent.isComposing || !(target instanceof HTMLInputElement)) return;
      event.preventDefault();
      target.select();
      onEnter?.(target.value);
    }}
    slotProps={{
      input: {
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon fontSize="small" />
          </InputAdornment>
        ),
      },
      htmlInput: { autoComplete: 'off', maxLength: 200 },
    }}
  />
);
