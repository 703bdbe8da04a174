/**
 * Number and money fields. Both keep the typed text, so that nothing is silently corrected, and say in words what is wrong with it.
 */
import { useState } from 'react';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { plainRefusal } from '../format/refusal.ts';
import { useMoney } from '../format/useMoney.ts';
import type { Money } from '../format/useMoney.ts';
import { locale } from '../text/t.ts';

const symbolOf = (currency: string): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).formatToParts(0).find((part) => part.type === 'currency')?.value ??
  currency;

/** What is wrong with a typed amount, or null. An empty text is not wrong yet. */
export const moneyProblem = (text: string, money: Money): string | null => {
  if (text.trim() === '') return null;
  const parsed = money.parse(text);
  return parsed.ok ? null : plainRefusal(parsed.code, parsed.details);
};

/** A typed whole number, or null when it is none. */
export const parseWhole = (text: string): number | null => (/^[+-]?\d{1,7}$/.test(text.trim()) ? Number(text) : null);

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly required?: boolean;
  readonly help?: string;
  /** Something only the form knows is wrong. */
  readonly problem?: string | null;
  onChange(text: string): void;
}

export const MoneyField = ({ label, value, required = false, help, problem = null, onChange }: FieldProps) => {
  const money = useMoney();
  const wrong = moneyProblem(value, money) ?? problem;
  return (
    <TextField
      label={label}
      value={value}
      required={required}
      error={wrong !== null}
      helperText={wrong ?? help}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{
        input: { startAdornment: <InputAdornment position="start">{symbolOf(money.currency)}</InputAdornment> },
        htmlInput: { inputMode: 'decimal', autoComplete: 'off', maxLength: 32 },
      }}
    />
  );
};

export const WholeField = ({ label, value, required = false, help, problem = null, onChange }: FieldProps) => (
  <TextField
    label={label}
    value={value}
    required={required}
    error={problem !== null}
    helperText={problem ?? help}
    onChange={(event) => onChange(event.target.value)}
    slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'off', maxLength: 8 } }}
  />
);

/** A name: required, and only complained about once somebody has been there. */
export const NameField = ({ label, value, help, onChange }: FieldProps) => {
  const [visited, setVisited] = useState(false);
  const missing = visited && value.trim() === '';
  return (
    <TextField
      label={label}
      value={value}
      required
      error={missing}
      helperText={missing ? plainRefusal('NAME_MISSING') : help}
      onBlur={(event) => {
        // A dialog that opens moves the focus about; only going on to something else means that nothing was typed.
        if (event.relatedTarget?.matches('input, textarea, button, [role="combobox"]') === true) setVisited(true);
      }}
      onChange={(event) => {
        setVisited(true);
        onChange(event.target.value);
      }}
      slotProps={{ htmlInput: { maxLength: 80, autoComplete: 'off' } }}
    />
  );
};

/** The quantity problem of a typed number: "At least 1." */
export const quantityProblem = (text: string): string | null => {
  if (text.trim() === '') return null;
  const quantity = parseWhole(text);
  if (quantity === null || quantity < 1) return plainRefusal('QUANTITY_BAD');
  return quantity > 1_000_000 ? plainRefusal('QUANTITY_BAD', { tooMany: true, max: 1_000_000 }) : null;
};
