/**
 * How this desktop meets others: its port, group messages, which adapters, and whom it remembers. A change opens the sockets anew.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { MAX_PORT, MIN_PORT } from '../../shared/network.ts';
import type { NetworkView } from '../../shared/network.ts';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { Section } from '../parts/Section.tsx';
import { useRead } from '../parts/useRead.ts';
import { attempt } from '../state/requests.ts';
import { tell } from '../state/tell.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { Remembered } from './Remembered.tsx';

/** Null: chosen by the program. Undefined: no port. */
const portOf = (text: string): number | null | undefined => {
  if (text.trim() === '') return null;
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return port >= MIN_PORT && port <= MAX_PORT ? port : undefined;
};

const Form = ({ network, onSaved }: { readonly network: NetworkView; onSaved(): void }) => {
  const { choice } = network;
  const [portText, setPort] = useState(choice.port === null ? '' : String(choice.port));
  const [multicast, setMulticast] = useState(choice.multicast);
  const [ignored, setIgnored] = useState<ReadonlySet<string>>(new Set(choice.ignored));
  const [busy, setBusy] = useState(false);
  const crashed = useView((view) => view.status?.phase === 'crashed');
  const port = portOf(portText);
  const same =
    port === choice.port && multicast === choice.multicast && [...ignored].toSorted().join('\n') === choice.ignored.toSorted().join('\n');
  const blocked = busy || crashed || port === undefined || same;
  const names = [...new Set(network.interfaces.filter((one) => !one.internal).map((one) => one.name))];
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (blocked) return;
    setBusy(true);
    void attempt(client().call('network.set', { port, multicast, ignored: [...ignored] })).then((done) => {
      setBusy(false);
      if (done === null) return;
      tell({ kind: 'said', text: t.settings.networkSaved(done.address) });
      onSaved();
    });
  };
  const toggle = (name: string): void => {
    const next = new Set(ignored);
    if (!next.delete(name)) next.add(name);
    setIgnored(next);
  };
  return (
    <Section title={t.settings.tabs.network}>
      <form onSubmit={save} noValidate>
        <Stack spacing={2.5} sx={{ maxWidth: 520 }}>
          <TextField
            label={t.settings.port}
            value={portText}
            placeholder="47100"
            disabled={choice.fixed.port}
            error={port === undefined}
            helperText={
              port === undefined
                ? t.settings.portBad(MIN_PORT, MAX_PORT)
                : choice.fixed.port
                  ? t.settings.fixed
                  : t.settings.portHelp(network.address)
            }
            onChange={(event) => setPort(event.target.value)}
            slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'off', maxLength: 5 }, inputLabel: { shrink: true } }}
          />
          {network.busyPort === null ? null : <Alert severity="warning">{t.settings.busyPort(network.busyPort, network.address)}</Alert>}
          <div>
            <FormControlLabel
              disabled={choice.fixed.multicast}
              control={<Switch checked={multicast && !choice.fixed.multicast} onChange={(_, on) => setMulticast(on)} />}
              label={t.settings.multicast}
            />
            <FormHelperText sx={{ mx: 0 }}>{choice.fixed.multicast ? t.settings.fixed : t.settings.multicastHelp}</FormHelperText>
          </div>
          {names.length === 0 ? null : (
            <FormControl component="fieldset">
              <FormLabel component="legend">{t.settings.adapters}</FormLabel>
              <FormGroup>
                {names.map((name) => {
                  const addresses = network.interfaces.filter((one) => one.name === name).map((one) => one.address);
                  return (
                    <FormControlLabel
                      key={name}
                      control={<Checkbox checked={!ignored.has(name)} onChange={() => toggle(name)} />}
                      label={`${name} (${addresses.join(', ')})`}
                    />
                  );
                })}
              </FormGroup>
              <FormHelperText sx={{ mx: 0 }}>{t.settings.adaptersHelp}</FormHelperText>
            </FormControl>
          )}
          <div>
            <Button type="submit" variant="contained" disabled={blocked}>
              {t.settings.saveNetwork}
            </Button>
            <FormHelperText sx={{ mx: 0 }}>{t.settings.networkHelp}</FormHelperText>
          </div>
        </Stack>
      </form>
    </Section>
  );
};

export const NetworkTab = () => {
  const [run, setRun] = useState(0);
  const phase = useView((view) => view.status?.phase ?? '');
  const { value: network, error } = useRead(`network/${run}/${phase}`, () => client().call('network', {}));
  if (error !== null) return <Alert severity="error">{refusalText(error)}</Alert>;
  if (network === null) return <></>;
  const again = (): void => setRun(run + 1);
  return (
    <>
      <Form key={JSON.stringify(network.choice)} network={network} onSaved={again} />
      <Remembered remembered={network.remembered} onForgotten={again} />
    </>
  );
};
