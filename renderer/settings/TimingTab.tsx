/**
 * How quickly a silent leader is suspected and replaced. All desktops of a market have the same timing; its operator chooses.
 */
import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Radio from '@mui/material/Radio';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { presetNames } from '../../shared/rules.ts';
import { client } from '../carrier/current.ts';
import { Section } from '../parts/Section.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { useRead } from '../parts/useRead.ts';
import { send } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { locale, t } from '../text/t.ts';
import { useWhyNotOperator } from './useOperator.ts';

type Preset = (typeof presetNames)[number];
const known = (name: string): Preset | undefined => presetNames.find((one) => one === name);
const secondsOf = (ms: number): string => `${(ms / 1000).toLocaleString(locale, { maximumFractionDigits: 2 })} s`;

export const TimingTab = () => {
  const why = useWhyNotOperator();
  const now = useView((view) => known(view.status?.market?.preset ?? ''));
  const { value: timings } = useRead('timings', () => client().call('timings', {}));
  const [wanted, setWanted] = useState<Preset | null>(null);
  const [busy, setBusy] = useState(false);
  const chosen = wanted ?? now;
  const save = (): void => {
    if (chosen === undefined) return;
    setBusy(true);
    void send('', (requestId) => client().call('market.rules', { preset: chosen, requestId })).finally(() => {
      setBusy(false);
      setWanted(null);
    });
  };
  return (
    <Section title={t.settings.tabs.timing}>
      <Typography sx={{ mb: 2, maxWidth: 720 }}>{t.settings.timingHelp}</Typography>
      {why === null ? null : (
        <Alert severity="info" role="note" sx={{ mb: 2 }}>
          {why}
        </Alert>
      )}
      <TableBox label={t.settings.tabs.timing} plain>
        <Table>
          <TableHead>
            <TableRow>
              <TableCell>{t.settings.preset}</TableCell>
              <TableCell align="right">{t.settings.heartbeat}</TableCell>
              <TableCell align="right">{t.settings.suspected}</TableCell>
              <TableCell align="right">{t.settings.failed}</TableCell>
              <TableCell align="right">{t.settings.answerWait}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {(timings ?? []).map((timing) => {
              const preset = known(timing.preset);
              if (preset === undefined) return null;
              const { name, help } = t.settings.presets[preset];
              return (
                <TableRow key={preset} selected={preset === chosen} data-testid={`preset-${preset}`}>
                  <TableCell component="th" scope="row" sx={{ minWidth: 280 }}>
                    <label style={{ display: 'flex', gap: 8, alignItems: 'flex-start' }}>
                      <Radio
                        size="small"
                        sx={{ p: 0.25 }}
                        name="preset"
                        checked={preset === chosen}
                        disabled={why !== null}
                        onChange={() => setWanted(preset)}
                        slotProps={{ input: { 'aria-label': name } }}
                      />
                      <span>
                        {preset === now ? t.settings.inForce(name) : name}
                        <Typography component="span" variant="body2" sx={{ display: 'block', color: 'text.secondary' }}>
                          {help}
                        </Typography>
                      </span>
                    </label>
                  </TableCell>
                  <TableCell align="right">{secondsOf(timing.heartbeatMs)}</TableCell>
                  <TableCell align="right">{secondsOf(timing.suspectMs)}</TableCell>
                  <TableCell align="right">
                    {t.settings.between(secondsOf(timing.failMs), secondsOf(timing.failMs + timing.failJitterMs))}
                  </TableCell>
                  <TableCell align="right">{secondsOf(timing.okMs)}</TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      </TableBox>
      <Button variant="contained" sx={{ mt: 2 }} disabled={busy || why !== null || wanted === null || wanted === now} onClick={save}>
        {t.settings.chooseTiming}
      </Button>
    </Section>
  );
};
