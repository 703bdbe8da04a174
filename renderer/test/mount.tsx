/**
 * Puts one component on an empty page, in the product's theme and over the fake peer, for tests in a real browser.
 */
import type { ReactNode } from 'react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { createRoot } from 'react-dom/client';
import { start } from '../state/start.ts';
import { themeFor } from '../theme/theme.ts';
import { FakePeer } from './fakeClient.ts';
import { sceneOf } from './scenes.ts';

let unmount = (): void => undefined;

/** Takes away what was there before. Gives the peer behind it. */
export const mount = (ui: ReactNode, scene = 'busy'): FakePeer => {
  unmount();
  const fake = new FakePeer(sceneOf(scene));
  start(fake);
  const place = document.createElement('main');
  document.body.append(place);
  const root = createRoot(place);
  root.render(
    <ThemeProvider theme={themeFor('normal', 'en')} noSsr>
      <CssBaseline />
      {ui}
    </ThemeProvider>,
  );
  unmount = () => {
    root.unmount();
    place.remove();
  };
  return fake;
};
