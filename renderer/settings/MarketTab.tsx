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
import { biddersShown, takeovers } from '../../shared/rules.ts';
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

/** What the others read. */
const RulesRead = ({ market, why }: { readonly market: Market; readonly why: string }) => (
  <Section title={t.settings.rules}>
    <Facts
      rows={[
        [t.settings.commission, percentText(market.commissionBps)],
        [t.settings.faults, market.faultsAllowed ? t.settings.yes : t.settings.no],
        [t.settings.takeover, t.settings.takeovers[market.takeover]],
        [t.settings.bidders, t.settings.biddersShown[market.bidders]],
      ]}
    />
    <Typography variant="body2" sx={{ color: 'text.secondary', mt: 1, maxWidth: '70ch' }}>
      {t.settings.biddersHelp}
    </Typography>
    <Alert severity="info" role="note" sx={{ mt: 1.5 }}>
      {why}
    </Alert>
  </Section>
);

const RulesForm = ({ market }: { readonly market: Market }) => {
  const [commission, setCommission] = useState(percentText(market.commissionBps));
  const [faultsAllowed, setFaults] = useState(market.faultsAllowed);
  const [takeover, setTakeover] = useState(market.takeover);
  const [bidders, setBidders] = useState(market.bidders);
  const [busy, setBusy] = useState(false);
  const bps = parsePercent(commission);
  const changed = {
    ...(bps === null || bps === market.commissionBps ? {} : { commissionPercent: bps / 100 }),
    ...(faultsAllowed === market.faultsAllowed ? {} : { faultsAllowed }),
    ...(takeover === market.takeover ? {} : { takeover }),
    ...(bidders === market.bidders ? {} : { bidders }),
  };
  const blocked = busy || bps === null || Object.keys(changed).length === 0;
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
          <TextField
            label={t.settings.commission}
            value={commission}
            error={bps === null}
            helperText={bps === null ? t.settings.commissionBad : t.settings.commissionHelp}
            onChange={(event) => setCommission(event.target.value)}
            slotProps={{ htmlInput: { inputMode: 'decimal', autoComplete: 'off', maxLength: 6 } }}
          />
          <div>
            <FormControlLabel control={<Switch checked={faultsAllowed} onChange={(_, on) => setFaults(on)} />} label={t.settings.faults} />
            <FormHelperText sx={{ mx: 0 }}>{t.settings.faultsHelp}</FormHelperText>
          </div>
          <ChoiceField<Market['takeover']>
            label={t.settings.takeover}
            value={takeover}
            choices={takeovers.map((one) => [one, t.settings.takeovers[one]] as const)}
            onChange={setTakeover}
          />
          <ChoiceField<Market['bidders']>
            label={t.settings.bidders}
            value={bidders}
            choices={biddersShown.map((one) => [one, t.settings.biddersShown[one]] as const)}
            help={t.settings.biddersHelp}
            onChange={setBidders}
          />
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
  const why = useWhyNotOperator();
  if (market === null) return <Typography>{t.settings.noMarket}</Typography>;
  const { commissionBps, faultsAllowed, takeover, bidders } = market;
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
      {why === null ? (
        // A change that came from the log replaces what the form was filled with.
        <RulesForm key={`${commissionBps}/${String(faultsAllowed)}/${takeover}/${bidders}`} market={market} />
      ) : (
        <RulesRead market={market} why={why} />
      )}
      <Invitation />
      <Members />
    </>
  );
};
