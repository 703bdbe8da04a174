/**
 * Who is in the market. Its operator may take a desktop off the list, which can come back only as a new member, or hand its role on.
 */
import { useState } from 'react';
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { PeerView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Section } from '../parts/Section.tsx';
import { StateChip } from '../parts/StateChip.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { attempt, send } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { tell } from '../state/tell.ts';
import { t } from '../text/t.ts';
import { useWhyNotOperator } from './useOperator.ts';

export const Members = () => {
  const peers = useView((view) => view.peers);
  const mayRemove = useWhyNotOperator() === null;
  const operator = useView((view) => view.status?.market?.operator.peerId);
  const [asking, setAsking] = useState<PeerView | null>(null);
  const [heir, setHeir] = useState<PeerView | null>(null);
  const handOn = (): void => {
    if (heir === null) return;
    const { peerId } = heir;
    setHeir(null);
    void send('', (requestId) => client().call('market.operator', { peerId, requestId }));
  };
  const remove = (): void => {
    if (asking === null) return;
    const { peerId, name } = asking;
    setAsking(null);
    void attempt(client().call('peers.evict', { peerId })).then((done) => {
      if (done !== null) tell({ kind: 'said', text: t.settings.removed(name) });
    });
  };
  return (
    <Section title={t.settings.members}>
      <TableBox label={t.settings.members} plain>
        <Table>
          <TableHead>
            <TableRow>
              <TableCell>{t.common.name}</TableCell>
              <TableCell>{t.common.state}</TableCell>
              <TableCell>{t.settings.role}</TableCell>
              <TableCell align="right">{t.common.actions}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {peers.map((peer) => (
              <TableRow key={peer.peerId} data-testid={`member-${peer.peerId}`}>
                <TableCell component="th" scope="row">
                  {peer.you ? t.common.you(peer.name) : peer.name}
                </TableCell>
                <TableCell>
                  <StateChip of="peer" state={peer.state} />
                </TableCell>
                <TableCell>
                  {peer.voter ? t.peer.voter : t.peer.observer}
                  {peer.peerId === operator ? `, ${t.settings.isOperator}` : ''}
                </TableCell>
                <TableCell align="right">
                  {mayRemove && !peer.you ? (
                    <>
                      <Button size="small" aria-label={t.settings.makeOperatorOf(peer.name)} onClick={() => setHeir(peer)}>
                        {t.settings.makeOperator}
                      </Button>
                      <Button size="small" color="error" aria-label={t.settings.removeNamed(peer.name)} onClick={() => setAsking(peer)}>
                        {t.settings.remove}
                      </Button>
                    </>
                  ) : (
                    '–'
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableBox>
      <ConfirmDialog
        open={asking !== null}
        title={t.settings.removeAsk(asking?.name ?? '')}
        text={t.settings.removeHelp}
        confirm={t.settings.removeDo}
        onConfirm={remove}
        onClose={() => setAsking(null)}
      />
      <ConfirmDialog
        open={heir !== null}
        title={t.settings.makeOperatorAsk(heir?.name ?? '')}
        text={t.settings.makeOperatorHelp}
        confirm={t.settings.makeOperator}
        onConfirm={handOn}
        onClose={() => setHeir(null)}
      />
    </Section>
  );
};
