/**
 * First card: what others call this desktop. A name is already there, so [Next] is enough.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { focusFirstField } from '../parts/focus.ts';
import { client } from '../carrier/current.ts';
import { NameField } from '../parts/fields.tsx';
import { Paddle } from '../parts/Paddle.tsx';
import { attempt } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { createPractice } from './practice.ts';

/** Names nobody has to think about: the machine's own, and numbered ones behind those that are here already. */
const namesFor = (known: string, others: number): string[] => [...new Set([known, `Desk-${others + 1}`, t.setup.tableName(others + 1)])];

export const NameStep = ({ onNext, onPractice }: { onNext(): void; onPractice(): void }) => {
  const known = useView((view) => view.status?.desk.name ?? '');
  const peerId = useView((view) => view.status?.desk.peerId ?? '');
  const others = useView((view) => Math.max(0, ...(view.status?.foundMarkets.map((market) => market.desktops) ?? [])));
  const [name, setName] = useState(known);
  const [busy, setBusy] = useState(false);
  const rename = async (): Promise<boolean> =>
    name.trim() === known || (await attempt(client().call('desk.rename', { name: name.trim() }))) !== null;
  const run = (then: () => Promise<void>) => (): void => {
    setBusy(true);
    void then().finally(() => setBusy(false));
  };
  const next = run(async () => {
    if (await rename()) onNext();
  });
  const practice = run(async () => {
    if ((await rename()) && (await createPractice())) onPractice();
  });
  const blocked = busy || name.trim() === '';
  return (
    <form
      ref={focusFirstField}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (!blocked) next();
      }}
    >
      <Stack spacing={2}>
        <Typography component="h2" variant="h2">
          {t.setup.nameTitle}
        </Typography>
        <Stack direction="row" spacing={1.5} sx={{ alignItems: 'flex-start' }}>
          <Paddle peerId={peerId} name={name.trim() === '' ? known : name.trim()} size={40} />
          <NameField label={t.setup.deskName} value={name} onChange={setName} />
        </Stack>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t.setup.paddleHelp}
        </Typography>
        <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap', alignItems: 'center' }}>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t.setup.suggestions}
          </Typography>
          {namesFor(known, others).map((one) => (
            <Chip key={one} component="button" type="button" clickable label={one} onClick={() => setName(one)} />
          ))}
        </Stack>
        <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap' }}>
          <Button type="submit" variant="contained" disabled={blocked}>
            {t.setup.next}
          </Button>
          <Button variant="outlined" disabled={blocked} onClick={practice}>
            {t.setup.practice}
          </Button>
          <Button disabled={busy} onClick={onNext} sx={{ ml: 'auto' }}>
            {t.setup.skip}
          </Button>
        </Stack>
      </Stack>
    </form>
  );
};
