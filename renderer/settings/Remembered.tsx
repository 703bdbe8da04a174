/**
 * Where other desktops were last reached. Asked at the next start, so that a market is found again where group messages do not pass.
 */
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { NetworkView } from '../../shared/network.ts';
import { client } from '../carrier/current.ts';
import { dateTimeText } from '../format/time.ts';
import { Section } from '../parts/Section.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { attempt } from '../state/requests.ts';
import { tell } from '../state/tell.ts';
import { t } from '../text/t.ts';

export const Remembered = ({ remembered, onForgotten }: { readonly remembered: NetworkView['remembered']; onForgotten(): void }) => {
  const forget = (peerId?: string): void => {
    void attempt(client().call('peers.forget', peerId === undefined ? {} : { peerId })).then((done) => {
      if (done === null) return;
      tell({ kind: 'said', text: t.settings.forgotten(done.forgotten) });
      onForgotten();
    });
  };
  return (
    <Section
      title={t.settings.remembered}
      actions={
        <Button size="small" disabled={remembered.length === 0} onClick={() => forget()}>
          {t.settings.forgetAll}
        </Button>
      }
    >
      {remembered.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>{t.settings.nobody}</Typography>
      ) : (
        <TableBox label={t.settings.remembered} plain>
          <Table>
            <TableHead>
              <TableRow>
                <TableCell>{t.links.desktop}</TableCell>
                <TableCell>{t.peer.address}</TableCell>
                <TableCell>{t.peer.lastHeard}</TableCell>
                <TableCell align="right">{t.common.actions}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {remembered.map(({ peerId, name, address, lastHeardAt }) => (
                <TableRow key={peerId}>
                  <TableCell component="th" scope="row">
                    {name}
                  </TableCell>
                  <TableCell>{address}</TableCell>
                  <TableCell>{lastHeardAt === null ? t.peer.never : dateTimeText(lastHeardAt)}</TableCell>
                  <TableCell align="right">
                    <Button size="small" aria-label={t.settings.forgetNamed(name)} onClick={() => forget(peerId)}>
                      {t.settings.forget}
                    </Button>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableBox>
      )}
    </Section>
  );
};
