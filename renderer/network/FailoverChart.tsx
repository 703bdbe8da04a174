/**
 * How long each change of leader took, in its three parts, and the same numbers as a table.
 */
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { BarChart } from '@mui/x-charts/BarChart';
import { client } from '../carrier/current.ts';
import { secondsText } from '../format/time.ts';
import { Section } from '../parts/Section.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { useRead } from '../parts/useRead.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

const HEIGHT = 240;
/** So that one failover alone is a bar and not a wall. */
const FRAME_PX = 240;
const BAR_PX = 120;
/** As many bars as can be told apart. */
const SHOWN = 20;
const parts = [
  ['detectedMs', 'detected', 'var(--mui-palette-warning-main)'],
  ['electedMs', 'elected', 'var(--mui-palette-primary-main)'],
  ['recoveredMs', 'recovered', 'var(--mui-palette-info-main)'],
] as const;

const text = (ms: number | null): string => (ms === null ? '–' : secondsText(ms));

export const FailoverChart = () => {
  const newest = useView((view) => view.status?.lastFailover?.term ?? 0);
  const { value } = useRead(`failovers/${newest}`, () => client().call('failovers', {}));
  const reports = (value ?? []).slice(-SHOWN);
  if (reports.length === 0) return null;
  return (
    <Section title={t.failover.chart}>
      <Box sx={{ maxWidth: FRAME_PX + reports.length * BAR_PX }}>
        <BarChart
          height={HEIGHT}
          skipAnimation
          margin={{ left: 8, right: 8, top: 8, bottom: 0 }}
          xAxis={[{ data: reports.map((one) => `${t.failover.term} ${one.term}`), scaleType: 'band', height: 28 }]}
          yAxis={[{ width: 56, valueFormatter: (ms: number) => secondsText(ms) }]}
          series={parts.map(([key, name, color]) => ({
            data: reports.map((one) => one[key]),
            label: t.failover[name],
            color,
            stack: 'failover',
            valueFormatter: text,
          }))}
        />
      </Box>
      <TableBox label={t.failover.table} plain>
        <Table data-testid="failover-table">
          <TableHead>
            <TableRow>
              <TableCell>{t.failover.term}</TableCell>
              <TableCell>{t.failover.who}</TableCell>
              <TableCell align="right">{t.failover.detected}</TableCell>
              <TableCell align="right">{t.failover.elected}</TableCell>
              <TableCell align="right">{t.failover.recovered}</TableCell>
              <TableCell align="right">{t.failover.stopped}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {reports.toReversed().map((one) => (
              <TableRow key={`${one.term}/${one.at}`}>
                <TableCell component="th" scope="row">
                  {one.term}
                </TableCell>
                <TableCell>{`${one.from?.name ?? '–'} → ${one.to.name}`}</TableCell>
                <TableCell align="right">{text(one.detectedMs)}</TableCell>
                <TableCell align="right">{text(one.electedMs)}</TableCell>
                <TableCell align="right">{text(one.recoveredMs)}</TableCell>
                <TableCell align="right">{text(one.stoppedMs)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableBox>
    </Section>
  );
};
