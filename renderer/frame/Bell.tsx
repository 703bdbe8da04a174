/**
 * News about me that others caused: sold, outbid, won. Counted until looked at.
 */
import { useState } from 'react';
import BellIcon from '@mui/icons-material/NotificationsOutlined';
import Badge from '@mui/material/Badge';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Popover from '@mui/material/Popover';
import Stack from '@mui/material/Stack';
import { NoticeList } from '../activity/NoticeList.tsx';
import { setPreferences, usePreferences } from '../state/preferences.ts';
import { href } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

export const Bell = () => {
  const notices = useView((view) => view.notices);
  const seenAt = usePreferences((preferences) => preferences.noticesSeenAt);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const open = anchor !== null;
  const unseen = open ? 0 : notices.filter((notice) => notice.at > seenAt).length;
  const close = (): void => {
    setPreferences({ noticesSeenAt: Math.max(seenAt, ...notices.map((notice) => notice.at)) });
    setAnchor(null);
  };
  return (
    <>
      <IconButton
        color="inherit"
        aria-label={t.bell.label(unseen)}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {/* A badge keeps its last number invisibly, where it would contradict the button's name; a new one has none. */}
        <Badge key={unseen === 0 ? 'none' : 'some'} badgeContent={unseen === 0 ? null : unseen} color="secondary" max={99}>
          <BellIcon />
        </Badge>
      </IconButton>
      <Popover
        open={open}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { 'role': 'dialog', 'aria-label': t.bell.title, 'sx': { width: 380, maxWidth: '90vw', maxHeight: '70vh' } } }}
      >
        <Stack spacing={1} sx={{ p: 2 }}>
          <NoticeList max={12} onFollow={close} />
          <Link href={href('activity', 'notices')} onClick={close}>
            {t.bell.all}
          </Link>
        </Stack>
      </Popover>
    </>
  );
};
