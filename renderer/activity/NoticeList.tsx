/**
 * Notices, newest first; each leads to what it is about.
 */
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { LotView, NoticeView } from '../../shared/views.ts';
import { wordsNow } from '../format/refusal.ts';
import { timeText } from '../format/time.ts';
import { Empty } from '../parts/Empty.tsx';
import { href } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

/** The lot it names, the orders it came from, or the stock it warns about. */
const placeOf = ({ ref, kind }: NoticeView, lots: readonly LotView[]): string => {
  if (lots.some((lot) => lot.lotId === ref)) return href('auctions', 'lot', ref);
  return kind === 'low' ? href('inventory') : kind === 'credited' ? href('activity', 'balance') : href('activity', 'orders');
};

export const NoticeList = ({ max, onFollow }: { readonly max?: number; onFollow?(): void }) => {
  const notices = useView((view) => view.notices);
  const lots = useView((view) => view.lots);
  const shown = notices.toSorted((a, b) => b.at - a.at).slice(0, max);
  if (shown.length === 0) return <Empty text={t.activity.noNotices} />;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {shown.map((notice) => (
        <Box component="li" key={notice.id} data-testid="notice" sx={{ py: 0.75, borderBottom: 1, borderColor: 'divider' }}>
          <Link href={placeOf(notice, lots)} color="inherit" underline="hover" onClick={onFollow}>
            {t.said.notice(notice, wordsNow())}
          </Link>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {timeText(notice.at)}
          </Typography>
        </Box>
      ))}
    </Box>
  );
};
