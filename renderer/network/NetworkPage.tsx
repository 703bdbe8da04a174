/**
 * The desktops, who leads them and why, and what happened: the page where the machinery may be watched.
 */
import { useState } from 'react';
import AddIcon from '@mui/icons-material/AddOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { AddDesktop } from '../parts/AddDesktop.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { go, useRoute } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { Alone } from './Alone.tsx';
import { ContinueAlone } from './ContinueAlone.tsx';
import { ElectionPanel } from './ElectionPanel.tsx';
import { FailoverChart } from './FailoverChart.tsx';
import { EventList } from './EventList.tsx';
import { OtherHistory } from './OtherHistory.tsx';
import { PeerCard } from './PeerCard.tsx';
import { PeerTable } from './PeerTable.tsx';

/** From here on cards fill more than a screen. */
const MANY = 12;

export const NetworkPage = () => {
  const section = useRoute().rest[0];
  const peers = useView((view) => view.peers);
  const [adding, setAdding] = useState(false);
  const [alone, setAlone] = useState(false);
  const canContinueAlone = useView((view) => view.status?.canContinueAlone === true);
  const present = peers.filter((peer) => peer.state !== 'left');
  const ordered = present.toSorted((a, b) => a.priority - b.priority || a.name.localeCompare(b.name));
  return (
    <>
      <PageTitle title={t.rail.network}>
        <Button variant="outlined" onClick={() => go('diagnostics')}>
          {t.network.runDoctor}
        </Button>
        {canContinueAlone ? (
          <Button variant="outlined" color="warning" onClick={() => setAlone(true)}>
            {t.alone.button}
          </Button>
        ) : null}
        <Button variant="contained" startIcon={<AddIcon />} onClick={() => setAdding(true)}>
          {t.network.add}
        </Button>
      </PageTitle>
      <Stack spacing={2}>
        {present.length <= 1 ? <Alone onAdd={() => setAdding(true)} /> : null}
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            alignItems: 'start',
            gridTemplateColumns: {
              xs: 'minmax(0, 1fr)',
              lg: ordered.length > MANY ? 'minmax(0, 1fr)' : 'minmax(0, 1fr) minmax(376px, 30%)',
            },
          }}
        >
          <Box component="section" aria-labelledby="desktops-title">
            <Typography component="h2" variant="h2" id="desktops-title" sx={{ mb: 1 }}>
              {t.network.desktops(present.length)}
            </Typography>
            {ordered.length > MANY ? (
              <PeerTable peers={ordered} />
            ) : (
              <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'repeat(auto-fill, minmax(min(220px, 100%), 1fr))' }}>
                {ordered.map((peer) => (
                  <PeerCard key={peer.peerId} peer={peer} />
                ))}
              </Box>
            )}
          </Box>
          <ElectionPanel focus={section === 'election'} />
        </Box>
        <OtherHistory />
        <FailoverChart />
        <EventList />
      </Stack>
      {alone ? <ContinueAlone onClose={() => setAlone(false)} /> : null}
      {adding ? <AddDesktop onClose={() => setAdding(false)} /> : null}
    </>
  );
};
