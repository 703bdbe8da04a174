/** A stranger's sockets: throws datagrams at desktops, and stands between two of them to record what passes. */
import { createSocket, type Socket } from 'node:dgram';

const bound = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4').once('error', reject);
    socket.bind(port, '127.0.0.1', () => resolve(socket));
  });

/** Sends every datagram to every port, a few at a time, so that the receivers' buffers take them. */
export async function throwAt(ports: readonly number[], datagrams: readonly Uint8Array[]): Promise<void> {
  const socket = await bound(0);
  for (const datagram of datagrams) {
    await Promise.all(
      ports.map(
        (port) =>
          new Promise<void>((resolve, reject) =>
            socket.send(datagram, port, '127.0.0.1', (error) => (error === null ? resolve() : reject(error))),
          ),
      ),
    );
  }
  await new Promise<void>((resolve) => void socket.close(() => resolve()));
}

export interface Relay {
  /** Where the newcomer believes the other one to be. */
  readonly port: number;
  readonly recorded: readonly Buffer[];
  close(): Promise<void>;
}

/** Passes everything on between whoever speaks to `port` and the desktop at `target`, and keeps a copy. */
export async function relayTo(port: number, target: number): Promise<Relay> {
  const [front, back] = await Promise.all([bound(port), bound(0)]);
  const recorded: Buffer[] = [];
  let newcomer: number | null = null;
  front.on('message', (datagram, from) => {
    newcomer = from.port;
    recorded.push(datagram);
    back.send(datagram, target, '127.0.0.1');
  });
  back.on('message', (datagram) => {
    recorded.push(datagram);
    if (newcomer !== null) front.send(datagram, newcomer, '127.0.0.1');
  });
  const closed = (socket: Socket): Promise<void> => new Promise((resolve) => void socket.close(() => resolve()));
  return { port, recorded, close: async () => void (await Promise.all([closed(front), closed(back)])) };
}
