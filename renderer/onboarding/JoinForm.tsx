/**
 * A market that was not found by itself: by its name and code, or through the address of one of its desktops.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { focusFirstField } from '../parts/focus.ts';
import { client } from '../carrier/current.ts';
import { NameField } from '../parts/fields.tsx';
import { attempt } from '../state/requests.ts';
import type { JoinLink } from '../state/route.ts';
import { t } from '../text/t.ts';

const given = (text: string, key: 'code' | 'address'): Partial<Record<'code' | 'address', string>> =>
  text.trim() === '' ? {} : { [key]: text.trim() };

export const JoinForm = ({ link, onJoined }: { readonly link: JoinLink | null; onJoined(): void }) => {
  const [name, setName] = useState(link?.market ?? '');
  const [code, setCode] = useState('');
  const [address, setAddress] = useState(link?.address ?? '');
  const [busy, setBusy] = useState(false);
  const blocked = busy || name.trim() === '' || (code.trim() !== '' && code.trim().length < 4);
  const join = (event: FormEvent): void => {
    event.preventDefault();
    if (blocked) return;
    setBusy(true);
    void attempt(client().call('market.join', { name: name.trim(), ...given(code, 'code'), ...given(address, 'address') })).then((done) => {
      setBusy(false);
      if (done !== null) onJoined();
    });
  };
  return (
    <form ref={focusFirstField} onSubmit={join} noValidate>
      <Stack spacing={2}>
        <NameField label={t.setup.marketName} value={name} onChange={setName} />
        <TextField
          label={t.setup.codeLabel}
          value={code}
          onChange={(event) => setCode(event.target.value)}
          helperText={t.setup.joinCodeHelp}
          slotProps={{ htmlInput: { maxLength: 64, autoComplete: 'off' } }}
        />
        <TextField
          label={t.network.address}
          placeholder="192.168.1.23:47100"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
          helperText={t.setup.addressHelp}
          slotProps={{ htmlInput: { maxLength: 64, autoComplete: 'off', spellCheck: false } }}
        />
        <div>
          <Button type="submit" variant="contained" disabled={blocked}>
            {t.setup.join}
          </Button>
        </div>
      </Stack>
    </form>
  );
};
