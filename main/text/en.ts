import type { TextFormat } from '../../shared/errors.ts';
import type { NoticeView } from '../../shared/views.ts';

export type ToldNotice = Pick<NoticeView, 'kind' | 'text' | 'data'>;

/** Words of the shell: menus, the tray, questions at closing, native notices. What stands in the page is the interface's. */
export const en = {
  /** For amounts and times. */
  locale: 'en-GB',
  menu: {
    file: 'File',
    edit: 'Edit',
    go: 'Go',
    window: 'Window',
    help: 'Help',
    anotherDesktop: 'Open another desktop on this PC',
    quit: 'Quit Tradepost',
    search: 'Search',
    bigScreen: 'Big screen',
    shortcuts: 'Keyboard shortcuts',
    doctor: 'Connection doctor',
    dataFolder: 'Open the data folder',
    about: 'About Tradepost',
    reload: 'Reload the window',
    fullScreen: 'Full screen',
  },
  pages: {
    market: 'Market',
    auctions: 'Auctions',
    inventory: 'Inventory',
    activity: 'Activity',
    network: 'Network',
    diagnostics: 'Diagnostics',
    settings: 'Settings',
  },
  tray: { show: 'Show Tradepost', quit: 'Quit' },
  closing: {
    title: 'Close the window?',
    question: 'Shall this desktop go on in the background?',
    detail:
      'In the background it keeps its part of the market: it can lead, keep the log and tell you when you are outbid. If you quit, the auctions it hosts move to another desktop.',
    background: 'Keep running',
    quit: 'Quit',
    cancel: 'Cancel',
    remember: 'Do not ask again (Settings can change it)',
  },
  notices: {
    outbid: 'Outbid',
    won: 'You won',
    lost: 'Not won',
    lotSold: 'Sold',
    sold: 'Sold',
    readyCheck: 'Bidders are ready',
    ending: 'Ending soon',
    low: 'Low stock',
    /** The peer speaks English already. */
    body: ({ text }: ToldNotice, _format: TextFormat): string => text,
    several: (count: number): string => `${count} news from the market`,
    open: 'Click to see them in Tradepost.',
  },
  about: (version: string, protocol: number): string => `Version ${version}\nProtocol ${protocol}`,
  trouble: {
    start: 'Tradepost cannot start',
    profile: 'A profile name has letters, digits, dots, dashes and underscores, at most 64.',
    window: 'The window keeps crashing',
    windowDetail: (reason: string): string => `The peer is still running. Reason: ${reason}`,
    peer: 'The peer has stopped',
    peerDetail: 'It ended without saying why; see its log in the data folder.',
    another: 'Another desktop could not be opened',
  },
};

export type Text = typeof en;
