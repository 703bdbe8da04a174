/**
 * A new market. What it is for decides its timing and who may inject faults; everything else has a default.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import Button from '@mui/material/Button';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { client } from '../carrier/current.ts';
import { NameField } from '../parts/fields.tsx';
import { attempt } from '../state/requests.ts';
import { t } from '../text/t.ts';
import { kindNames, kinds } from './kinds.ts';
import type { Kind } from './kinds.ts';

export const CreateForm = ({ kind: first, onCreated }: { readonly kind: Kind; onCreated(): void }) => {
  const [name, setName] = useState<string>(t.setup.defaultMarket);
  const [kind, setKind] = useState<Kind>(first);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const codeShort = code.trim() !== '' && code.trim().length < 4;
  const blocked = busy || name.trim() === '' || codeShort;
  const create = (event: FormEvent): void => {
    event.preventDefault();
    if (blocked) return;
    setBusy(true);
    void attempt(
      client().call('market.create', { name: name.trim(), ...kinds[kind], ...(code.trim() === '' ? {} : { code: code.trim() }) }),
    ).then((done) => {
      setBusy(false);
      if (done !== null) onCreated();
    });
  };
  return (
    <form onSubmit={create} noValidate>
      <Stack spacing={2}>
        <FormControl>
          <FormLabel id="kind-label">{t.setup.whatFor}</FormLabel>
          <RadioGroup
            aria-labelledby="kind-label"
            value={kind}
            onChange={(_, value) => setKind(kindNames.find((one) => one === value) ?? kind)}
          >
            {kindNames.map((one) => (
              <FormControlLabel key={one} value={one} control={<Radio size="small" />} label={t.setup.kinds[one]} />
            ))}
          </RadioGroup>
        </FormControl>
        <NameField label={t.setup.marketName} value={name} onChange={setName} />
        <TextField
          label={t.setup.code}
          value={code}
          error={codeShort}
          helperText={codeShort ? t.setup.codeShort : t.setup.codeHelp}
          onChange={(event) => setCode(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 64, autoComplete: 'off' } }}
        />
        <div>
          <Button type="submit" variant="contained" disabled={blocked}>
            {t.setup.createNamed(name.trim())}
          </Button>
        </div>
      </Stack>
    </form>
  );
};
