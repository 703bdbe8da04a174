/**
 * The last change of leader in numbers: how long each part took, how many messages it cost, and that nothing accepted was lost.
 */
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { FailoverReport } from '../../shared/views.ts';
import { secondsText, timeText } from '../format/time.ts';
import { Facts } from '../parts/Facts.tsx';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { predictionFor } from './bully.ts';

const duration = (ms: number | null): string => (ms === null ? '–' : secondsText(ms));

export const FailoverPanel = ({ report }: { readonly report: FailoverReport }) => {
  const { messages } = report;
  const peers = useView((view) => view.peers);
  const predicted = predictionFor(report, peers);
  const rows: readonly (readonly [string, string])[] = [
    [t.failover.detected, duration(report.detectedMs)],
    [t.failover.elected, duration(report.electedMs)],
    [t.failover.recovered, duration(report.recoveredMs)],
    [t.failover.stopped, duration(report.stoppedMs)],
    [t.failover.accepted, t.failover.beforeAfter(report.acceptedBefore, report.acceptedAfter)],
    [t.failover.waiting, String(report.waitingSent)],
    [t.failover.lost, String(report.lost)],
    [t.failover.messages(report.seenBy.name), t.failover.counts(messages)],
    ...(predicted === null
      ? []
      : [[t.failover.bully, t.failover.predicted(predicted, report.starter?.name ?? '', report.from?.name ?? null)] as const]),
  ];
  return (
    <Box data-testid="failover-report">
      <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>
        {t.failover.title}
      </Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1 }}>
        {t.failover.head(report.from?.name ?? null, report.to.name, report.term, timeText(report.at), report.reason)}
      </Typography>
      <Facts rows={rows} small />
    </Box>
  );
};
