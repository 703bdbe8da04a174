/**
 * The log of the fake market, its file, and what is saved of it.
 */
import type { Result } from '../../shared/contract.ts';
import type { LogCommand, LogEntry } from '../../shared/logView.ts';
import { NOW, desk } from './people.ts';

const entry = (no: number, kind: LogEntry['kind'], text: string, facts: LogEntry['facts'], commands: LogCommand[] = []): LogEntry => ({
  entry: no,
  term: no < 8 ? 1 : 2,
  at: NOW - 600_000 + no * 20_000,
  kind,
  hash: (no * 7_919).toString(16).padStart(8, 'c').repeat(8),
  committed: no < 12,
  text,
  facts,
  commands,
  more: 0,
});

const asks = (n: number, type: string, summary: string, asked: LogCommand['asked']): LogCommand => ({
  author: desk(n),
  type,
  summary,
  asked,
});

const batch = (no: number, ...commands: LogCommand[]): LogEntry =>
  entry(no, 'batch', commands.map(({ author, summary }) => `${author.name}: ${summary}`).join('; '), {}, commands);

const salt = { goods: 'salt', quantity: 5 };
export const logEntries: LogEntry[] = [
  batch(12, asks(2, 'auction.bid', 'Bid €45.00 on Roman helmet', { title: 'Roman helmet', amount: 4500 })),
  batch(11, asks(3, 'limit', 'Auto-bid on Roman helmet', { title: 'Roman helmet' })),
  entry(10, 'system', 'What is due for Short sword', { what: 'close', title: 'Short sword' }),
  entry(9, 'config', '5 desktops vote, 0 watch', { voters: 5, observers: 0, joint: false }),
  entry(8, 'view', 'Desk-4 leads term 2', { leader: 'Desk-4', term: 2 }),
  batch(
    7,
    asks(1, 'order.buy', 'Buy 5 × salt', salt),
    asks(3, 'offer.place', 'Offer 10 × boar at €1.00', { name: 'boar', quantity: 10, price: 100 }),
  ),
  entry(1, 'genesis', 'The market begins', {}),
];

export const fileLines: Result<'log.file'> = [
  { at: NOW - 20_000, level: 'warn', text: 'trouble code=NAME_TAKEN wanted=Desk-1' },
  { at: NOW - 60_000, level: 'info', text: 'leader term=2 entry=8' },
  { at: NOW - 90_000, level: 'info', text: 'suspected term=1 entry=7 peerId=p5' },
];

export const exportFiles: Result<'market.export'> = {
  name: 'tradepost-market-2026-03-14T1403.zip',
  files: ['market.json', 'items.csv', 'orders.csv'].map((name) => ({ name, text: `this is ${name}\n` })),
};
