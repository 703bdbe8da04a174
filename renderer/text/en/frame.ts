/**
 * English: the frame: what is on every page.
 */
import { many } from './many.ts';

export const frame = {
  appName: 'Tradepost',
  skipToContent: 'Skip to content',
  common: {
    cancel: 'Cancel',
    close: 'Close',
    sending: 'Sending…',
    name: 'Name',
    description: 'Description',
    price: 'Price',
    amount: 'Amount',
    quantity: 'Quantity',
    entry: 'Entry',
    time: 'Time',
    state: 'State',
    reason: 'Reason',
    actions: 'Actions',
    optional: 'Optional',
    wholeNumber: 'A whole number, 0 or more.',
    you: (name: string) => `${name} (you)`,
    asOf: (entry: number) => `as of entry #${entry}`,
  },
  carrier: {
    badAnswer: 'The answer of this desktop does not fit this page. Reload the page; the two may be of different versions.',
    down: 'This desktop’s market program is not answering. The page reconnects by itself.',
    token: 'This page may not use this desktop. Open it once with the full address that was printed.',
  },
  frame: { me: 'Settings of this desktop' },
  search: {
    label: 'Search',
    hint: 'Search items, auctions, desktops  ( / )',
    items: 'Items',
    desktops: 'Desktops',
    nothing: 'Nothing here has that name.',
  },
  rail: {
    label: 'Pages',
    market: 'Market',
    auctions: 'Auctions',
    inventory: 'Inventory',
    activity: 'Activity',
    network: 'Network',
    diagnostics: 'Diagnostics',
    settings: 'Settings',
    shortcut: (name: string, digit: number) => `${name} (Ctrl+${digit})`,
  },
  status: {
    leader: 'Leader',
    none: 'none',
    term: 'term',
    entry: 'entry',
    queue: 'Queue',
    desktops: (reachable: number, total: number) => `${reachable} of ${total} desktops`,
    you: (name: string) => `you: ${name}`,
  },
  mode: {
    light: 'Light',
    dark: 'Dark',
    system: 'As the system',
    label: (mode: string) => `Appearance: ${mode}`,
  },
  bell: {
    title: 'Notices',
    all: 'All notices',
    label: (unseen: number) => (unseen === 0 ? 'Notices' : `Notices, ${unseen} new`),
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    page: (digit: number) => `Ctrl+${digit} or Alt+${digit}`,
    others: [
      ['/', 'Search'],
      ['B', 'Bid on the auction on screen'],
      ['?', 'These shortcuts'],
      ['Esc', 'Close what is open'],
    ] as readonly (readonly [string, string])[],
  },
  banner: {
    connecting: 'Connecting to this desktop…',
    offline: (ago: string) => `Offline: last update ${ago} ago`,
    recoversIn: (seconds: number) => `It recovers by itself in ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}.`,
    stopped: (reason: string | null) => `This desktop has stopped, so that nothing wrong is written. ${reason ?? ''}`.trim(),
    rejoining: 'Rejoining…',
    joining: 'Joining the market…',
    suspected: 'The leader is not answering. Bids are kept.',
    electing: 'Electing a leader…',
    noLeaderFor: (seconds: number, reachable: number, total: number) =>
      `No leader for ${seconds} s: ${reachable} of ${total} desktops reachable`,
    leftLeader: (gone: string, leader: string, term: number) => `${gone} left. ${leader} leads (term ${term}).`,
    newLeader: (leader: string, term: number) => `${leader} is the new leader (term ${term}).`,
    reconnected: (entries: number) => `Reconnected. ${many(entries, 'entry', 'entries')} received.`,
    back: (leader: string, term: number) => `You are back. Leader is ${leader} (term ${term}).`,
    failover: (leader: string, term: number, stopped: string | null, lost: number, sent: number) =>
      [
        `${leader} is the new leader (term ${term}).`,
        ...(stopped === null
          ? []
          : [`Trading was stopped ${stopped}.`, `${lost} accepted bids lost, ${many(sent, 'waiting bid', 'waiting bids')} sent.`]),
      ].join(' '),
  },
  fault: {
    crashLeader: 'Simulate leader crash',
    crashSelf: 'Crash this desktop',
    recover: (name: string) => `Recover ${name}`,
    recoverShort: 'Recover',
    resume: 'Resume',
    selfRecovery: 'A stopped desktop recovers after 30 s (else 10 min)',
    askTitle: 'Stop this desktop?',
    askText: (name: string) =>
      `This market does not allow stopping other desktops. ${name} will send and receive nothing until you recover it. Nothing is lost.`,
    askConfirm: 'Stop this desktop',
  },
};
