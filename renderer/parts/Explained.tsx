/**
 * A button that may be disabled and then says why, both as a tooltip and to screen readers. The wrapper takes the focus, because a
 * disabled button cannot.
 */
import type { ReactElement } from 'react';
import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';

export const Explained = ({ why, children }: { readonly why: string | null; readonly children: ReactElement }) =>
  why === null ? (
    children
  ) : (
    <Tooltip title={why} describeChild>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the reason must be reachable by keyboard */}
      <Box component="span" role="group" tabIndex={0} aria-label={why} sx={{ display: 'inline-block' }}>
        {children}
      </Box>
    </Tooltip>
  );
