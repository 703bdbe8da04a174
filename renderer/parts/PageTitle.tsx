/**
 * The head of a page: its name, and what one can do there.
 */
import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';

export const PageTitle = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <Stack direction="row" spacing={1} useFlexGap sx={{ alignItems: 'center', flexWrap: 'wrap', mb: 2 }}>
    <Typography variant="h1" sx={{ mr: 'auto' }}>
      {title}
    </Typography>
    {children === undefined ? null : <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>{children}</Box>}
  </Stack>
);
