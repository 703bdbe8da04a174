/**
 * Each known desktop, each direction by itself: a network may carry words one way and not the other, and then only one side can mend it.
 */
import NoIcon from '@mui/icons-material/CloseOutlined';
import YesIcon from '@mui/icons-material/CheckOutlined';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { PeerView } from '../../shared/views.ts';
import type { DoctorLine } from '../../shared/network.ts';
import { Section } from '../parts/Section.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

const Direction = ({ works }: { readonly works: boolean }) => {
  const Icon = works ? YesIcon : NoIcon;
  return <Icon titleAccess={works ? t.doctor.mark.yes : t.doctor.mark.no} sx={{ color: works ? 'success.main' : 'error.main' }} />;
};

interface Link {
  readonly peer: PeerView;
  readonly to: boolean;
  readonly from: boolean;
  readonly rttMs: number | null;
}

const linksOf = (lines: readonly DoctorLine[], peers: readonly PeerView[]): Link[] =>
  lines.flatMap(({ details }) => {
    const peer = peers.find((one) => one.peerId === details?.['peerId']);
    if (peer === undefined || details?.['toThem'] === undefined) return [];
    const rtt = details['rttMs'];
    return [{ peer, to: details['toThem'] === true, from: details['fromThem'] === true, rttMs: typeof rtt === 'number' ? rtt : null }];
  });

export const Links = ({ lines }: { readonly lines: readonly DoctorLine[] }) => {
  const peers = useView((view) => view.peers);
  const links = linksOf(lines, peers).toSorted((a, b) => a.peer.name.localeCompare(b.peer.name));
  return (
    <Section title={t.links.title}>
      {links.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>{t.links.none}</Typography>
      ) : (
        <TableBox label={t.links.title} plain>
          <Table>
            <TableHead>
              <TableRow>
                <TableCell>{t.links.desktop}</TableCell>
                <TableCell>{t.links.hearsUs}</TableCell>
                <TableCell>{t.links.weHear}</TableCell>
                <TableCell align="right">{t.peer.roundTrip}</TableCell>
                <TableCell>{t.peer.address}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {links.map(({ peer, to, from, rttMs }) => (
                <TableRow key={peer.peerId} data-testid={`link-${peer.peerId}`}>
                  <TableCell component="th" scope="row">
                    {peer.name}
                  </TableCell>
                  <TableCell>
                    <Direction works={to} />
                  </TableCell>
                  <TableCell>
                    <Direction works={from || to} />
                  </TableCell>
                  <TableCell align="right">{rttMs === null ? '–' : `${rttMs.toFixed(1)} ms`}</TableCell>
                  <TableCell>{peer.address ?? '–'}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableBox>
      )}
    </Section>
  );
};
