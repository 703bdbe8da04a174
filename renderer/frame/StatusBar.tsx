/**
 * One line that is always true: who leads, in which term, how many desktops, up to which entry, and who I am. Every part leads to
 * the page that explains it.
 */
import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Link from '@mui/material/Link';
import { href } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { CrashButton } from './CrashButton.tsx';

const To = ({ to, children }: { readonly to: string; readonly children: ReactNode }) => (
  <Link href={to} color="inherit" underline="hover">
    {children}
  </Link>
);

export const StatusBar = () => {
  const leader = useView((view) => view.status?.leader?.name ?? null);
  const term = useView((view) => view.status?.term ?? 0);
  const reachable = useView((view) => view.status?.desktops.reachable ?? 0);
  const total = useView((view) => view.status?.desktops.total ?? 0);
  const entry = useView((view) => view.status?.commitIndex ?? 0);
  const me = useView((view) => view.status?.desk.name ?? '');
  const queue = useView((view) => view.status?.queue ?? 0);
  return (
    <Box
      component="footer"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 1.5,
        px: 2,
        py: 0.75,
        borderTop: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
      }}
    >
      <Box component="span" data-testid="status-line">
        <To to={href('network')}>
          {t.status.leader} <b data-testid="leader-name">{leader ?? t.status.none}</b>
        </To>
        {' · '}
        <To to={href('network', 'election')}>
          {t.status.term} <span data-testid="term">{term}</span>
        </To>
        {' · '}
        <To to={href('diagnostics')}>{t.status.desktops(reachable, total)}</To>
        {' · '}
        <To to={href('diagnostics', 'log')}>
          {t.status.entry} #<span data-testid="commit-index">{entry}</span>
        </To>
        {' · '}
        <To to={href('activity')}>{t.status.you(me)}</To>
      </Box>
      <Chip
        component="a"
        clickable
        href={href('activity', 'queue')}
        color={queue > 0 ? 'warning' : 'default'}
        label={
          <span>
            {t.status.queue} <span data-testid="queue-count">{queue}</span>
          </span>
        }
      />
      <Box sx={{ ml: 'auto' }}>
        <CrashButton />
      </Box>
    </Box>
  );
};
