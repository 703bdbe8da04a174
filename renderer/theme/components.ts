/**
 * What every component of the library looks like here, so that pages only say what they mean.
 */
import type { Components, Theme } from '@mui/material/styles';

/** @param rootPx size of one rem */
export const components = (rootPx: number): Components<Omit<Theme, 'components'>> => ({
  MuiCssBaseline: {
    styleOverrides: {
      'html': { fontSize: rootPx },
      'html, body, #root': { height: '100%' },
      'body': { fontVariantNumeric: 'tabular-nums' },
      ':focus-visible': { outline: '3px solid var(--mui-palette-secondary-main)', outlineOffset: 2 },
      // A value that has just changed is marked for a moment; nothing else moves by itself.
      '@keyframes tradepost-changed': { from: { backgroundColor: 'rgb(from var(--mui-palette-secondary-main) r g b / 0.45)' } },
      '@media (prefers-reduced-motion: reduce)': {
        // None at all: a tiny duration would make every inherited colour travel through the page, element by element.
        '*': { animation: 'none !important', transition: 'none !important' },
      },
    },
  },
  MuiButton: { defaultProps: { disableElevation: true } },
  MuiAlert: {
    styleOverrides: {
      // Filled alerts keep the scheme's own pair of colours: white on a pale dark-mode tone could not be read.
      root: {
        variants: (['success', 'warning', 'error', 'info'] as const).map((severity) => ({
          props: { variant: 'filled' as const, severity },
          style: { backgroundColor: `var(--mui-palette-${severity}-main)`, color: `var(--mui-palette-${severity}-contrastText)` },
        })),
      },
    },
  },
  MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
  MuiCard: { defaultProps: { variant: 'outlined' } },
  // What a disabled field says about itself must still be read.
  MuiFormHelperText: { styleOverrides: { root: { '&.Mui-disabled': { color: 'var(--mui-palette-text-secondary)' } } } },
  MuiTextField: { defaultProps: { size: 'small', fullWidth: true } },
  MuiChip: { defaultProps: { size: 'small', variant: 'outlined' }, styleOverrides: { root: { fontWeight: 600 } } },
  MuiTable: { defaultProps: { size: 'small' } },
  MuiTableCell: {
    styleOverrides: {
      root: { borderBottomColor: 'var(--mui-palette-divider)' },
      stickyHeader: { backgroundColor: 'var(--mui-palette-background-paper)' },
      head: { fontWeight: 650, color: 'var(--mui-palette-text-secondary)', whiteSpace: 'nowrap' },
    },
  },
  MuiToggleButton: { styleOverrides: { root: { color: 'var(--mui-palette-text-secondary)' } } },
  MuiDialog: { defaultProps: { fullWidth: true, maxWidth: 'sm' } },
  MuiTooltip: { defaultProps: { arrow: true } },
  MuiTab: { styleOverrides: { root: { minHeight: 44 } } },
  MuiTabs: { styleOverrides: { root: { minHeight: 44 } } },
});
