/** The loop around the core, on the real event loop of this process. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Core, type CoreInit } from './core/core.ts';
import { presets } from './core/config.ts';
import type { Input } from './core/types.ts';
import { Driver, type DriverPorts, type Stop } from './driver.ts';
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

const publicKey = 'ab'.repeat(32);
const peerId = peerIdOf(publicKey);
const init: CoreInit = {
  self: { peerId, storeId: '01'.repeat(8), boot: 1, publicKey, priority: 100, name: 'Desk', address: '' },
  config: presets.lan,
  crypto: cheapCrypto(publicKey),
  random: () => 0.5,
  machines: bankMachines,
  recovered: null,
};

function drive(core: Core, more: Partial<DriverPorts> = {}): Driver {
  return new Driver({
    core,
    self: { peerId, boot: 1 },
    now: () => ({ mono: performance.now(), wall: Date.now() }),
    write: () => Promise.resolve(),
    explain: (error) => ({ code: 'STOPPED', reason: String(error) }),
    send: () => undefined,
    publish: () => undefined,
    stopped: () => undefined,
    ...more,
  });
}

test('[D1] after a stall the second pass comes when everything that waited in the socket has been heard', async () => {
  const core = new Noting(init);
  const driver = drive(core);
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

test('a step that throws stops this life with a sentence: nothing of it is written or published, and nothing follows', () => {
  class Breaking extends Core {
    steps = 0;
    override step(...args: Parameters<Core['step']>): ReturnType<Core['step']> {
      this.steps += 1;
      if (args[0].kind === 'elect') throw new Error('no such thing');
      return super.step(...args);
    }
  }
  const core = new Breaking(init);
  const stops: Stop[] = [];
  const done: string[] = [];
  const driver = drive(core, {
    stopped: (stop) => stops.push(stop),
    write: async () => void done.push('written'),
    publish: () => done.push('published'),
  });
  expect(driver.input({ kind: 'elect' })).toBeNull();
  expect(driver.input({ kind: 'tick' })).toBeNull();
  expect([core.steps, done]).toEqual([1, []]);
  expect(stops).toMatchObject([{ code: 'STOPPED', reason: 'Something broke inside this desktop (no such thing).' }]);
});
