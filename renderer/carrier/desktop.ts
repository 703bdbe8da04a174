/** The shell around this page, where there is one: what its menu, links and notices ask the page to show. */
import { asked, type DesktopBridge } from '../../shared/ipc.ts';

declare global {
  interface Window {
    readonly desktop?: DesktopBridge;
  }
}

/** Follows the shell: a place becomes the address, a key is handled as if it had been pressed here. */
export function followShell(shell: DesktopBridge | undefined = window.desktop): void {
  shell?.onAsked((raw) => {
    const parsed = asked.safeParse(raw);
    if (!parsed.success) return;
    if ('place' in parsed.data) window.location.hash = `#${parsed.data.place}`;
    else window.dispatchEvent(new KeyboardEvent('keydown', { key: parsed.data.key, bubbles: true }));
  });
}
