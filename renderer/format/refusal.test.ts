import { afterEach, expect, test } from 'vitest';
import type { LogEntry } from '../../shared/logView.ts';
import type { RequestView } from '../../shared/views.ts';
import { logEntries } from '../test/logbook.ts';
import { sceneOf } from '../test/scenes.ts';
import { useView } from '../state/store.ts';
import { speak, t } from '../text/t.ts';
import { askedText } from './requestText.ts';
import { wordsNow } from './refusal.ts';

afterEach(() => {
  speak('en', []);
  useView.setState({ balance: null });
});

test('[A7] [M11] a guest whose name is not for this desktop is the number the room knows, also in German', () => {
  const { requests, balance } = sceneOf('busy');
  const paid: RequestView = { ...requests[0]!, type: 'settle.pay', summary: 'Received', asked: { debtor: 'guest-101', amount: 1_800 } };
  const asked = { peerId: 'guest-102', amount: 500 };
  const credit = { author: { peerId: 'p5', name: 'Desk-5' }, type: 'account.credit', summary: 'Credit', asked };
  const entry: LogEntry = { ...logEntries[0]!, kind: 'batch', commands: [credit] };
  speak('de', ['de-DE']);
  expect(askedText(paid)).toBe('18,00\u00a0€ von #101 erhalten');
  expect(wordsNow().nameOf('guest-102')).toBe('#102');
  expect(t.said.logEntry(entry, wordsNow())).toContain('#102');
  useView.setState({ balance: { ...balance, accounts: [{ ...balance.accounts[0]!, account: 'guest-101', name: '#101 Anna Berg' }] } });
  expect(askedText(paid)).toContain('#101 Anna Berg');
});
