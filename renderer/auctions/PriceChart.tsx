/**
 * The price of a lot over time, one step per accepted bid. The table of bids below it says the same in words.
 */
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { LineChart } from '@mui/x-charts/LineChart';
import type { LotView } from '../../shared/views.ts';
import { timeText } from '../format/time.ts';
import { useMoney } from '../format/useMoney.ts';
import { t } from '../text/t.ts';

const HEIGHT = 200;

export const PriceChart = ({ lot }: { readonly lot: LotView }) => {
  const money = useMoney();
  const bids = lot.bids.toSorted((a, b) => a.entry - b.entry);
  if (bids.length < 2) return null;
  return (
    <Paper variant="outlined" component="section" aria-labelledby="price-chart-title" sx={{ p: 2 }}>
      <Typography component="h2" variant="h3" id="price-chart-title">
        {t.lot.chart}
      </Typography>
      <LineChart
        height={HEIGHT}
        skipAnimation
        hideLegend
        margin={{ left: 8, right: 24, top: 16, bottom: 0 }}
        xAxis={[
          {
            data: bids.map((bid) => new Date(bid.at)),
            scaleType: 'time',
            height: 28,
            tickNumber: 5,
            // Labels show whole seconds: closer ticks would say the same twice.
            tickMinStep: 1_000,
            valueFormatter: (at: Date) => timeText(at.getTime()),
          },
        ]}
        yAxis={[{ width: 76, valueFormatter: (minor: number) => money.show(minor) }]}
        series={[
          {
            data: bids.map((bid) => bid.amount.minor),
            curve: 'stepAfter',
            showMark: true,
            label: t.lot.currentPrice,
            color: 'var(--mui-palette-primary-main)',
            valueFormatter: (minor) => (minor === null ? '' : money.show(minor)),
          },
        ]}
      />
    </Paper>
  );
};
