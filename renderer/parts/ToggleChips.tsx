/** Kinds of things in a list, each shown or not: pressed chips. */
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';

interface Props<T extends string> {
  readonly label: string;
  readonly kinds: readonly T[];
  readonly names: Readonly<Record<T, string>>;
  /** Those that are not shown. */
  readonly off: ReadonlySet<T>;
  onChange(off: ReadonlySet<T>): void;
}

export const ToggleChips = <T extends string>({ label, kinds, names, off, onChange }: Props<T>) => {
  const toggle = (kind: T): void => {
    const next = new Set(off);
    if (!next.delete(kind)) next.add(kind);
    onChange(next);
  };
  return (
    <Box component="fieldset" aria-label={label} sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, border: 0, p: 0, m: 0 }}>
      {kinds.map((kind) => {
        const on = !off.has(kind);
        return (
          <Chip
            key={kind}
            clickable
            component="button"
            aria-pressed={on}
            color={on ? 'primary' : 'default'}
            variant={on ? 'filled' : 'outlined'}
            label={names[kind]}
            onClick={() => toggle(kind)}
          />
        );
      })}
    </Box>
  );
};
