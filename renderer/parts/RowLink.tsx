/**
 * What a row of a table is about, as a way to its page.
 */
import Link from '@mui/material/Link';

export const RowLink = ({ to, text }: { readonly to: string; readonly text: string }) => (
  <Link href={to} underline="hover" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
    {text}
  </Link>
);
