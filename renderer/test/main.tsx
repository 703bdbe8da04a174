/**
 * The interface over a fake peer, for looking at it and for its tests; never part of the product. `?scene=` chooses what is on.
 */
import '../carrier/noEval.ts';
import { createRoot } from 'react-dom/client';
import { Root } from '../frame/Root.tsx';
import { showScheme } from '../theme/showScheme.ts';
import { loadPreferences } from '../state/preferences.ts';
import { start } from '../state/start.ts';
import { FakePeer } from './fakeClient.ts';
import { sceneOf } from './scenes.ts';

declare global {
  interface Window {
    readonly fake: FakePeer;
  }
}

const fake = new FakePeer(sceneOf(new URLSearchParams(window.location.search).get('scene') ?? 'busy'));
Object.defineProperty(window, 'fake', { value: fake });
showScheme();
loadPreferences();
start(fake);
const root = document.querySelector('#root');
if (root !== null) createRoot(root).render(<Root />);
