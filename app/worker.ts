/** The thread of the desktop program that holds the peer; the command line reaches it as it reaches a peer without a window. */
import { parentPort } from 'node:worker_threads';
import { findRenderer } from './api/host.ts';
import { ensureToken } from './api/http/token.ts';
import { startHttp } from './api/http.ts';
import { removePeerFile, writePeerFile } from './api/peerFile.ts';
import { type AlsoServe, hostWorker } from './api/workerHost.ts';
import { openPeer } from './peer.ts';

const port = parentPort;
if (port === null) throw new Error('This file is started as a worker thread.');

/** HTTP on 127.0.0.1 with the token of the data folder. A port that cannot be had costs the command line, not the window. */
const alsoServe: AlsoServe = async (service, peer) => {
  const { dataDir, version, name } = peer.self();
  const token = await ensureToken(dataDir);
  const http = await startHttp(service, { host: '127.0.0.1', port: 0, token, version, rendererDir: findRenderer() });
  if (!http.ok) return () => Promise.resolve();
  await writePeerFile(dataDir, { pid: process.pid, url: http.value.url, name });
  return async () => {
    await removePeerFile(dataDir, process.pid);
    await http.value.close();
  };
};

hostWorker(
  {
    onMessage: (listener) => port.on('message', listener),
    post: (message) => port.postMessage(message),
    end: () => port.close(),
  },
  openPeer,
  {},
  alsoServe,
);
