/** Fields that belong together, under one legend (`quiet`: only read out), side by side where there is room. */
import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

interface Props {
  readonly title: string;
  readonly quiet?: boolean;
  readonly children: ReactNode;
}

export const FieldGroup = ({ title, quiet = false, children }: Props) => (
  <Box component="fieldset" aria-label={quiet ? title : undefined} sx={{ border: 0, p: 0, m: 0, pt: quiet ? 1 : 0, minWidth: 0 }}>
    {quiet ? null : (
      <Typography component="legend" variant="h3" sx={{ mb: 1.5, p: 0 }}>
        {title}
      </Typography>
    )}
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(min(200px, 100%), 1fr))' }}>{children}</Box>
  </Box>
);
