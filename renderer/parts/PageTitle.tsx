/**
 * The head of a page: its name, and what one can do there.
 */
import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

/** While this desktop cannot know what is newest, it says up to which entry it knows. */
const AsOf = () => {
  const entry = useView((view) => (view.connected && view.status?.trading.ok !== false ? null : (view.status?.appliedIndex ?? null)));
  return entry === null ? null : (
    <Typography variant="body2" sx={{ color: 'text.secondary' }}>
      {t.common.asOf(entry)}
    </Typography>
  );
};

export const PageTitle = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <Stack direction="row" spacing={1} useFlexGap sx={{ alignItems: 'center', flexWrap: 'wrap', mb: 2 }}>
    <Box sx={{ mr: 'auto' }}>
      <Typography variant="h1">{title}</Typography>
      <AsOf />
    </Box>
    {children === undefined ? null : <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>{children}</Box>}
  </Stack>
);
