/** Ports for tests: neighbours nobody uses, so that two test runs, or a developer's own swarm, never meet. */
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below what systems give away by themselves (32768 and up), above what they keep. */
const PORTS = { first: 20_000, last: 30_000 };

const tcpFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

const udpFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4').once('error', () => resolve(false));
    socket.bind(port, () => socket.close(() => resolve(true)));
  });

/** `count` neighbouring ports that are free for TCP and UDP; gives the first. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const base = randomInt(PORTS.first, PORTS.last - count);
    const all = Array.from({ length: count }, (_, i) => base + i);
    const answers = await Promise.all(all.flatMap((port) => [tcpFree(port), udpFree(port)]));
    if (answers.every(Boolean)) return base;
  }
}
