/**
 * `/v1/stream`: pushes over a WebSocket, in order.
 *
 * Each connection may have a bounded amount unsent; one that reads too slowly is left out until it has drained and then gets a full
 * set of topics. Connections that do not answer a ping are ended, and their number is bounded.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ApiError } from '../../../shared/contract.ts';
import type { Sink } from '../hub.ts';
import type { Refusal } from './guard.ts';

export const MAX_STREAMS = 64;
const MAX_UNSENT_BYTES = 1024 * 1024;
const MAX_MESSAGE_BYTES = 64 * 1024;
const PING_MS = 15_000;

export interface StreamHost {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

function refuse(socket: Duplex, status: number, error: ApiError): void {
  const body = JSON.stringify(error);
  socket.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** `check` says why a request may not connect, or null. */
export function createStreamHost(subscribe: (sink: Sink) => () => void, check: (request: IncomingMessage) => Refusal | null): StreamHost {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  const alive = new Set<WebSocket>();

  const pings = setInterval(() => {
    for (const socket of server.clients) {
      if (alive.delete(socket)) socket.ping();
      else socket.terminate();
    }
  }, PING_MS);
  pings.unref();

  function accept(socket: WebSocket, request: IncomingMessage): void {
    alive.add(socket);
    const unsubscribe = subscribe({
      deltas: request.url?.includes('deltas=1') === true,
      ready: () => socket.readyState === socket.OPEN && socket.bufferedAmount < MAX_UNSENT_BYTES,
      deliver: ({ seq, topic }, dataJson) => {
        if (socket.readyState === socket.OPEN) socket.send(`{"seq":${seq},"topic":"${topic}","data":${dataJson}}`);
      },
      deliverDelta: ({ seq, topic }, deltaJson) => {
        if (socket.readyState === socket.OPEN) socket.send(`{"seq":${seq},"topic":"${topic}","delta":${deltaJson}}`);
      },
    });
    socket.on('pong', () => alive.add(socket));
    socket.on('close', unsubscribe);
    socket.on('error', () => socket.terminate());
    // Nothing is expected from this side; calls go over HTTP.
    socket.on('message', () => socket.close(1008, 'this stream only sends'));
  }

  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      const refusal = check(request);
      if (refusal !== null) return refuse(socket, refusal.status, refusal.error);
      if (server.clients.size >= MAX_STREAMS) {
        return refuse(socket, 503, { code: 'BUSY', message: 'Too many windows are connected to this desktop.' });
      }
      server.handleUpgrade(request, socket, head, accept);
    },
    close() {
      clearInterval(pings);
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}
