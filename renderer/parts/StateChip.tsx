/**
 * A state as a chip: its word, its shape, its colour. Every state of a request, a bid, a lot, a desktop, a stock or the market is
 * shown by this, so that the same thing looks the same on every page.
 */
import Chip from '@mui/material/Chip';
import type { SxProps, Theme } from '@mui/material/styles';
import { t } from '../text/t.ts';
import { stateLooks } from './states.ts';
import type { StateKind, StateLook, StateOf } from './states.ts';

interface Props<K extends StateKind> {
  readonly of: K;
  readonly state: StateOf<K>;
  readonly sx?: SxProps<Theme>;
}

/** The same two tables, seen so that a kind and its states stay together. */
const lookOf = <K extends StateKind>(kind: K, state: StateOf<K>): StateLook => stateLooks[kind][state];
const wordOf = <K extends StateKind>(kind: K, state: StateOf<K>): string => {
  const words: Readonly<Record<StateKind, Readonly<Record<string, string>>>> = t.states;
  return words[kind][state] ?? state;
};

export const StateChip = <K extends StateKind>({ of, state, sx }: Props<K>) => {
  const { Icon, tone } = lookOf(of, state);
  return <Chip icon={<Icon />} color={tone} label={wordOf(of, state)} data-state={state} {...(sx === undefined ? {} : { sx })} />;
};
