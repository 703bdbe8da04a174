/**
 * What went out and came in since the sockets were opened, and what was not used, by reason.
 */
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { NetworkView } from '../../shared/network.ts';
import { countText, sizeText } from '../format/size.ts';
import { Section } from '../parts/Section.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { t } from '../text/t.ts';

export const Counters = ({ network }: { readonly network: NetworkView }) => {
  const { traffic, refused, receiveBuffer } = network;
  const rows = [
    [t.counters.messages, countText(traffic.messagesOut), countText(traffic.messagesIn)],
    [t.counters.datagrams, countText(traffic.datagramsOut), countText(traffic.datagramsIn)],
    [t.counters.bytes, sizeText(traffic.bytesOut), sizeText(traffic.bytesIn)],
  ] as const;
  return (
    <Section title={t.counters.title}>
      <TableBox label={t.counters.title} plain>
        <Table>
          <TableHead>
            <TableRow>
              <TableCell />
              <TableCell align="right">{t.counters.out}</TableCell>
              <TableCell align="right">{t.counters.in}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(([name, out, into]) => (
              <TableRow key={name}>
                <TableCell component="th" scope="row">
                  {name}
                </TableCell>
                <TableCell align="right">{out}</TableCell>
                <TableCell align="right">{into}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableBox>
      <Typography variant="body2" sx={{ color: 'text.secondary', mt: 1.5 }}>
        {t.counters.buffer(sizeText(receiveBuffer))}
      </Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary', mt: 0.5 }}>
        {refused.length === 0
          ? t.counters.noneRefused
          : t.counters.refused(refused.map(({ why, count }) => `${why} ${countText(count)}`).join(', '))}
      </Typography>
    </Section>
  );
};
