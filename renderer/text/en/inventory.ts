/**
 * English: the Inventory page.
 */
import { many } from './many.ts';

export const inventory = {
  inventory: {
    empty: 'There are no items in your warehouse. Create one below!',
    newItem: 'New item',
    create: 'Create',
    table: 'Stock',
    tabs: { mine: 'My stock', all: 'Whole market' },
    owner: 'Owner',
    onHand: 'On hand',
    reserved: 'Reserved',
    offered: 'Offered',
    available: 'Available',
    lowLevel: 'Low level',
    verbs: { in: 'Stock in', out: 'Stock out', adjust: 'Adjust' },
    dialog: {
      in: (name: string) => `Stock in: ${name}`,
      out: (name: string) => `Stock out: ${name}`,
      adjust: (name: string) => `Adjust: ${name}`,
    },
    submit: {
      in: (count: number) => `Add ${count}`,
      out: (count: number) => `Take out ${count}`,
      adjust: (count: number) => `Adjust by ${count > 0 ? '+' : '−'}${Math.abs(count)}`,
    },
    change: 'Change',
    adjustHelp: 'A whole number with its sign, like -2 or 3.',
    reasonHelp: 'Required: it stands in the ledger.',
    onHandHelp: (onHand: number, available: number) => `${onHand} on hand, ${available} available`,
    adjustMenu: 'Adjust…',
    offerMenu: 'Offer…',
    auctionMenu: 'Auction…',
    ledgerMenu: 'Ledger',
    ledgerOf: (name: string) => `Ledger of ${name}`,
    more: (name: string) => `More actions for ${name}`,
  },
  ledger: {
    title: (name: string, owner: string) => `${name}: ledger of ${owner}`,
    table: 'Ledger',
    change: 'Change',
    balance: 'Balance',
    by: 'Who',
    sumOk: (rows: number, sum: number) => `Sum check: ${many(rows, 'entry adds', 'entries add')} up to ${sum}, which is what is on hand.`,
    sumBad: (sum: number, onHand: number) => `Sum check: the entries add up to ${sum}, but ${onHand} are on hand.`,
  },
};
