/**
 * The replicated log, entry by entry: what every desktop has executed in the same order, with the digest that proves it.
 */
import { useMemo, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { GridColDef } from '@mui/x-data-grid';
import type { LogEntry } from '../../shared/logView.ts';
import { client } from '../carrier/current.ts';
import { refusalText, wordsNow } from '../format/refusal.ts';
import { timeText } from '../format/time.ts';
import { Empty } from '../parts/Empty.tsx';
import { Grid } from '../parts/Grid.tsx';
import { Section } from '../parts/Section.tsx';
import { ToggleChips } from '../parts/ToggleChips.tsx';
import { useEvery } from '../parts/useEvery.ts';
import { useRead } from '../parts/useRead.ts';
import { attempt } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { found, kindOf, merged, type ShownKind, shownKinds } from './logRows.ts';

const PAGE = 200;
/** A busy market writes many entries a second; nobody reads that fast. */
const LOOK_MS = 1_000;
const DIGEST_SHOWN = 12;

const say = (entry: LogEntry): string => t.said.logEntry(entry, wordsNow());

const columnsOf = (): readonly GridColDef<LogEntry>[] => [
  { field: 'entry', headerName: t.common.entry, width: 96, valueFormatter: (no: number) => `#${no}`, cellClassName: 'strong' },
  { field: 'term', headerName: t.log.term, type: 'number', width: 100 },
  { field: 'at', headerName: t.common.time, width: 96, valueFormatter: (at: number) => timeText(at) },
  { field: 'kind', headerName: t.log.kind, width: 116, valueGetter: (_, entry) => t.log.kinds[kindOf(entry)] },
  {
    field: 'text',
    headerName: t.log.what,
    flex: 1,
    minWidth: 220,
    valueGetter: (_, entry) => say(entry),
    renderCell: ({ row, value }) => (
      <Box sx={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
        {value} {row.committed ? null : <Chip size="small" color="warning" variant="outlined" label={t.log.open} />}
      </Box>
    ),
  },
  {
    field: 'hash',
    headerName: t.log.digest,
    width: 132,
    sortable: false,
    renderCell: ({ value }: { value?: string }) => (
      <Box component="code" title={value} sx={{ fontSize: '0.8125rem' }}>
        {value?.slice(0, DIGEST_SHOWN)}
      </Box>
    ),
  },
];

export const LogTab = () => {
  const newest = useEvery(LOOK_MS, () => useView.getState().status?.commitIndex ?? 0);
  const [kept, setKept] = useState<readonly LogEntry[]>([]);
  const read = useRead(`log/${newest}`, async () => {
    const page = await client().call('log', { limit: PAGE });
    if (page.ok) setKept((before) => merged(page.value.entries, before));
    return page;
  });
  const [text, setText] = useState('');
  const [off, setOff] = useState<ReadonlySet<ShownKind>>(new Set(['tick']));
  const columns = useMemo(() => columnsOf(), []);
  const rows = useMemo(() => found(kept, { text, off }, say), [kept, text, off]);
  const oldest = kept.at(-1)?.entry ?? 0;
  const first = read.value?.first ?? 0;
  const older = (): void => {
    void attempt(client().call('log', { before: oldest, limit: PAGE })).then((page) => {
      if (page !== null) setKept((before) => merged(page.entries, before));
    });
  };
  return (
    <Section
      title={t.log.title}
      actions={
        <Button size="small" variant="outlined" disabled={oldest <= Math.max(1, first)} onClick={older}>
          {t.log.older}
        </Button>
      }
    >
      <Stack spacing={1.5}>
        <Typography sx={{ color: 'text.secondary', maxWidth: '80ch' }}>{t.log.help}</Typography>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
          <TextField label={t.log.search} value={text} onChange={(event) => setText(event.target.value)} sx={{ maxWidth: 320 }} />
          <ToggleChips label={t.log.filter} kinds={shownKinds} names={t.log.kinds} off={off} onChange={setOff} />
        </Box>
        {read.error === null ? null : <Alert severity="error">{refusalText(read.error)}</Alert>}
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {kept.length === 0 ? t.log.empty : t.log.kept(rows.length, oldest, first)}
        </Typography>
        {kept.length === 0 ? null : rows.length === 0 ? (
          <Empty text={t.log.nothing} />
        ) : (
          <Grid label={t.log.title} rows={rows} columns={columns} idOf={(entry) => entry.entry} />
        )}
      </Stack>
    </Section>
  );
};
