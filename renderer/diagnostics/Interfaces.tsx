/**
 * The adapters of this machine and what each of them has carried. Which of them are used is chosen in Settings › Network.
 */
import Chip from '@mui/material/Chip';
import Link from '@mui/material/Link';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { NetworkView } from '../../shared/network.ts';
import { countText } from '../format/size.ts';
import { agoText } from '../format/time.ts';
import { Section } from '../parts/Section.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { href } from '../state/route.ts';
import { t } from '../text/t.ts';

const heard = (ms: number | null): string => (ms === null ? t.peer.never : t.interfaces.ago(agoText(ms)));

export const Interfaces = ({ network }: { readonly network: NetworkView }) => (
  <Section title={t.interfaces.title} actions={<Link href={href('settings', 'network')}>{t.interfaces.choose}</Link>}>
    <TableBox label={t.interfaces.title} plain>
      <Table>
        <TableHead>
          <TableRow>
            <TableCell>{t.interfaces.name}</TableCell>
            <TableCell>{t.peer.address}</TableCell>
            <TableCell>{t.common.state}</TableCell>
            <TableCell align="right">{t.interfaces.out}</TableCell>
            <TableCell align="right">{t.interfaces.in}</TableCell>
            <TableCell align="right">{t.interfaces.errors}</TableCell>
            <TableCell>{t.interfaces.lastPeer}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {network.interfaces.map((one) => (
            <TableRow key={`${one.name}/${one.address}`} data-testid={`interface-${one.name}`}>
              <TableCell component="th" scope="row">
                {one.name}
              </TableCell>
              <TableCell>{one.address}</TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>
                <Chip label={one.used ? t.interfaces.used : t.interfaces.unused} color={one.used ? 'success' : 'default'} />{' '}
                {one.virtual ? <Chip label={t.interfaces.virtual} color="warning" /> : null}
                {one.internal ? <Chip label={t.interfaces.internal} /> : null}
              </TableCell>
              <TableCell align="right">{countText(one.beaconsOut)}</TableCell>
              <TableCell align="right">{countText(one.beaconsIn)}</TableCell>
              <TableCell align="right">{countText(one.sendErrors)}</TableCell>
              <TableCell>{heard(one.peerHeardMs)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableBox>
  </Section>
);
