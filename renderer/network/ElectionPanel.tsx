/**
 * Who leads, since when, who led before, and the four ways to change that.
 */
import { useEffect, useRef } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import type { StatusView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { timeText } from '../format/time.ts';
import { CrashButton } from '../frame/CrashButton.tsx';
import { crash, setSelfRecovery, useFaults } from '../state/faults.ts';
import { attempt } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { FailoverPanel } from './FailoverPanel.tsx';

const History = ({ history }: { readonly history: StatusView['leaderHistory'] }) => (
  <Box>
    <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>
      {t.election.history}
    </Typography>
    <Typography data-testid="leader-history" sx={{ fontWeight: 600, mb: 0.5 }}>
      {history.map((one) => one.leader.name).join(' → ')}
    </Typography>
    <Box component="ol" sx={{ m: 0, pl: 2.5, color: 'text.secondary', fontSize: '0.875rem' }}>
      {history.map((one) => (
        <li key={one.term}>{t.election.line(one.leader.name, one.term, timeText(one.at), one.reason)}</li>
      ))}
    </Box>
  </Box>
);

const Buttons = ({ status }: { readonly status: StatusView }) => {
  const selfRecovery = useFaults((faults) => faults.selfRecovery);
  const down = status.phase === 'crashed';
  return (
    <Stack spacing={1}>
      <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap' }}>
        <CrashButton />
        <Button size="small" variant="outlined" color="error" disabled={down} onClick={() => void crash('self')}>
          {t.fault.crashSelf}
        </Button>
        <Button size="small" variant="outlined" disabled={down} onClick={() => void attempt(client().call('leader.elect', {}))}>
          {t.election.elect}
        </Button>
        <Button
          size="small"
          variant="outlined"
          disabled={down || status.role !== 'leader'}
          onClick={() => void attempt(client().call('leader.stepDown', {}))}
        >
          {t.election.stepDown}
        </Button>
      </Stack>
      <FormControlLabel
        control={<Switch checked={selfRecovery} onChange={(_, on) => setSelfRecovery(on)} />}
        label={t.fault.selfRecovery}
      />
    </Stack>
  );
};

export const ElectionPanel = ({ focus }: { readonly focus: boolean }) => {
  const status = useView((view) => view.status);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) ref.current?.scrollIntoView({ block: 'start' });
  }, [focus]);
  if (status === null) return null;
  const since = status.leaderHistory.at(-1);
  return (
    <Paper ref={ref} variant="outlined" component="section" aria-labelledby="election-title" sx={{ p: 2 }}>
      <Stack spacing={2}>
        <Box>
          <Typography component="h2" variant="h2" id="election-title">
            {t.election.title}
          </Typography>
          <Typography sx={{ fontSize: '1.375rem', fontWeight: 700 }}>
            {status.leader === null ? t.election.nobody : t.election.leads(status.leader.name)}
          </Typography>
          <Typography sx={{ color: 'text.secondary' }}>
            {t.election.facts(
              status.term,
              since === undefined ? null : timeText(since.at),
              status.desktops.votersReachable,
              status.desktops.voters,
              status.desktops.majority,
            )}
          </Typography>
        </Box>
        <Buttons status={status} />
        {status.leaderHistory.length === 0 ? null : <History history={status.leaderHistory} />}
        {status.lastFailover === null ? (
          <Typography sx={{ color: 'text.secondary' }}>{t.failover.none}</Typography>
        ) : (
          <FailoverPanel report={status.lastFailover} />
        )}
      </Stack>
    </Paper>
  );
};
