/**
 * Bids per minute as bars, and the same as a table for who cannot see or does not want bars.
 */
import { useState } from 'react';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { BarChart } from '@mui/x-charts/BarChart';
import type { LotView } from '../../shared/views.ts';
import { timeText } from '../format/time.ts';
import { TableBox } from '../parts/TableBox.tsx';
import { t } from '../text/t.ts';
import { bidsPerMinute } from './perMinute.ts';
import type { Bar } from './perMinute.ts';

const HEIGHT = 160;

const Bars = ({ bars }: { readonly bars: readonly Bar[] }) => (
  <BarChart
    height={HEIGHT}
    skipAnimation
    margin={{ left: 8, right: 24, top: 16, bottom: 0 }}
    xAxis={[{ data: bars.map(({ from }) => timeText(from).slice(0, 5)), scaleType: 'band', height: 28 }]}
    yAxis={[{ width: 40, min: 0, tickMinStep: 1 }]}
    series={[
      { data: bars.map(({ bids, auto }) => bids - auto), label: t.tempo.byHand, stack: 'bids', color: 'var(--mui-palette-primary-main)' },
      { data: bars.map(({ auto }) => auto), label: t.lot.auto, stack: 'bids', color: 'var(--mui-palette-secondary-main)' },
    ]}
  />
);

const Twin = ({ bars }: { readonly bars: readonly Bar[] }) => (
  <TableBox label={t.tempo.title} plain maxHeight={240}>
    <Table aria-label={t.tempo.title} stickyHeader>
      <TableHead>
        <TableRow>
          <TableCell>{t.tempo.from}</TableCell>
          <TableCell align="right">{t.tempo.bids}</TableCell>
          <TableCell align="right">{t.lot.auto}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {bars.map(({ from, bids, auto }) => (
          <TableRow key={from}>
            <TableCell component="th" scope="row">
              {timeText(from)}
            </TableCell>
            <TableCell align="right">{bids}</TableCell>
            <TableCell align="right">{auto}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  </TableBox>
);

export const TempoChart = ({ lot }: { readonly lot: LotView }) => {
  const [asTable, setAsTable] = useState(false);
  const { minutesEach, bars } = bidsPerMinute(lot.bids);
  if (lot.bids.length < 2) return null;
  return (
    <Paper variant="outlined" component="section" aria-labelledby="tempo-title" sx={{ p: 2 }}>
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center' }}>
        <Typography component="h2" variant="h3" id="tempo-title">
          {minutesEach === 1 ? t.tempo.title : t.tempo.perMinutes(minutesEach)}
        </Typography>
        <Button size="small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t.tempo.asTable}
        </Button>
      </Stack>
      {asTable ? <Twin bars={bars} /> : <Bars bars={bars} />}
    </Paper>
  );
};
