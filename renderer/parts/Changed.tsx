/**
 * Marks a value for a moment when it has really changed, and never when the page merely opens.
 */
import { useState } from 'react';
import type { ReactNode } from 'react';
import Box from '@mui/material/Box';

export const Changed = ({ value, children }: { readonly value: string | number; readonly children: ReactNode }) => {
  const [seen, setSeen] = useState({ value, changes: 0 });
  if (seen.value !== value) setSeen({ value, changes: seen.changes + 1 });
  return (
    <Box
      component="span"
      key={seen.changes}
      sx={{ borderRadius: 1, animation: seen.changes === 0 ? undefined : 'tradepost-changed 1.2s ease-out' }}
    >
      {children}
    </Box>
  );
};
