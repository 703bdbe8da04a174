/** Names and values, one pair a line. */
import type { ReactNode } from 'react';
import Box from '@mui/material/Box';

export const Facts = ({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) => (
  <Box
    component="dl"
    sx={{
      'display': 'grid',
      'gridTemplateColumns': 'fit-content(45%) minmax(0, 1fr)',
      'columnGap': 2,
      'rowGap': 0.5,
      'm': 0,
      '& dt': { color: 'text.secondary' },
      '& dd': { m: 0, fontWeight: 600, overflowWrap: 'anywhere' },
    }}
  >
    {rows.map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
  </Box>
);
