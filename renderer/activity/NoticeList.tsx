/**
 * Notices, newest first.
 */
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { timeText } from '../format/time.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

export const NoticeList = ({ max }: { readonly max?: number }) => {
  const notices = useView((view) => view.notices);
  const shown = notices.toSorted((a, b) => b.at - a.at).slice(0, max);
  if (shown.length === 0) return <Typography sx={{ color: 'text.secondary' }}>{t.activity.noNotices}</Typography>;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {shown.map((notice) => (
        <Box component="li" key={notice.id} data-testid="notice" sx={{ py: 0.75, borderBottom: 1, borderColor: 'divider' }}>
          <Typography>{notice.text}</Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {timeText(notice.at)}
          </Typography>
        </Box>
      ))}
    </Box>
  );
};
