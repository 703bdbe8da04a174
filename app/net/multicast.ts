/**
 * The group in which beacons are heard: one listening socket shared by all programs of this machine, one sending socket per adapter.
 *
 * Adapters come and go, and the system forgets memberships when they do, so all are joined again every few seconds. Loopback is one
 * of them: several desktops on one machine find each other without any network. Data never travels here (RFC 9119).
 */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { Interface } from './addresses.ts';

export const GROUP = '239.255.71.10';
/** Not the port of the sealed traffic: that one must belong to one program alone, this one to all. */
export const GROUP_PORT = 47_099;
/** Beacons stay on this network. */
const TTL = 1;

export interface MulticastPorts {
  readonly group: string;
  readonly port: number;
  interfaces(): readonly Interface[];
  onDatagram(datagram: Buffer, from: RemoteInfo): void;
  /** A beacon left by the adapter with this address, or could not. */
  sent(address: string, ok: boolean): void;
}

export class Multicast {
  readonly #ports: MulticastPorts;
  #listener: Socket | null = null;
  /** By the adapter's address. */
  readonly #senders = new Map<string, Socket>();

  constructor(ports: MulticastPorts) {
    this.#ports = ports;
  }

  /** Opens the shared port; false when this is not possible here. */
  async open(): Promise<boolean> {
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    const bound = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false));
      socket.bind({ port: this.#ports.port, address: '0.0.0.0' }, () => resolve(true));
    });
    if (!bound) {
      socket.close();
      return false;
    }
    socket.on('error', () => undefined);
    socket.on('message', (datagram, from) => this.#ports.onDatagram(datagram, from));
    this.#listener = socket;
    this.refresh();
    return true;
  }

  /** Joins on all adapters of this moment; leaves those that are gone. */
  refresh(): void {
    const here = new Set(this.#ports.interfaces().map((i) => i.address));
    here.add('127.0.0.1');
    for (const address of here) {
      try {
        this.#listener?.addMembership(this.#ports.group, address);
      } catch {
        // Already joined, or the adapter went away this moment: the next round will see.
      }
      if (!this.#senders.has(address)) this.#addSender(address);
    }
    for (const [address, socket] of this.#senders) {
      if (here.has(address)) continue;
      this.#senders.delete(address);
      socket.close();
    }
  }

  /** Sends on every adapter; an adapter that cannot is tried anew after the next refresh. */
  send(datagram: Buffer): void {
    for (const [address, socket] of this.#senders) {
      socket.send(datagram, this.#ports.port, this.#ports.group, (error) => {
        this.#ports.sent(address, error === null);
        if (error === null || this.#senders.get(address) !== socket) return;
        this.#senders.delete(address);
        socket.close();
      });
    }
  }

  close(): void {
    this.#listener?.close();
    this.#listener = null;
    for (const socket of this.#senders.values()) socket.close();
    this.#senders.clear();
  }

  #addSender(address: string): void {
    const socket = createSocket('udp4');
    const giveUp = (): void => {
      if (this.#senders.get(address) !== socket && this.#listener !== null) return;
      this.#senders.delete(address);
      try {
        socket.close();
      } catch {
        // Closed already.
      }
    };
    socket.on('error', giveUp);
    this.#senders.set(address, socket);
    socket.bind({ port: 0, address: '0.0.0.0' }, () => {
      try {
        socket.setMulticastTTL(TTL);
        socket.setMulticastLoopback(true);
        socket.setMulticastInterface(address);
      } catch {
        giveUp();
      }
    });
  }
}
