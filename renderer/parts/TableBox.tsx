/**
 * The frame around a table: it scrolls by itself when the window is narrow, and can be scrolled by keyboard.
 */
import type { ReactNode } from 'react';
import Paper from '@mui/material/Paper';

interface Props {
  readonly label: string;
  /** Without a border, where it already stands in a frame. */
  readonly plain?: boolean;
  readonly maxHeight?: number;
  readonly children: ReactNode;
}

export const TableBox = ({ label, plain = false, maxHeight, children }: Props) => (
  <Paper
    component="section"
    aria-label={label}
    tabIndex={0}
    variant={plain ? 'elevation' : 'outlined'}
    elevation={0}
    sx={{ position: 'relative', overflow: 'auto', maxHeight }}
  >
    {children}
  </Paper>
);
