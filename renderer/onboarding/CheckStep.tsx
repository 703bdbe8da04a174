/**
 * Third card: can this desktop talk to others? It may be skipped; the Network page has the same doctor.
 */
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { DoctorLines } from '../diagnostics/Doctor.tsx';
import { useRead } from '../parts/useRead.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

export const CheckStep = ({ onDone }: { onDone(): void }) => {
  const ready = useView((view) => view.status?.phase === 'running');
  const others = useView((view) => (view.status?.desktops.total ?? 1) - 1);
  const { value, error } = useRead(`check/${String(ready)}/${others}`, () => client().call('doctor', {}));
  return (
    <Stack spacing={2}>
      <Typography component="h2" variant="h2">
        {t.setup.checkTitle}
      </Typography>
      {error === null ? null : <Alert severity="error">{refusalText(error)}</Alert>}
      <DoctorLines lines={value ?? []} />
      <Alert severity={ready ? 'success' : 'info'} role="note" icon={false}>
        {ready ? t.setup.ready(others) : t.setup.joining}
      </Alert>
      <Stack direction="row" spacing={1}>
        <Button variant="contained" onClick={onDone}>
          {t.setup.done}
        </Button>
        {ready ? null : <Button onClick={onDone}>{t.setup.skip}</Button>}
      </Stack>
    </Stack>
  );
};
