/**
 * The connection doctor: each check with its sentence, asked again on demand.
 */
import { useState } from 'react';
import NoIcon from '@mui/icons-material/CancelOutlined';
import UnknownIcon from '@mui/icons-material/HelpOutlined';
import YesIcon from '@mui/icons-material/CheckCircleOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { DoctorLine } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { useRead } from '../parts/useRead.ts';
import { t } from '../text/t.ts';

const marks = {
  yes: { Icon: YesIcon, color: 'success.main' },
  no: { Icon: NoIcon, color: 'error.main' },
  unknown: { Icon: UnknownIcon, color: 'text.secondary' },
} as const satisfies Record<DoctorLine['ok'], unknown>;

export const DoctorLines = ({ lines }: { readonly lines: readonly DoctorLine[] }) => (
  <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
    {lines.map((line, i) => {
      const { Icon, color } = marks[line.ok];
      return (
        <Box component="li" key={`${line.check}/${i}`} sx={{ display: 'flex', gap: 1, py: 0.5, alignItems: 'flex-start' }}>
          <Icon titleAccess={t.doctor.mark[line.ok]} sx={{ color }} />
          <Box>
            <Typography sx={{ 'fontWeight': 600, '&::first-letter': { textTransform: 'uppercase' } }}>{line.check}</Typography>
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              {line.text}
            </Typography>
          </Box>
        </Box>
      );
    })}
  </Box>
);

export const Doctor = () => {
  const [run, setRun] = useState(0);
  const { value, error } = useRead(`doctor/${run}`, () => client().call('doctor', {}));
  const copy = (): void => {
    const text = (value ?? []).map((line) => `${t.doctor.mark[line.ok]}: ${line.check}: ${line.text}`).join('\n');
    void navigator.clipboard?.writeText(text);
  };
  return (
    <Paper variant="outlined" component="section" aria-labelledby="doctor-title" sx={{ p: 2 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 1 }}>
        <Typography component="h2" variant="h2" id="doctor-title" sx={{ mr: 'auto' }}>
          {t.doctor.title}
        </Typography>
        <Button size="small" onClick={copy} disabled={value === null}>
          {t.doctor.copy}
        </Button>
        <Button size="small" variant="outlined" onClick={() => setRun(run + 1)}>
          {t.doctor.again}
        </Button>
      </Box>
      {error === null ? null : <Alert severity="error">{refusalText(error)}</Alert>}
      <DoctorLines lines={value ?? []} />
    </Paper>
  );
};
