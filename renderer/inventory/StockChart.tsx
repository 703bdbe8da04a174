/**
 * How much of an item lay in each warehouse over time. The ledger beside it says the same in numbers.
 */
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { LineChart } from '@mui/x-charts/LineChart';
import type { LedgerRowView } from '../../shared/views.ts';
import { timeText } from '../format/time.ts';
import { t } from '../text/t.ts';
import { stockOverTime } from './overTime.ts';

const HEIGHT = 220;
const COLOURS = ['primary', 'secondary', 'info', 'error', 'success'] as const;

export const StockChart = ({ ledger }: { readonly ledger: readonly LedgerRowView[] }) => {
  const { times, series } = stockOverTime(ledger, COLOURS.length);
  if (times.length < 2) return null;
  return (
    <Paper variant="outlined" component="section" aria-labelledby="stock-chart-title" sx={{ p: 2 }}>
      <Typography component="h2" variant="h3" id="stock-chart-title">
        {t.item.chart}
      </Typography>
      <LineChart
        height={HEIGHT}
        skipAnimation
        margin={{ left: 8, right: 24, top: 16, bottom: 0 }}
        xAxis={[
          {
            data: times.map((at) => new Date(at)),
            scaleType: 'time',
            height: 28,
            tickNumber: 5,
            valueFormatter: (at: Date) => timeText(at.getTime()),
          },
        ]}
        yAxis={[{ min: 0, width: 52, tickMinStep: 1 }]}
        series={series.map(({ owner, balances }, i) => ({
          data: [...balances],
          curve: 'stepAfter',
          showMark: false,
          label: owner.name,
          color: `var(--mui-palette-${COLOURS[i] ?? 'primary'}-main)`,
        }))}
      />
    </Paper>
  );
};
