/** The network of a peer that has none: a socket, and nobody to talk to. */
import type { NetworkView } from '../../../shared/network.ts';

export const noNetwork: NetworkView = {
  open: true,
  address: '127.0.0.1:47101',
  busyPort: null,
  choice: { port: null, multicast: true, ignored: [], fixed: { port: false, multicast: false } },
  multicast: 'ok',
  mdns: 'ok',
  receiveBuffer: 0,
  traffic: { datagramsIn: 0, datagramsOut: 0, bytesIn: 0, bytesOut: 0, messagesIn: 0, messagesOut: 0 },
  refused: [],
  interfaces: [],
  remembered: [],
};
