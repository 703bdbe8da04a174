/** The thread of the desktop program that holds the peer. */
import { parentPort } from 'node:worker_threads';
import { hostWorker } from './api/workerHost.ts';
import { openPeer } from './peer.ts';

const port = parentPort;
if (port === null) throw new Error('This file is started as a worker thread.');
hostWorker(
  {
    onMessage: (listener) => port.on('message', listener),
    post: (message) => port.postMessage(message),
    end: () => port.close(),
  },
  openPeer,
);
