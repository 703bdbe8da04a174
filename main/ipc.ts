/**
 * The desk at which the page asks. Every request says who sent it and what it wants; both are checked before the peer hears of it,
 * and every refusal is named and logged. Answers are outcomes, so a refusal looks the same as over HTTP.
 */
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import { channels } from '../shared/channels.ts';
import { methods } from '../shared/contract.ts';
import type { Method, Outcome } from '../shared/contract.ts';
import { handle } from '../shared/ipc.ts';
import { isOurs } from './files.ts';
import type { PeerHost } from './peerHost.ts';
import type { Refused } from './security.ts';

/** A page needs one subscription, and two while it reconnects; more is a mistake that would slow everything down. */
const MAX_SUBSCRIPTIONS = 4;

const refusal = (code: string, message: string): Outcome<never> => ({ ok: false, error: { code, message } });
const isMethod = (name: unknown): name is Method => typeof name === 'string' && Object.hasOwn(methods, name);

/** Whether a message comes from the top frame of a window of ours showing a page of ours; if not, why. */
export function foreign(event: IpcMainEvent | IpcMainInvokeEvent, isWindow: (contents: WebContents) => boolean): string | null {
  const frame = event.senderFrame;
  if (!isWindow(event.sender)) return 'not one of our windows';
  // Null: the frame navigated away or was destroyed before its message was read.
  if (frame === null) return 'the frame is gone';
  if (frame.parent !== null) return 'a frame inside the page';
  return isOurs(frame.url) ? null : `a page of ${frame.url}`;
}

/** Which of our windows the page asks from, and where refusals go. */
export interface Desk {
  readonly peer: Pick<PeerHost, 'call' | 'subscribe'>;
  readonly isWindow: (contents: WebContents) => boolean;
  readonly refused: Refused;
}

/** Opens the channels. */
export function openDesk(ipcMain: IpcMain, { peer, isWindow, refused }: Desk): void {
  const subscriptions = new Map<WebContents, Map<number, () => void>>();

  ipcMain.handle(channels.call, async (event, method: unknown, params: unknown): Promise<Outcome<unknown>> => {
    const stranger = foreign(event, isWindow);
    if (stranger !== null) {
      refused('call', { sender: stranger });
      return refusal('UNAUTHORIZED', 'This page may not talk to the peer.');
    }
    if (!isMethod(method)) {
      refused('call', { method: String(method).slice(0, 64) });
      return refusal('BAD_REQUEST', 'There is no such method.');
    }
    const parsed = methods[method].params.safeParse(params);
    if (!parsed.success) {
      const where = parsed.error.issues.map((i) => `${i.path.join('.') || 'params'}: ${i.message}`).join('; ');
      refused('call', { method, where });
      return refusal('BAD_REQUEST', `${method}: ${where}`);
    }
    return await peer.call(method, parsed.data);
  });

  /** The sender's subscriptions, emptied whenever it shows another document or goes away. */
  function subscriptionsOf(contents: WebContents): Map<number, () => void> {
    const known = subscriptions.get(contents);
    if (known !== undefined) return known;
    const mine = new Map<number, () => void>();
    const drop = (): void => {
      for (const stop of mine.values()) stop();
      mine.clear();
    };
    subscriptions.set(contents, mine);
    contents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) drop();
    });
    contents.on('render-process-gone', drop);
    contents.once('destroyed', () => {
      drop();
      subscriptions.delete(contents);
    });
    return mine;
  }

  ipcMain.on(channels.subscribe, (event, number: unknown) => {
    const subscription = handle.safeParse(number);
    const stranger = foreign(event, isWindow);
    if (stranger !== null || !subscription.success) {
      refused('subscribe', { sender: stranger ?? 'ours', subscription: String(number).slice(0, 64) });
      return;
    }
    const mine = subscriptionsOf(event.sender);
    if (mine.has(subscription.data) || mine.size >= MAX_SUBSCRIPTIONS) {
      refused('subscribe', { subscription: String(subscription.data), open: String(mine.size) });
      return;
    }
    const contents = event.sender;
    const stop = peer.subscribe(({ subscription: _its, ...push }) => {
      if (!contents.isDestroyed()) contents.send(channels.push, subscription.data, push);
    });
    mine.set(subscription.data, stop);
  });

  ipcMain.on(channels.unsubscribe, (event, number: unknown) => {
    const mine = subscriptions.get(event.sender);
    const subscription = handle.safeParse(number);
    if (foreign(event, isWindow) !== null || !subscription.success) {
      refused('unsubscribe', { subscription: String(number).slice(0, 64) });
      return;
    }
    mine?.get(subscription.data)?.();
    mine?.delete(subscription.data);
  });
}
