/**
 * A page with nothing on it yet: one sentence and the buttons that change that.
 */
import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';

export const Empty = ({ text, icon, children }: { readonly text: string; readonly icon?: ReactNode; readonly children?: ReactNode }) => (
  <Stack spacing={2} sx={{ alignItems: 'center', textAlign: 'center', py: 6, px: 2 }}>
    {icon === undefined ? null : <Box sx={{ 'color': 'text.secondary', '& svg': { fontSize: 48 } }}>{icon}</Box>}
    <Typography>{text}</Typography>
    {children === undefined ? null : (
      <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap', justifyContent: 'center' }}>
        {children}
      </Stack>
    )}
  </Stack>
);
