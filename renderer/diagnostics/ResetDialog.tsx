/**
 * This desktop becomes another one: what is lost is read first, and its name is typed, because nobody can give its place back.
 */
import { useState } from 'react';
import Alert from '@mui/material/Alert';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { client } from '../carrier/current.ts';
import { FormDialog } from '../parts/FormDialog.tsx';
import { attempt } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

export const ResetDialog = ({ onClose }: { onClose(): void }) => {
  const name = useView((view) => view.status?.desk.name ?? '');
  const market = useView((view) => view.status?.market?.name ?? null);
  const [typed, setTyped] = useState('');
  return (
    <FormDialog
      title={t.reset.title}
      submit={t.reset.doIt}
      disabled={name === '' || typed.trim() !== name}
      onClose={onClose}
      onSubmit={() => attempt(client().call('desk.reset', { name: typed.trim() })).then((done) => (done === null ? 'not' : 'accepted'))}
    >
      <Alert severity="warning" role="note">
        {market === null ? t.reset.lostAlone : t.reset.lost(market)}
      </Alert>
      {market === null ? null : <Typography>{t.reset.stays(name)}</Typography>}
      <Typography>{t.reset.aside}</Typography>
      <TextField label={t.reset.type(name)} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
    </FormDialog>
  );
};
