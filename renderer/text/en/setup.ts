/**
 * English: the first steps.
 */
import { many } from './many.ts';

export const setup = {
  setup: {
    welcome: 'Welcome to Tradepost',
    what: 'A market and auction room in which every desktop on your network is a full part. No server, no account, no internet.',
    steps: { purpose: 'Purpose', name: 'Your name', market: 'Market', check: 'Network check' },
    nameTitle: 'What shall others call this desktop?',
    paddleHelp: 'Beside it is your mark, as others will see it. A number at the end of the name becomes its number.',
    suggestions: 'Or:',
    tableName: (n: number) => `Table ${n}`,
    alreadyIn: (market: string, wanted: string) => `This desktop is in ${market}. To join ${wanted}, leave it first.`,
    deskName: 'Name of this desktop',
    next: 'Next',
    back: 'Back',
    skip: 'Skip',
    done: 'Done',
    practice: 'Practice market',
    practiceName: 'Practice market',
    marketTitle: 'Which market?',
    foundTab: (count: number) => `Found here (${count})`,
    ways: { create: 'Create', join: 'Join by code or address' },
    whatFor: 'What is this for?',
    kinds: { demo: 'Class demo', event: 'Club or charity event', shop: 'Shop or warehouse' },
    kindHelp: {
      demo: 'Quick elections; anybody may stop a desktop, to see what happens.',
      event: 'Calm and forgiving; nobody stops another desktop.',
      shop: 'For a wired network: stock, sales, receipts.',
    },
    marketName: 'Name of the market',
    defaultMarket: 'Room 1',
    code: 'Join code',
    codeLabel: 'Join code',
    codeHelp: 'Optional. Others need it to join.',
    codeShort: 'At least 4 characters.',
    joinCodeHelp: 'Only if the market has one.',
    addressHelp: 'Optional: of any desktop in that market.',
    createNamed: (name: string) => `Create market "${name}"`,
    join: 'Join',
    joinNamed: (name: string) => `Join ${name}`,
    foundLine: (desktops: number, via: string, open: boolean) =>
      `${many(desktops, 'desktop', 'desktops')} · ${via} · ${open ? 'open' : 'needs a join code'}`,
    checkTitle: 'Network check',
    joining: 'Joining the market…',
    ready: (others: number) =>
      others <= 0 ? '✓ Ready. No other desktop found yet.' : `✓ Ready. ${many(others, 'other desktop', 'other desktops')} found.`,
  },
};
