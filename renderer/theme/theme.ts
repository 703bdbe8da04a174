/**
 * The look: spruce for what one does, brass for what is precious, paper and ink behind them. Both schemes are CSS variables, so
 * switching repaints without rendering. Every text and button pair keeps a contrast of 4.5, because markets are shown on projectors.
 */
import { createTheme } from '@mui/material/styles';
import { SCHEME_ATTRIBUTE } from './showScheme.ts';

const system = '"Segoe UI", system-ui, -apple-system, "Noto Sans", "Liberation Sans", "DejaVu Sans", sans-serif';

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: SCHEME_ATTRIBUTE },
  colorSchemes: {
    light: {
      palette: {
        primary: { main: '#0f5c50', contrastText: '#ffffff' },
        secondary: { main: '#7a4b00', contrastText: '#ffffff' },
        success: { main: '#1b6a33', contrastText: '#ffffff' },
        warning: { main: '#8a4a00', contrastText: '#ffffff' },
        error: { main: '#ad1f1f', contrastText: '#ffffff' },
        info: { main: '#1a5490', contrastText: '#ffffff' },
        background: { default: '#f4f1e9', paper: '#fffdf8' },
        text: { primary: '#1d2421', secondary: '#4d5852' },
        divider: '#ddd7c7',
      },
    },
    dark: {
      palette: {
        primary: { main: '#6fd3b9', contrastText: '#06231d' },
        secondary: { main: '#f0c368', contrastText: '#2b1d00' },
        success: { main: '#7fd394', contrastText: '#06230f' },
        warning: { main: '#f2b25c', contrastText: '#2b1800' },
        error: { main: '#ff9d94', contrastText: '#330503' },
        info: { main: '#8fc1f2', contrastText: '#04203a' },
        background: { default: '#121816', paper: '#1a2220' },
        text: { primary: '#e9efec', secondary: '#b0bcb6' },
        divider: '#33403b',
      },
    },
  },
  shape: { borderRadius: 8 },
  typography: {
    fontFamily: system,
    fontSize: 14,
    h1: { fontSize: '1.5rem', fontWeight: 650, letterSpacing: '-0.01em' },
    h2: { fontSize: '1.125rem', fontWeight: 650 },
    h3: { fontSize: '1rem', fontWeight: 650 },
    button: { textTransform: 'none', fontWeight: 600 },
    overline: { textTransform: 'none', letterSpacing: 0, fontSize: '0.8125rem', lineHeight: 1.4, fontWeight: 600 },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        'html, body, #root': { height: '100%' },
        'body': { fontVariantNumeric: 'tabular-nums' },
        ':focus-visible': { outline: '3px solid var(--mui-palette-secondary-main)', outlineOffset: 2 },
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
    MuiDialog: { defaultProps: { fullWidth: true, maxWidth: 'sm' } },
    MuiTooltip: { defaultProps: { arrow: true } },
    MuiTab: { styleOverrides: { root: { minHeight: 44 } } },
    MuiTabs: { styleOverrides: { root: { minHeight: 44 } } },
  },
});
