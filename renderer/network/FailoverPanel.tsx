/**
 * The last change of leader in numbers: how long each part took, how many messages it cost, and that nothing accepted was lost.
 */
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { FailoverReport } from '../../shared/views.ts';
import { secondsText, timeText } from '../format/time.ts';
import { t } from '../text/t.ts';

const duration = (ms: number | null): string => (ms === null ? '–' : secondsText(ms));

export const FailoverPanel = ({ report }: { readonly report: FailoverReport }) => {
  const { messages } = report;
  const rows: readonly (readonly [string, string])[] = [
    [t.failover.detected, duration(report.detectedMs)],
    [t.failover.elected, duration(report.electedMs)],
    [t.failover.recovered, duration(report.recoveredMs)],
    [t.failover.stopped, duration(report.stoppedMs)],
    [t.failover.accepted, t.failover.beforeAfter(report.acceptedBefore, report.acceptedAfter)],
    [t.failover.waiting, String(report.waitingSent)],
    [t.failover.lost, String(report.lost)],
    [t.failover.messages, t.failover.counts(messages)],
  ];
  return (
    <Box data-testid="failover-report">
      <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>
        {t.failover.title}
      </Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1 }}>
        {t.failover.head(report.from?.name ?? null, report.to.name, report.term, timeText(report.at), report.reason)}
      </Typography>
      <Box
        component="dl"
        sx={{
          'display': 'grid',
          'gridTemplateColumns': 'auto 1fr',
          'columnGap': 2,
          'rowGap': 0.25,
          'm': 0,
          '& dt': { color: 'text.secondary' },
          '& dd': { m: 0, fontWeight: 600 },
        }}
      >
        {rows.map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
      </Box>
    </Box>
  );
};
