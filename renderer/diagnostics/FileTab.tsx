/**
 * This desktop's own log file: what it did and what went wrong, as it will be in a report.
 */
import { useMemo, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { FileLine } from '../../shared/logView.ts';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { timeText } from '../format/time.ts';
import { Section } from '../parts/Section.tsx';
import { useRead } from '../parts/useRead.ts';
import { t } from '../text/t.ts';

const colours: Readonly<Record<string, string>> = { warn: 'warning.main', error: 'error.main', fatal: 'error.main' };

const Lines = ({ lines }: { readonly lines: readonly FileLine[] }) => (
  <Box
    component="ol"
    tabIndex={0}
    aria-label={t.file.title}
    sx={{ listStyle: 'none', m: 0, p: 0, maxHeight: '60vh', overflowY: 'auto', fontFamily: 'monospace', fontSize: '0.8125rem' }}
  >
    {lines.map((line, i) => (
      <Box
        component="li"
        key={`${line.at}/${i}`}
        sx={{ display: 'grid', gridTemplateColumns: '5.5rem 4rem minmax(0, 1fr)', gap: 1, py: 0.5, borderTop: 1, borderColor: 'divider' }}
      >
        <span>{line.at === 0 ? '–' : timeText(line.at)}</span>
        <Box component="span" sx={{ color: colours[line.level] ?? 'text.secondary', fontWeight: 600 }}>
          {line.level}
        </Box>
        <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
          {line.text}
        </Box>
      </Box>
    ))}
  </Box>
);

export const FileTab = () => {
  const [run, setRun] = useState(0);
  const [text, setText] = useState('');
  const { value, error } = useRead(`file/${run}`, () => client().call('log.file', {}));
  const shown = useMemo(() => {
    const sought = text.trim().toLowerCase();
    return (value ?? []).filter((line) => `${line.level} ${line.text}`.toLowerCase().includes(sought));
  }, [value, text]);
  return (
    <Section
      title={t.file.title}
      actions={
        <Button size="small" variant="outlined" onClick={() => setRun(run + 1)}>
          {t.file.again}
        </Button>
      }
    >
      <Stack spacing={1.5}>
        <Typography sx={{ color: 'text.secondary', maxWidth: '80ch' }}>{t.file.help}</Typography>
        <TextField label={t.log.search} value={text} onChange={(event) => setText(event.target.value)} sx={{ maxWidth: 320 }} />
        {error === null ? null : <Alert severity="error">{refusalText(error)}</Alert>}
        {value === null ? null : shown.length === 0 ? <Typography>{t.file.empty}</Typography> : <Lines lines={shown} />}
      </Stack>
    </Section>
  );
};
