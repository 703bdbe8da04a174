/**
 * How this desktop meets others: its port, whether it uses group messages, which adapters it looks for them on, what it says to be.
 *
 * Kept in the desk file and in force at once: the life goes on with new sockets, after leadership was handed over. What the command
 * line said counts more, because somebody chose it for this start.
 */
import type { NetworkChoice } from '../shared/network.ts';
import type { PeerOptions } from './api/peerPort.ts';
import type { DeskFile } from './deskFile.ts';
import { type Interface, ipv4Interfaces } from './net/addresses.ts';
import { VERSION } from './version.ts';

/** Which of the choices the command line has made. */
export function fixedBy({ port, multicast }: PeerOptions): NetworkChoice['fixed'] {
  return { port: port !== null && port !== 0, multicast: !multicast };
}

/** What the next life opens its sockets with, and what it tells others of its program. */
export function networkOf(
  options: PeerOptions,
  { network }: DeskFile,
): { readonly port: number | null; readonly multicast: boolean; readonly version: string } {
  const given = options.port === 0 ? null : options.port;
  return { port: given ?? network.port, multicast: options.multicast && network.multicast, version: options.version ?? VERSION };
}

/** The adapters this desktop looks for others on. */
export function usedInterfaces({ network }: DeskFile): readonly Interface[] {
  return ipv4Interfaces().filter(({ name }) => !network.ignored.includes(name));
}
