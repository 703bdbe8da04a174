/**
 * What may interrupt. Native notices, the tray and keeping the machine awake belong to the desktop program; in a browser there is the bell.
 */
import { useEffect, useState } from 'react';
import Alert from '@mui/material/Alert';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import FormHelperText from '@mui/material/FormHelperText';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import { desktopSettings } from '../../shared/ipc.ts';
import type { DesktopBridge, DesktopSettings } from '../../shared/ipc.ts';
import { Section } from '../parts/Section.tsx';
import { t } from '../text/t.ts';
import { Choice } from './Choice.tsx';

const kinds = ['outbid', 'won', 'sold', 'readyCheck', 'ending', 'low'] as const satisfies readonly (keyof DesktopSettings['notices'])[];
const closings = ['ask', 'tray', 'quit'] as const satisfies readonly DesktopSettings['closing'][];

const settingsIn = (raw: unknown): DesktopSettings | null => desktopSettings.safeParse(raw).data ?? null;

/** The shell's settings, and how to change them; null until they are known. */
const useShell = (shell: DesktopBridge): readonly [DesktopSettings | null, (next: DesktopSettings) => void] => {
  const [settings, setSettings] = useState<DesktopSettings | null>(null);
  useEffect(() => void shell.settings().then((raw) => setSettings(settingsIn(raw))), [shell]);
  return [settings, (next) => void shell.change(next).then((raw) => setSettings(settingsIn(raw)))];
};

const Shell = ({ shell }: { readonly shell: DesktopBridge }) => {
  const [settings, change] = useShell(shell);
  if (settings === null) return null;
  const { notices, keepAwake, closing } = settings;
  return (
    <>
      <Section title={t.notifications.native}>
        <FormGroup>
          {kinds.map((kind) => (
            <FormControlLabel
              key={kind}
              control={
                <Switch checked={notices[kind]} onChange={(_, on) => change({ ...settings, notices: { ...notices, [kind]: on } })} />
              }
              label={t.notifications.kinds[kind]}
            />
          ))}
        </FormGroup>
        <FormHelperText sx={{ mx: 0 }}>{t.notifications.nativeHelp}</FormHelperText>
      </Section>
      <Section title={t.notifications.window}>
        <Stack spacing={2}>
          <Choice
            label={t.notifications.closing}
            help={t.notifications.closingHelp}
            value={closing}
            options={closings.map((one) => [one, t.notifications.closings[one]] as const)}
            onChange={(next) => change({ ...settings, closing: next })}
          />
          <div>
            <FormControlLabel
              control={<Switch checked={keepAwake} onChange={(_, on) => change({ ...settings, keepAwake: on })} />}
              label={t.notifications.awake}
            />
            <FormHelperText sx={{ mx: 0 }}>{t.notifications.awakeHelp}</FormHelperText>
          </div>
        </Stack>
      </Section>
    </>
  );
};

export const NotificationsTab = () =>
  window.desktop === undefined ? (
    <Alert severity="info" role="note">
      {t.notifications.browser}
    </Alert>
  ) : (
    <Shell shell={window.desktop} />
  );
