/**
 * Theme, snackbars and the application, whatever the client behind it.
 */
import { StrictMode, useMemo } from 'react';
import CssBaseline from '@mui/material/CssBaseline';
import GlobalStyles from '@mui/material/GlobalStyles';
import { ThemeProvider } from '@mui/material/styles';
import { useLanguage, usePreferences } from '../state/preferences.ts';
import { themeFor } from '../theme/theme.ts';
import { App } from './App.tsx';
import { Snackbars } from './Snackbars.tsx';

const global = (
  <GlobalStyles
    styles={{
      // Results must not lie on the status bar, which is always true.
      '.notistack-SnackbarContainer': { bottom: '52px !important' },
      '.visually-hidden': { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' },
      '.skip-link': {
        position: 'absolute',
        left: 8,
        top: -60,
        zIndex: 2000,
        padding: '8px 16px',
        background: 'var(--mui-palette-background-paper)',
        color: 'var(--mui-palette-text-primary)',
      },
      '.skip-link:focus': { top: 8 },
    }}
  />
);

export const Root = () => {
  const language = useLanguage();
  const density = usePreferences((preferences) => preferences.density);
  const theme = useMemo(() => themeFor(density, language), [density, language]);
  return (
    <StrictMode>
      <ThemeProvider theme={theme} defaultMode="system" noSsr>
        <CssBaseline enableColorScheme />
        {global}
        <Snackbars>
          <App key={language} />
        </Snackbars>
      </ThemeProvider>
    </StrictMode>
  );
};
