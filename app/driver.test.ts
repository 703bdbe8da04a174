/** The loop around the core, on the real event loop of this process. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Core } from './core/core.ts';
import { presets } from './core/config.ts';
import type { Input } from './core/types.ts';
import { Driver } from './driver.ts';
import { bankMachines } from './sim/bank.ts';
import { cheapCrypto, peerIdOf } from './sim/cheapCrypto.ts';

const WAITING = 100;

/** A core that notes what it is given. */
class Noting extends Core {
  readonly given: Input['kind'][] = [];
  override step(...args: Parameters<Core['step']>): ReturnType<Core['step']> {
    this.given.push(args[0].kind);
    return super.step(...args);
  }
}

test('[D1] after a stall the second pass comes when everything that waited in the socket has been heard', async () => {
  const publicKey = 'ab'.repeat(32);
  const peerId = peerIdOf(publicKey);
  const core = new Noting({
    self: { peerId, storeId: '01'.repeat(8), boot: 1, publicKey, priority: 100, name: 'Desk', address: '' },
    config: presets.lan,
    crypto: cheapCrypto(publicKey),
    random: () => 0.5,
    machines: bankMachines,
    recovered: null,
  });
  const driver = new Driver({
    core,
    self: { peerId, boot: 1 },
    now: () => ({ mono: performance.now(), wall: Date.now() }),
    write: () => Promise.resolve(),
    explain: (error) => ({ code: 'STOPPED', reason: String(error) }),
    send: () => undefined,
    publish: () => undefined,
    stopped: () => undefined,
  });
  const [socket, other] = [createSocket('udp4'), createSocket('udp4')];
  socket.on('message', () => {
    driver.input({ kind: 'message', message: { from: '02'.repeat(16), boot: 1, lamport: 0, clock: [], frame: { type: 'ping', seq: 1 } } });
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  driver.input({ kind: 'tick' });
  const sent = Array.from({ length: WAITING }, () => new Promise((done) => other.send('x', socket.address().port, '127.0.0.1', done)));
  await Promise.all(sent);
  const until = performance.now() + 2 * presets.lan.stallMs;
  while (performance.now() < until);
  driver.input({ kind: 'tick' });
  await expect.poll(() => core.given.includes('drained')).toBe(true);
  const heard = core.given.slice(0, core.given.indexOf('drained')).filter((kind) => kind === 'message');
  expect(heard).toHaveLength(WAITING);
  expect(core.given.filter((kind) => kind === 'drained')).toHaveLength(1);
  socket.close();
  other.close();
});
