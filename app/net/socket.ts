/**
 * The socket of the sealed traffic: one port that belongs to this program alone.
 *
 * A port that is taken is no error; the next ones are tried, because two desktops on one machine are normal. Addresses are numbers
 * already, so the name lookup is skipped: sending happens at once instead of one turn later.
 */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';

/** Larger: more survives while this program is busy (a stock Linux keeps 92 datagrams otherwise). The system may give less. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;
/** What a datagram of 1200 bytes costs in the system's buffer. Source: DESIGN 4. */
const SLOT_BYTES = 2_304;
/** Later ports that are tried. */
export const PORTS_TRIED = 20;

export type Bound =
  | { readonly ok: true; readonly socket: Socket; readonly port: number; readonly receiveBuffer: number }
  | { readonly ok: false; readonly code: string };

type Lookup = (host: string, options: unknown, callback: (error: Error | null, address: string, family: number) => void) => void;
const noLookup: Lookup = (host, _options, callback) => callback(null, host, 4);

async function bindOnce(host: string, port: number, onDatagram: (datagram: Buffer, from: RemoteInfo) => void): Promise<Bound> {
  const socket = createSocket({ type: 'udp4', lookup: noLookup });
  const failure = await new Promise<Error | null>((resolve) => {
    socket.once('error', resolve);
    socket.bind({ port, address: host, exclusive: true }, () => resolve(null));
  });
  if (failure !== null) {
    socket.close();
    return { ok: false, code: 'code' in failure && typeof failure.code === 'string' ? failure.code : 'UNKNOWN' };
  }
  // Later errors belong to single datagrams and come back through send's callback as well.
  socket.on('error', () => undefined);
  socket.on('message', onDatagram);
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
    socket.setSendBufferSize(RECEIVE_BUFFER_BYTES);
  } catch {
    // Some systems refuse instead of giving less; what there is is read back below.
  }
  return { ok: true, socket, port: socket.address().port, receiveBuffer: socket.getRecvBufferSize() };
}

/** Binds `wanted` or one of the next 20 ports, never `reserved`; `wanted` 0 is any free port. Fails with the system's code. */
export async function bindPort(
  host: string,
  wanted: number,
  reserved: number,
  onDatagram: (datagram: Buffer, from: RemoteInfo) => void,
): Promise<Bound> {
  let last: Bound = { ok: false, code: 'EADDRINUSE' };
  for (let port = wanted; port <= Math.min(65_535, wanted + (wanted === 0 ? 0 : PORTS_TRIED)); port++) {
    if (port === reserved) continue;
    last = await bindOnce(host, port, onDatagram);
    if (last.ok || last.code !== 'EADDRINUSE') return last;
  }
  return last;
}

/** Datagrams each of `peers` desktops may have under way to us without any being lost while we are busy. */
export function slotsOf(receiveBuffer: number, peers: number): number {
  return Math.max(1, Math.floor(receiveBuffer / SLOT_BYTES / Math.max(1, peers)));
}
