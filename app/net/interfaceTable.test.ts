import { expect, test } from 'vitest';
import { isVirtual } from './addresses.ts';
import { InterfaceTable, onNetworkOf, signatureOf } from './interfaceTable.ts';

const lo = { name: 'lo', address: '127.0.0.1', netmask: '255.0.0.0', internal: true };
const wire = { name: 'eth0', address: '192.168.1.5', netmask: '255.255.255.0', internal: false };
const self = { name: 'eth1', address: '169.254.9.9', netmask: '255.255.0.0', internal: false };
const docker = { name: 'docker0', address: '172.17.0.1', netmask: '255.255.0.0', internal: false };
const all = [lo, wire, self, docker];

test('[NI1] an adapter counts what went out by it, what came from its network, and its own beacons that came back', () => {
  const table = new InterfaceTable();
  table.sent(wire.address, true);
  table.sent(wire.address, true);
  table.sent(self.address, false);
  table.peer(all, '192.168.1.77', 10);
  table.peer(all, '169.254.200.1', 20);
  table.peer(all, '8.8.8.8', 30);
  table.own(wire.address, 40);
  table.own('10.1.1.1', 50);
  const of = (address: string) => table.of(all, isVirtual).find((one) => one.address === address);
  expect(of(wire.address)).toMatchObject({ beaconsOut: 2, beaconsIn: 1, sendErrors: 0, ownHeardAt: 40, peerHeardAt: 10, virtual: false });
  expect(of(self.address)).toMatchObject({ beaconsOut: 0, beaconsIn: 1, sendErrors: 1, ownHeardAt: null, peerHeardAt: 20 });
  expect(of(docker.address)).toMatchObject({ beaconsIn: 0, virtual: true });
});

test('[NI1] a desktop on this machine is heard on the adapter whose address it has', () => {
  const table = new InterfaceTable();
  table.peer(all, '127.0.0.1', 5);
  table.peer(all, '192.168.1.5', 6);
  expect(table.of(all, isVirtual).map(({ beaconsIn }) => beaconsIn)).toEqual([1, 1, 0, 0]);
});

test('[NI2] adapters that lead to virtual machines or a VPN are known by their names', () => {
  const names = [
    'eth0',
    'wlan0',
    'en0',
    'Ethernet',
    'Wi-Fi',
    'docker0',
    'veth12',
    'vboxnet0',
    'vEthernet (WSL)',
    'utun3',
    'tun0',
    'wg0',
    'tailscale0',
    'ppp0',
  ];
  expect(names.filter((name) => isVirtual({ ...wire, name }))).toEqual(names.slice(5));
});

test('[NI3] a change of adapters is noticed, a different order of nothing is none', () => {
  expect(signatureOf([lo, wire])).toBe(signatureOf([lo, { ...wire }]));
  expect(signatureOf([lo, wire])).not.toBe(signatureOf([lo]));
  expect(signatureOf([lo, wire])).not.toBe(signatureOf([lo, { ...wire, address: '192.168.1.6' }]));
  expect([onNetworkOf(wire, '192.168.1.200'), onNetworkOf(wire, '192.168.2.1'), onNetworkOf(self, '169.254.0.1')]).toEqual([
    true,
    false,
    true,
  ]);
});
