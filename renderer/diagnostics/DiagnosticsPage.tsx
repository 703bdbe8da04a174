/**
 * Why desktops do not find each other, and what to hand on when something is wrong.
 */
import { useEffect, useState } from 'react';
import AddIcon from '@mui/icons-material/AddOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { client } from '../carrier/current.ts';
import { AddDesktop } from '../parts/AddDesktop.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { RouteTabs, tabOf } from '../parts/RouteTabs.tsx';
import { useRead } from '../parts/useRead.ts';
import { useRoute } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { About } from './About.tsx';
import { Counters } from './Counters.tsx';
import { Doctor } from './Doctor.tsx';
import { FileTab } from './FileTab.tsx';
import { Interfaces } from './Interfaces.tsx';
import { Links } from './Links.tsx';
import { LogTab } from './LogTab.tsx';
import { ReportDialog } from './ReportDialog.tsx';

/** The counters move by themselves; the doctor asks the others and runs when told to. */
const COUNTERS_MS = 2_000;

const tabs = ['connection', 'log', 'file'] as const;

const Connection = () => {
  const phase = useView((view) => view.status?.phase ?? '');
  const desktops = useView((view) => view.status?.desktops.total ?? 0);
  const [run, setRun] = useState(0);
  const [tick, setTick] = useState(0);
  useEffect(() => {
    const id = window.setInterval(() => setTick((before) => before + 1), COUNTERS_MS);
    return () => window.clearInterval(id);
  }, []);
  const doctor = useRead(`doctor/${run}/${phase}/${desktops}`, () => client().call('doctor', {}));
  const network = useRead(`network/${run}/${tick}/${phase}`, () => client().call('network', {}));
  const about = useRead(`about/${run}`, () => client().call('about', {}));
  const lines = doctor.value ?? [];
  return (
    <Stack spacing={2}>
      {network.value?.open === false ? (
        <Alert severity="warning" role="note">
          {t.counters.closed}
        </Alert>
      ) : null}
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' },
        }}
      >
        <Doctor lines={lines} error={doctor.error} onAgain={() => setRun(run + 1)} />
        <Stack spacing={2}>
          <Links lines={lines} />
          {network.value === null ? null : <Counters network={network.value} />}
          {about.value === null ? null : <About about={about.value} address={network.value?.address ?? ''} />}
        </Stack>
      </Box>
      {network.value === null ? null : <Interfaces network={network.value} />}
    </Stack>
  );
};

export const DiagnosticsPage = () => {
  const wants = useRoute().rest[0];
  const tab = tabOf(tabs, wants);
  const [adding, setAdding] = useState(wants === 'add');
  const [reporting, setReporting] = useState(false);
  return (
    <>
      <PageTitle title={t.rail.diagnostics}>
        <Button variant="outlined" onClick={() => setReporting(true)}>
          {t.report.button}
        </Button>
        <Button variant="contained" startIcon={<AddIcon />} onClick={() => setAdding(true)}>
          {t.network.add}
        </Button>
      </PageTitle>
      <RouteTabs page="diagnostics" tabs={tabs} names={t.diagnosticsTabs} current={tab} label={t.rail.diagnostics}>
        {tab === 'connection' ? <Connection /> : tab === 'log' ? <LogTab /> : <FileTab />}
      </RouteTabs>
      {adding ? <AddDesktop onClose={() => setAdding(false)} /> : null}
      {reporting ? <ReportDialog onClose={() => setReporting(false)} /> : null}
    </>
  );
};
