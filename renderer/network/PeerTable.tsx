/**
 * Many desktops: one row each instead of a card, so that a full classroom is seen at a glance and can be sorted.
 */
import { useMemo } from 'react';
import Button from '@mui/material/Button';
import type { GridColDef } from '@mui/x-data-grid';
import type { PeerView } from '../../shared/views.ts';
import { agoText } from '../format/time.ts';
import { Grid } from '../parts/Grid.tsx';
import { StateChip } from '../parts/StateChip.tsx';
import { crash } from '../state/faults.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { isStandby } from './roles.ts';
import { versionText } from './versions.ts';

/** Place in the market and duties in auctions, most important first. */
const rolesOf = (peer: PeerView): string =>
  [
    ...(peer.leader ? [t.peer.leader] : []),
    ...(peer.you ? [t.peer.you] : []),
    peer.voter ? t.peer.voter : t.peer.observer,
    ...(peer.hosts > 0 ? [t.peer.host(peer.hosts)] : []),
    ...(peer.backs > 0 ? [t.peer.backup(peer.backs)] : []),
    ...(isStandby(peer) ? [t.peer.standby] : []),
  ].join(', ');

const msText = (ms: number | null): string => (ms === null ? '–' : `${Math.round(ms * 10) / 10} ms`.replace('-', '\u2212'));

const columnsOf = (allowed: boolean, ours: string): readonly GridColDef<PeerView>[] => [
  { field: 'name', headerName: t.common.name, flex: 1, minWidth: 120, cellClassName: 'strong' },
  { field: 'state', headerName: t.common.state, width: 136, renderCell: ({ row }) => <StateChip of="peer" state={row.state} /> },
  { field: 'roles', headerName: t.peer.roles, flex: 1, minWidth: 160, valueGetter: (_, peer) => rolesOf(peer) },
  {
    field: 'lastHeardMs',
    headerName: t.peer.lastHeard,
    width: 116,
    valueFormatter: (ms: number | null, peer) => (peer.you ? t.peer.now : ms === null ? t.peer.never : agoText(ms)),
  },
  { field: 'rttMs', headerName: t.peer.roundTrip, type: 'number', width: 110, valueFormatter: msText },
  { field: 'offsetMs', headerName: t.peer.offset, type: 'number', width: 110, valueFormatter: msText },
  { field: 'priority', headerName: t.peer.priority, type: 'number', width: 88 },
  {
    field: 'entry',
    headerName: t.common.entry,
    type: 'number',
    width: 88,
    valueFormatter: (entry: number | null) => (entry === null ? '–' : `#${entry}`),
  },
  {
    field: 'version',
    headerName: t.peer.version,
    width: 120,
    valueFormatter: (version: string | null) => versionText(version, ours),
  },
  { field: 'address', headerName: t.peer.address, width: 170, valueFormatter: (address: string | null) => address ?? '–' },
  {
    field: 'actions',
    headerName: t.common.actions,
    width: 150,
    sortable: false,
    renderCell: ({ row }) =>
      allowed && (row.state === 'alive' || row.state === 'oneWay') ? (
        <Button
          size="small"
          color="error"
          aria-label={t.peer.crashNamed(row.name)}
          onClick={() => void crash(row.you ? 'self' : row.peerId)}
        >
          {t.peer.crash}
        </Button>
      ) : null,
  },
];

export const PeerTable = ({ peers }: { readonly peers: readonly PeerView[] }) => {
  const allowed = useView((view) => view.status?.market?.faultsAllowed === true && view.status.phase === 'running');
  const ours = useView((view) => view.status?.version ?? '');
  const columns = useMemo(() => columnsOf(allowed, ours), [allowed, ours]);
  return <Grid label={t.peer.table} rows={peers} columns={columns} idOf={(peer) => peer.peerId} />;
};
