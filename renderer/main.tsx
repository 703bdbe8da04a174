/**
 * The window's start: choose the carrier, tie it to the store, draw.
 */
import './carrier/noEval.ts';
import { createRoot } from 'react-dom/client';
import { chooseClient } from './carrier/current.ts';
import { followShell } from './carrier/desktop.ts';
import { Root } from './frame/Root.tsx';
import { showScheme } from './theme/showScheme.ts';
import { loadPreferences } from './state/preferences.ts';
import { start } from './state/start.ts';

showScheme();
loadPreferences();
start(chooseClient());
followShell();
const root = document.querySelector('#root');
if (root !== null) createRoot(root).render(<Root />);
