/**
 * A button that may be disabled and then says why: as a tooltip, to screen readers, and in the page. The wrapper takes the focus,
 * because a disabled button cannot.
 */
import type { ReactElement } from 'react';
import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';

export const Explained = ({ why, children }: { readonly why: string | null; readonly children: ReactElement }) =>
  why === null ? (
    children
  ) : (
    <Tooltip title={why} describeChild>
      <Box component="span" tabIndex={0} sx={{ display: 'inline-block', position: 'relative' }}>
        {children}
        <span className="visually-hidden">{why}</span>
      </Box>
    </Tooltip>
  );
