import { expect, test } from 'vitest';
import type { Address, Interface } from './addresses.ts';
import { formatAddress } from './addresses.ts';
import { type Announcement, buildAnswer, type Heard, readAnnouncement, readWhoIs } from './announcement.ts';
import { SCAN_STEP_MS, SubnetScan, subnetsAround } from './subnetScan.ts';
import { ManualTimers } from './testing/manualTimers.ts';

const adapter = (name: string, address: string, netmask = '255.255.255.0', internal = false): Interface => ({
  name,
  address,
  netmask,
  internal,
});

test('[NS1] only private networks of real adapters are asked, at most 254 addresses around our own on two of them', () => {
  expect(subnetsAround([adapter('eth0', '192.168.1.21')])).toMatchObject([{ name: '192.168.1.0/24', hosts: { length: 253 } }]);
  const [wide] = subnetsAround([adapter('eth0', '10.20.30.40', '255.0.0.0')]);
  expect(wide).toMatchObject({ name: '10.20.30.0/24' });
  expect(wide?.hosts.slice(0, 2)).toEqual(['10.20.30.1', '10.20.30.2']);
  expect(wide?.hosts.at(-1)).toBe('10.20.30.254');
  expect(subnetsAround([adapter('eth0', '172.20.0.6', '255.255.255.252')])).toEqual([{ name: '172.20.0.4/30', hosts: ['172.20.0.5'] }]);
  for (const none of [
    adapter('eth0', '8.8.8.8'),
    adapter('eth0', '172.32.0.1'),
    adapter('lo', '127.0.0.1', '255.0.0.0', true),
    adapter('docker0', '172.17.0.1'),
    adapter('eth0', '192.168.1.1', '255.255.255.255'),
  ])
    expect(subnetsAround([none]), none.address).toEqual([]);
  const three = ['192.168.1.5', '192.168.2.5', '192.168.3.5'].map((address, i) => adapter(`eth${i}`, address));
  expect(subnetsAround(three).map(({ name }) => name)).toEqual(['192.168.1.0/24', '192.168.2.0/24']);
  const twice = [adapter('eth0', '192.168.1.5'), adapter('wlan0', '192.168.1.6')];
  expect(subnetsAround(twice)).toMatchObject([{ hosts: { length: 252 } }]);
});

const announcement: Announcement = { peerId: 'ab'.repeat(16), boot: 1, port: 47_100, deskName: 'Desk-2', market: null };
const at = (n: number): Address => ({ host: `192.168.1.${n}`, port: 47_100 });

function answerTo(question: Buffer): Heard {
  const heard = readAnnouncement('whoIsAnswer', buildAnswer(announcement, null, readWhoIs(question) ?? Buffer.alloc(8)), null);
  if (heard === null) throw new Error('no answer');
  return heard;
}

test('[NS2] addresses are asked one after the other, each once; what answers from where it was asked is found, once a desktop', async () => {
  const timers = new ManualTimers();
  const sent: [number, string, Buffer][] = [];
  const scan = new SubnetScan({ timers, sendTo: (address, datagram) => void sent.push([timers.now(), formatAddress(address), datagram]) });
  const found = scan.run([at(1), at(2), at(3)]);
  timers.advance(3 * SCAN_STEP_MS);
  expect(sent.map(([when, where]) => [when, where])).toEqual([1, 2, 3].map((n) => [n * SCAN_STEP_MS, formatAddress(at(n))]));
  const heard = answerTo(sent[1]?.[2] ?? Buffer.alloc(0));
  expect(scan.onAnswer(heard, at(9))).toBe(false);
  expect(scan.onAnswer({ ...heard, nonce: '00'.repeat(8) }, at(2))).toBe(false);
  expect([scan.onAnswer(heard, at(2)), scan.onAnswer(heard, at(3))]).toEqual([true, true]);
  timers.advance(5_000);
  expect(await found).toEqual([{ heard, address: at(2) }]);
  expect(sent).toHaveLength(3);
});

test('[NS2] a scan that is cut off gives what it has', async () => {
  const timers = new ManualTimers();
  const scan = new SubnetScan({ timers, sendTo: () => undefined });
  const found = scan.run([at(1), at(2)]);
  timers.advance(SCAN_STEP_MS);
  scan.close();
  expect(await found).toEqual([]);
});
