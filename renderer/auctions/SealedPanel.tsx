/**
 * The rounds of a sealed auction: which one is on, how many sealed bids are in, and what the rounds before have shown. Until a round is
 * over there are commitments here and no amounts.
 */
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Step from '@mui/material/Step';
import StepLabel from '@mui/material/StepLabel';
import Stepper from '@mui/material/Stepper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { LotView } from '../../shared/views.ts';
import { timeText } from '../format/time.ts';
import { useMoney } from '../format/useMoney.ts';
import { TableBox } from '../parts/TableBox.tsx';
import { useMe } from '../parts/useTrading.ts';
import { t } from '../text/t.ts';

type Rounds = NonNullable<LotView['rounds']>;

const Standings = ({ rounds }: { readonly rounds: Rounds }) => {
  const money = useMoney();
  const me = useMe();
  if (rounds.standings.length === 0) return null;
  const shown = Array.from({ length: rounds.of }, (_, i) => i);
  return (
    <TableBox label={t.lot.standings} plain>
      <Table size="small" aria-label={t.lot.standings}>
        <TableHead>
          <TableRow>
            <TableCell>{t.lot.standings}</TableCell>
            {rounds.of > 1
              ? shown.map((i) => (
                  <TableCell key={i} align="right">
                    {i + 1}
                  </TableCell>
                ))
              : null}
            <TableCell align="right">{t.lot.total}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rounds.standings.map(({ bidder, total, amounts }) => (
            <TableRow key={bidder.peerId} data-testid="standing-row">
              <TableCell component="th" scope="row">
                {bidder.peerId === me ? t.common.you(bidder.name) : bidder.name}
              </TableCell>
              {rounds.of > 1
                ? shown.map((i) => (
                    <TableCell key={i} align="right">
                      {amounts[i] === undefined || amounts[i] === null ? '–' : money.show(amounts[i].minor)}
                    </TableCell>
                  ))
                : null}
              <TableCell align="right" sx={{ fontWeight: 700 }}>
                {money.show(total.minor)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableBox>
  );
};

const Seals = ({ rounds }: { readonly rounds: Rounds }) => {
  const me = useMe();
  const present = rounds.seals.filter((seal) => seal.round === rounds.round && seal.amount === null);
  if (present.length === 0) return null;
  return (
    <TableBox label={t.lot.commitment} plain>
      <Table size="small" aria-label={t.lot.commitment}>
        <TableBody>
          {present.map((seal) => (
            <TableRow key={seal.entry}>
              <TableCell component="th" scope="row">
                {seal.bidder.peerId === me ? t.common.you(seal.bidder.name) : seal.bidder.name}
              </TableCell>
              <TableCell sx={{ fontFamily: 'monospace' }}>{`${seal.commitment.slice(0, 8)}…`}</TableCell>
              <TableCell>{timeText(seal.at)}</TableCell>
              <TableCell align="right">#{seal.entry}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableBox>
  );
};

export const SealedPanel = ({ lot }: { readonly lot: LotView }) => {
  const { rounds } = lot;
  if (rounds === null) return null;
  const steps = Array.from({ length: rounds.of }, (_, i) => i + 1);
  return (
    <Paper variant="outlined" sx={{ p: 2, display: 'grid', gap: 2 }}>
      {rounds.of > 1 ? (
        <Stepper activeStep={rounds.round - 1} alternativeLabel>
          {steps.map((round) => (
            <Step key={round} completed={round < rounds.round || lot.state === 'sold' || lot.state === 'notSold'}>
              <StepLabel>{t.lot.roundOf(round, rounds.of)}</StepLabel>
            </Step>
          ))}
        </Stepper>
      ) : null}
      {rounds.minBidders > 0 && rounds.round === 0 ? (
        <Box>
          <Typography>{t.lot.joinedNow(rounds.joined.length, rounds.minBidders)}</Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {rounds.joined.map((who) => who.name).join(', ')}
          </Typography>
        </Box>
      ) : null}
      <Seals rounds={rounds} />
      <Standings rounds={rounds} />
      {rounds.unrevealed.length === 0 ? null : (
        <Typography sx={{ color: 'error.main' }}>{t.lot.unrevealed(rounds.unrevealed.map((who) => who.name).join(', '))}</Typography>
      )}
    </Paper>
  );
};
