import { expect, test } from 'vitest';
import { AddressBook, FRESH_MS, MAX_PEERS } from './addressBook.ts';
import { formatAddress, mainAddress, parseAddress } from './addresses.ts';
import { peer } from './testing/samples.ts';

const A = peer(0xa);
const at = (host: string): { host: string; port: number } => ({ host, port: 47_100 });
const hosts = (book: AddressBook, now: number): string[] => book.of(A, now).map((address) => address.host);

test('[NA1] the newest proven address wins over everything announced or told', () => {
  const book = new AddressBook();
  expect(hosts(book, 0)).toEqual([]);
  book.learn(A, at('10.0.0.1'), 'told', 0);
  book.learn(A, at('10.0.0.2'), 'announced', 0);
  expect(hosts(book, 0)).toEqual(['10.0.0.2', '10.0.0.1']);
  book.learn(A, at('10.0.0.3'), 'proven', 0);
  book.learn(A, at('10.0.0.4'), 'proven', 1);
  book.learn(A, at('10.0.0.9'), 'told', 2);
  expect(hosts(book, 2)).toEqual(['10.0.0.4']);
  expect([book.at(at('10.0.0.4')), book.at(at('10.0.0.3'))]).toEqual([A, null]);
});

test('[NA2] a desktop that fell silent is also tried where it was announced and told', () => {
  const book = new AddressBook();
  book.learn(A, at('10.0.0.1'), 'proven', 0);
  book.learn(A, at('10.0.0.1'), 'announced', 0);
  book.learn(A, at('10.0.0.2'), 'told', 0);
  expect(hosts(book, FRESH_MS)).toEqual(['10.0.0.1']);
  expect(hosts(book, FRESH_MS + 1)).toEqual(['10.0.0.1', '10.0.0.2']);
  book.learn(A, at('10.0.0.1'), 'proven', FRESH_MS + 1);
  expect(hosts(book, FRESH_MS + 2)).toEqual(['10.0.0.1']);
});

test('[NA3] strangers may invent desktops without pushing out proven ones', () => {
  const book = new AddressBook();
  book.learn(A, at('10.0.0.1'), 'proven', 0);
  for (let n = 1; n < MAX_PEERS * 2; n++) book.learn(`${n}`.padStart(32, '0'), at('10.9.9.9'), 'told', 1);
  expect(book.all()).toHaveLength(MAX_PEERS);
  expect(hosts(book, 1)).toEqual(['10.0.0.1']);
});

test('[NA4] only something new asks to be remembered', () => {
  let changes = 0;
  const book = new AddressBook(() => (changes += 1));
  book.learn(A, at('10.0.0.1'), 'proven', 0);
  book.learn(A, at('10.0.0.1'), 'proven', 5);
  book.learnText(A, 'nonsense', 'told', 5);
  expect([changes, book.all()]).toEqual([1, [{ peerId: A, address: '10.0.0.1:47100' }]]);
});

test('[NA5] addresses as people type them', () => {
  const format = (text: string): string | null => {
    const address = parseAddress(text, 47_100);
    return address === null ? null : formatAddress(address);
  };
  expect(['192.168.1.23:47101', ' 10.0.0.1 ', 'LocalHost:5', '169.254.3.4:1'].map(format)).toEqual([
    '192.168.1.23:47101',
    '10.0.0.1:47100',
    '127.0.0.1:5',
    '169.254.3.4:1',
  ]);
  expect(['', ':1', '1.2.3.4:', '1.2.3.4:0', '1.2.3.4:65536', '256.1.1.1', 'desk-1:5', '0.0.0.0:1', '1.2.3.4:1:2'].map(format)).toEqual(
    Array.from({ length: 9 }, () => null),
  );
});

test('[NA6] the address to show is that of a real adapter, and loopback when there is no network', () => {
  const lo = { name: 'lo', address: '127.0.0.1', netmask: '255.0.0.0', internal: true };
  const docker = { name: 'docker0', address: '172.17.0.1', netmask: '255.255.0.0', internal: false };
  const wire = { name: 'eth0', address: '192.168.1.5', netmask: '255.255.0.0', internal: false };
  const selfGiven = { name: 'eth1', address: '169.254.9.9', netmask: '255.255.0.0', internal: false };
  expect(mainAddress([lo, docker, selfGiven, wire])).toBe('192.168.1.5');
  expect(mainAddress([lo, docker, selfGiven])).toBe('169.254.9.9');
  expect([mainAddress([lo]), mainAddress([])]).toEqual(['127.0.0.1', '127.0.0.1']);
});
