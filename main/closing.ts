/**
 * What closing the window means: quit, or go on in the tray. Asked once where it is not decided; Quit in the menu always quits.
 */
import type { MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import type { DesktopSettings } from '../shared/ipc.ts';
import type { Text } from './text/index.ts';

export interface ClosingSurroundings {
  readonly text: Text;
  readonly settings: () => DesktopSettings;
  readonly change: (next: DesktopSettings) => void;
  readonly ask: (question: MessageBoxOptions) => Promise<MessageBoxReturnValue>;
  /** Whether the program is on its way out already. */
  readonly leaving: () => boolean;
  readonly hide: () => void;
  readonly quit: () => void;
}

const BACKGROUND = 0;
const QUIT = 1;
const CANCEL = 2;

/** The listener for a window's `close`. */
export function onClose({
  text,
  settings,
  change,
  ask,
  leaving,
  hide,
  quit,
}: ClosingSurroundings): (event: { preventDefault(): void }) => void {
  let asking = false;
  return (event) => {
    const { closing } = settings();
    if (leaving() || closing === 'quit') return;
    event.preventDefault();
    if (closing === 'tray') return hide();
    if (asking) return;
    asking = true;
    const { title, question, detail, background, quit: quitLabel, cancel, remember } = text.closing;
    const buttons = [background, quitLabel, cancel];
    const options = {
      type: 'question',
      title,
      message: question,
      detail,
      buttons,
      defaultId: BACKGROUND,
      cancelId: CANCEL,
      checkboxLabel: remember,
    } as const;
    void ask({ ...options, buttons: [...buttons] }).then(({ response, checkboxChecked }) => {
      asking = false;
      if (response === CANCEL) return;
      // Background without a tray icon would leave no way back, so choosing it once is choosing the icon.
      if (checkboxChecked || response === BACKGROUND) change({ ...settings(), closing: response === QUIT ? 'quit' : 'tray' });
      if (response === QUIT) quit();
      else hide();
    });
  };
}
