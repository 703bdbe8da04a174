/**
 * Names of the channels between a page and Electron's main process. They stand alone because the preload may carry nothing else.
 */
export const channels = {
  /** invoke(method, params) -> Outcome */
  call: 'market:call',
  /** send(subscription) */
  subscribe: 'market:subscribe',
  /** send(subscription) */
  unsubscribe: 'market:unsubscribe',
  /** to the page: (subscription, Push) */
  push: 'market:push',
  /** invoke() -> DesktopSettings */
  settings: 'desktop:settings',
  /** invoke(DesktopSettings) -> DesktopSettings in force */
  change: 'desktop:change',
  /** invoke(): opens another desktop on this machine */
  another: 'desktop:another',
  /** to the page: Asked */
  asked: 'desktop:asked',
} as const;
