/**
 * One desktop as this one believes it to be: a belief, not the truth, which is why the time it was last heard is always there.
 */
import { memo } from 'react';
import BoltIcon from '@mui/icons-material/BoltOutlined';
import LeaderIcon from '@mui/icons-material/StarsOutlined';
import ObserverIcon from '@mui/icons-material/VisibilityOutlined';
import VoterIcon from '@mui/icons-material/HowToVoteOutlined';
import YouIcon from '@mui/icons-material/PersonOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import type { PeerView } from '../../shared/views.ts';
import { agoText } from '../format/time.ts';
import { Facts } from '../parts/Facts.tsx';
import { Paddle } from '../parts/Paddle.tsx';
import { StateChip } from '../parts/StateChip.tsx';
import { crash } from '../state/faults.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { isStandby } from './roles.ts';
import { versionText } from './versions.ts';

const factsOf = (peer: PeerView, ours: string): readonly (readonly [string, string])[] => [
  [t.peer.lastHeard, peer.you ? t.peer.now : peer.lastHeardMs === null ? t.peer.never : agoText(peer.lastHeardMs)],
  [t.peer.roundTrip, peer.rttMs === null ? '–' : `${peer.rttMs < 10 ? peer.rttMs.toFixed(1) : Math.round(peer.rttMs)} ms`],
  [t.common.entry, peer.entry === null ? '–' : `#${peer.entry}`],
  [t.peer.offset, peer.offsetMs === null ? '–' : `${peer.offsetMs > 0 ? '+' : ''}${peer.offsetMs} ms`.replace('-', '\u2212')],
  [t.peer.priority, String(peer.priority)],
  [t.peer.version, versionText(peer.version, ours)],
  [t.peer.address, peer.address ?? '–'],
];

export const PeerCard = memo(function PeerCard({ peer }: { readonly peer: PeerView }) {
  const allowed = useView((view) => view.status?.market?.faultsAllowed === true && view.status.phase === 'running');
  const ours = useView((view) => view.status?.version ?? '');
  const mayCrash = allowed && (peer.state === 'alive' || peer.state === 'oneWay');
  return (
    <Card
      data-testid={`peer-${peer.peerId}`}
      sx={{ p: 1.5, borderWidth: peer.leader ? 2 : 1, borderColor: peer.leader ? 'primary.main' : 'divider' }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 1 }}>
        <Paddle peerId={peer.peerId} name={peer.name} size={32} />
        <Typography component="h3" variant="h3" noWrap sx={{ mr: 'auto', minWidth: '4em', flex: 1 }}>
          {peer.name}
        </Typography>
        <StateChip of="peer" state={peer.state} />
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, mb: 1 }}>
        {peer.leader ? <Chip icon={<LeaderIcon />} color="primary" variant="filled" label={t.peer.leader} /> : null}
        {peer.you ? <Chip icon={<YouIcon />} color="secondary" label={t.peer.you} /> : null}
        <Chip icon={peer.voter ? <VoterIcon /> : <ObserverIcon />} label={peer.voter ? t.peer.voter : t.peer.observer} />
        {peer.hosts > 0 ? <Chip color="primary" label={t.peer.host(peer.hosts)} /> : null}
        {isStandby(peer) ? <Chip variant="outlined" label={t.peer.standby} title={t.peer.standbyHelp} /> : null}
        {peer.backs > 0 ? <Chip label={t.peer.backup(peer.backs)} /> : null}
      </Box>
      <Facts rows={factsOf(peer, ours)} small />
      {mayCrash ? (
        <Button
          size="small"
          color="error"
          startIcon={<BoltIcon />}
          aria-label={t.peer.crashNamed(peer.name)}
          sx={{ mt: 1, ml: -0.5 }}
          onClick={() => void crash(peer.you ? 'self' : peer.peerId)}
        >
          {t.peer.crash}
        </Button>
      ) : null}
    </Card>
  );
});
