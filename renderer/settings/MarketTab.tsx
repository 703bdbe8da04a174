/**
 * The market's rules. What its operator changes goes through the log, so all desktops change at the same entry; the rest is as the
 * market was made.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { takeovers } from '../../shared/rules.ts';
import type { StatusView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { ChoiceField } from '../parts/ChoiceField.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Section } from '../parts/Section.tsx';
import { send } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { Invitation } from './Invitation.tsx';
import { Members } from './Members.tsx';
import { parsePercent, percentText } from './percent.ts';
import { useWhyNotOperator } from './useOperator.ts';

type Market = NonNullable<StatusView['market']>;

const Rules = ({ market }: { readonly market: Market }) => {
  const why = useWhyNotOperator();
  const [commission, setCommission] = useState(percentText(market.commissionBps));
  const [faultsAllowed, setFaults] = useState(market.faultsAllowed);
  const [takeover, setTakeover] = useState(market.takeover);
  const [busy, setBusy] = useState(false);
  const bps = parsePercent(commission);
  const changed = {
    ...(bps === null || bps === market.commissionBps ? {} : { commissionPercent: bps / 100 }),
    ...(faultsAllowed === market.faultsAllowed ? {} : { faultsAllowed }),
    ...(takeover === market.takeover ? {} : { takeover }),
  };
  const blocked = busy || why !== null || bps === null || Object.keys(changed).length === 0;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (blocked) return;
    setBusy(true);
    void send('', (requestId) => client().call('market.rules', { ...changed, requestId })).finally(() => setBusy(false));
  };
  return (
    <Section title={t.settings.rules}>
      <form onSubmit={save} noValidate>
        <Stack spacing={2} sx={{ maxWidth: 520 }}>
          {why === null ? null : (
            <Alert severity="info" role="note">
              {why}
            </Alert>
          )}
          <TextField
            label={t.settings.commission}
            value={commission}
            disabled={why !== null}
            error={bps === null}
            helperText={bps === null ? t.settings.commissionBad : t.settings.commissionHelp}
            onChange={(event) => setCommission(event.target.value)}
            slotProps={{ htmlInput: { inputMode: 'decimal', autoComplete: 'off', maxLength: 6 } }}
          />
          <div>
            <FormControlLabel
              disabled={why !== null}
              control={<Switch checked={faultsAllowed} onChange={(_, on) => setFaults(on)} />}
              label={t.settings.faults}
            />
            <FormHelperText sx={{ mx: 0 }}>{t.settings.faultsHelp}</FormHelperText>
          </div>
          {why === null ? (
            <ChoiceField<Market['takeover']>
              label={t.settings.takeover}
              value={takeover}
              choices={takeovers.map((one) => [one, t.settings.takeovers[one]] as const)}
              onChange={setTakeover}
            />
          ) : (
            <Facts rows={[[t.settings.takeover, t.settings.takeovers[market.takeover]]]} />
          )}
          <div>
            <Button type="submit" variant="contained" disabled={blocked}>
              {t.settings.saveRules}
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
};

export const MarketTab = () => {
  const market = useView((view) => view.status?.market ?? null);
  if (market === null) return <Typography>{t.settings.noMarket}</Typography>;
  const { commissionBps, faultsAllowed, takeover } = market;
  return (
    <>
      <Section title={market.name}>
        <Facts
          rows={[
            [t.settings.currency, market.currency],
            [t.settings.operator, market.operator.name],
            [t.settings.debts, market.allowNegative ? t.settings.debtsYes : t.settings.debtsNo],
          ]}
        />
      </Section>
      {/* A change that came from the log replaces what the form was filled with. */}
      <Rules key={`${commissionBps}/${String(faultsAllowed)}/${takeover}`} market={market} />
      <Invitation />
      <Members />
    </>
  );
};
