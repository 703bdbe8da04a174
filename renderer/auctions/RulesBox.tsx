/**
 * The rules this lot runs by, so that nobody has to ask.
 */
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { LotView } from '../../shared/views.ts';
import { wordsNow } from '../format/refusal.ts';
import { durationText, secondsText } from '../format/time.ts';
import { useMoney } from '../format/useMoney.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

export const RulesBox = ({ lot }: { readonly lot: LotView }) => {
  const money = useMoney();
  const bps = useView((view) => view.status?.market?.commissionBps ?? 0);
  const commission = bps / 100;
  const sealed = lot.rounds !== null;
  const rising = lot.kind === 'open' || lot.kind === 'multi';
  const rows: readonly (readonly [string, string])[] = [
    [t.newAuction.type, t.lot.kinds[lot.kind]],
    [sealed || lot.kind === 'multi' ? t.newAuction.minimum : t.rules.start, money.show(lot.startPrice.minor)],
    ...(rising ? [[t.rules.increment, money.show(lot.increment.minor)] as const] : []),
    ...(lot.kind === 'open' || lot.kind === 'sealed' || lot.kind === 'vickrey'
      ? [[t.rules.reserve, lot.hasReserve ? (lot.reserveMet ? t.rules.reserveMet : t.rules.reserveNotMet) : t.rules.noReserve] as const]
      : []),
    ...(lot.kind === 'dutch' ? [] : [[t.rules.duration, durationText(lot.durationMs)] as const]),
    ...(rising
      ? [
          [
            t.rules.softClose,
            lot.softCloseMs === 0
              ? t.rules.noSoftClose
              : t.rules.softCloseText(durationText(lot.softCloseMs), durationText(lot.softCloseMaxMs)),
          ] as const,
        ]
      : []),
    [t.rules.tie, t.rules.tieText],
    [t.rules.commission, t.rules.commissionText(commission)],
    ...(lot.rounds === null ? [] : [[t.newAuction.deposit, money.show(lot.rounds.deposit.minor)] as const]),
    ...(lot.extended > 0 ? [[t.rules.extended, t.rules.times(lot.extended)] as const] : []),
    ...(lot.lostTimeGivenBackMs > 0 ? [[t.rules.givenBack, secondsText(lot.lostTimeGivenBackMs)] as const] : []),
  ];
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Typography component="h2" variant="h3" sx={{ mb: 1 }}>
        {t.rules.title}
      </Typography>
      <Box
        component="dl"
        sx={{
          'display': 'grid',
          'gridTemplateColumns': 'auto 1fr',
          'columnGap': 2,
          'rowGap': 0.5,
          'm': 0,
          '& dt': { color: 'text.secondary' },
          '& dd': { m: 0 },
        }}
      >
        {rows.map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
      </Box>
      {lot.rules.length === 0 ? null : (
        <Box component="ul" sx={{ pl: 2.5, mb: 0, color: 'text.secondary', typography: 'body2' }}>
          {t.said.rules(lot, bps, wordsNow()).map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </Box>
      )}
    </Paper>
  );
};
