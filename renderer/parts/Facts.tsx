/** Names and values, one pair a line. */
import type { ReactNode } from 'react';
import Box from '@mui/material/Box';

interface Props {
  readonly rows: readonly (readonly [string, ReactNode])[];
  /** Where there is little room: smaller, and the values no bolder than their names. */
  readonly small?: boolean;
}

export const Facts = ({ rows, small = false }: Props) => (
  <Box
    component="dl"
    sx={{
      'display': 'grid',
      'gridTemplateColumns': 'fit-content(45%) minmax(0, 1fr)',
      'columnGap': small ? 1.5 : 2,
      'rowGap': small ? 0.25 : 0.5,
      'fontSize': small ? '0.875rem' : undefined,
      'm': 0,
      '& dt': { color: 'text.secondary' },
      '& dd': { m: 0, fontWeight: small ? 400 : 600, overflowWrap: 'anywhere' },
    }}
  >
    {rows.map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
  </Box>
);
