/**
 * Who I am here: the name others read, the paddle that follows from it, and the way out of the market.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { client } from '../carrier/current.ts';
import { plainRefusal } from '../format/refusal.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Facts } from '../parts/Facts.tsx';
import { NameField } from '../parts/fields.tsx';
import { Paddle } from '../parts/Paddle.tsx';
import { Section } from '../parts/Section.tsx';
import { attempt } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { tell } from '../state/tell.ts';
import { t } from '../text/t.ts';

const NameForm = ({ known, peerId }: { readonly known: string; readonly peerId: string }) => {
  /** Null while nothing else than the name in force is wanted. A change that comes from outside takes nobody's typing away. */
  const [typed, setTyped] = useState<string | null>(null);
  /** The name that was given, as the answer says, until this page hears of it. */
  const [given, setGiven] = useState<{ readonly name: string; readonly before: string } | null>(null);
  const [busy, setBusy] = useState(false);
  if (given !== null && given.before !== known) setGiven(null);
  const inForce = given?.name ?? known;
  const name = typed ?? inForce;
  const wanted = name.trim();
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (busy || wanted === '' || wanted === inForce) return;
    setBusy(true);
    void attempt(client().call('desk.rename', { name: wanted })).then((done) => {
      setBusy(false);
      if (done === null) return;
      setTyped((now) => (now === name ? null : now));
      setGiven({ name: done.desk.name, before: known });
      const got = done.desk.name;
      tell({ kind: 'said', text: got === wanted ? t.settings.renamed(wanted) : plainRefusal('NAME_TAKEN', { wanted, name: got }) });
    });
  };
  return (
    <Box component="form" onSubmit={save} noValidate sx={{ display: 'flex', gap: 1.5, alignItems: 'flex-start', maxWidth: 520 }}>
      <Paddle peerId={peerId} name={wanted === '' ? inForce : wanted} size={40} />
      <NameField label={t.setup.deskName} value={name} help={t.settings.nameHelp} onChange={setTyped} />
      <Button type="submit" variant="contained" disabled={busy || wanted === '' || wanted === inForce}>
        {t.settings.save}
      </Button>
    </Box>
  );
};

const Leave = ({ market }: { readonly market: string }) => {
  const [asking, setAsking] = useState(false);
  const hasRole = useView(
    ({ status, peers }) =>
      status?.market?.operator.peerId === status?.desk.peerId && peers.some((peer) => !peer.you && peer.state !== 'left'),
  );
  const help = hasRole ? `${t.settings.leaveHelp} ${t.settings.leavesRole}` : t.settings.leaveHelp;
  const leave = (): void => {
    setAsking(false);
    void attempt(client().call('market.leave', {}));
  };
  return (
    <Section title={t.settings.leaveTitle}>
      <Typography sx={{ mb: 1.5 }}>{help}</Typography>
      <Button variant="outlined" color="error" onClick={() => setAsking(true)}>
        {t.settings.leave(market)}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t.settings.leaveAsk(market)}
        text={help}
        confirm={t.settings.leaveDo}
        onConfirm={leave}
        onClose={() => setAsking(false)}
      />
    </Section>
  );
};

/** Nobody answers, or the name was wrong: back to the choice of a market. */
const StopJoining = () => (
  <Section title={t.banner.joining}>
    <Typography sx={{ mb: 1.5 }}>{t.settings.joiningHelp}</Typography>
    <Button variant="outlined" onClick={() => void attempt(client().call('market.leave', {}))}>
      {t.settings.stopJoining}
    </Button>
  </Section>
);

export const YouTab = () => {
  const peerId = useView((view) => view.status?.desk.peerId ?? '');
  const name = useView((view) => view.status?.desk.name ?? '');
  const priority = useView((view) => view.status?.desk.priority ?? 0);
  const address = useView((view) => view.status?.desk.address ?? '');
  const paddle = useView((view) => view.status?.desk.paddle ?? null);
  const market = useView((view) => view.status?.market?.name ?? null);
  const joining = useView((view) => view.status?.phase === 'joining');
  return (
    <>
      <Section title={t.settings.tabs.you}>
        <Stack spacing={2.5}>
          <NameForm known={name} peerId={peerId} />
          <Facts
            rows={[
              ...(paddle === null ? [] : [[t.settings.paddle, t.settings.paddleOf(paddle)] as const]),
              [t.settings.priority, t.settings.priorityOf(priority)],
              [t.peer.address, address === '' ? '–' : address],
              [t.settings.identity, peerId],
            ]}
          />
        </Stack>
      </Section>
      {market === null && joining ? <StopJoining /> : null}
      {market === null ? null : <Leave market={market} />}
    </>
  );
};
