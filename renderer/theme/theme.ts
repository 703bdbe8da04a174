/**
 * The look: spruce for what one does, brass for what is precious, paper and ink behind them. Both schemes are CSS variables, so
 * switching repaints without rendering. Every text and button pair keeps a contrast of 4.5, because markets are shown on projectors.
 */
import { deDE as coreDe, enUS as coreEn } from '@mui/material/locale';
import { createTheme } from '@mui/material/styles';
import type { Theme } from '@mui/material/styles';
import { deDE as gridDe, enUS as gridEn } from '@mui/x-data-grid/locales';
import type { Language } from '../text/t.ts';
import { components } from './components.ts';
import { SCHEME_ATTRIBUTE } from './showScheme.ts';

const system = '"Segoe UI", system-ui, -apple-system, "Noto Sans", "Liberation Sans", "DejaVu Sans", sans-serif';

/** How much fits on a screen: many rows for stock keeping, large letters for the back of a room. */
export const densities = ['compact', 'normal', 'large'] as const;
export type Density = (typeof densities)[number];

/** Root font size in pixels; everything else is measured in it. */
const ROOT_PX: Readonly<Record<Density, number>> = { compact: 14, normal: 16, large: 20 };

const colorSchemes = {
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
};

const words = { en: [coreEn, gridEn], de: [coreDe, gridDe] } as const satisfies Record<Language, unknown>;

/** The theme for a density, with the words the components say by themselves ("Go to next page"). */
export const themeFor = (density: Density, language: Language): Theme =>
  createTheme(
    {
      cssVariables: { colorSchemeSelector: SCHEME_ATTRIBUTE },
      colorSchemes,
      shape: { borderRadius: 8 },
      spacing: density === 'compact' ? '0.4rem' : '0.5rem',
      typography: {
        fontFamily: system,
        fontSize: 14,
        h1: { fontSize: '1.5rem', fontWeight: 650, letterSpacing: '-0.01em' },
        h2: { fontSize: '1.125rem', fontWeight: 650 },
        h3: { fontSize: '1rem', fontWeight: 650 },
        button: { textTransform: 'none', fontWeight: 600 },
        overline: { textTransform: 'none', letterSpacing: 0, fontSize: '0.8125rem', lineHeight: 1.4, fontWeight: 600 },
      },
      components: components(ROOT_PX[density]),
    },
    ...words[language],
  );
