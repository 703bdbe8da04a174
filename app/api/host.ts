/**
 * One peer with its service and its HTTP interface, as a program without a window runs it.
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Outcome } from '../../shared/contract.ts';
import { ensureToken } from './http/token.ts';
import { type HttpHost, startHttp } from './http.ts';
import type { OpenPeer, PeerOptions, PeerPort } from './peerPort.ts';
import { createService, type Service, type ServiceOptions } from './service.ts';

export interface HostOptions extends PeerOptions {
  readonly web: { readonly host: string; readonly port: number };
  /** Folder of the built renderer, or null to serve the interface without pages. */
  readonly rendererDir: string | null;
}

export interface Host {
  readonly peer: PeerPort;
  readonly service: Service;
  readonly http: HttpHost;
  /** Hands leadership over, stops serving, stops the peer. */
  close(): Promise<void>;
}

/** The built renderer (dist/renderer of the folder this program lies in), or null. */
export function findRenderer(from: string = import.meta.dirname): string | null {
  for (let dir = from; ; dir = dirname(dir)) {
    const candidate = join(dir, 'dist', 'renderer');
    if (existsSync(join(candidate, 'index.html'))) return candidate;
    if (dirname(dir) === dir) return null;
  }
}

/** The folder, the key of its interface and the peer; the peer last, so that nothing runs when one of the others fails. */
async function prepare(openPeer: OpenPeer, options: HostOptions): Promise<Outcome<{ readonly peer: PeerPort; readonly token: string }>> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const token = await ensureToken(options.dataDir);
  const opened = await openPeer(options);
  return opened.ok ? { ok: true, value: { peer: opened.value, token } } : opened;
}

/** What a data folder that takes no files means, for people; every other error is a fault of the program. */
function folderRefusal(error: unknown, dataDir: string): Outcome<never> {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const refused = (name: string, message: string): Outcome<never> => ({ ok: false, error: { code: name, message } });
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return refused('DISK_FULL', `There is no space left for the data folder ${dataDir}. Free some, then start this desktop again.`);
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return refused('FOLDER_READ_ONLY', `The data folder ${dataDir} cannot be written to (${code}). Allow it, or use another --data-dir.`);
  }
  throw error;
}

/** Opens everything, or closes again what was opened and says why not. */
export async function startHost(openPeer: OpenPeer, options: HostOptions, serviceOptions: ServiceOptions = {}): Promise<Outcome<Host>> {
  const { dataDir } = options;
  const prepared = await prepare(openPeer, options).catch((error: unknown) => folderRefusal(error, dataDir));
  if (!prepared.ok) return prepared;
  const { peer, token } = prepared.value;
  const service = createService(peer, serviceOptions);
  const http = await startHttp(service, { ...options.web, token, version: peer.self().version, rendererDir: options.rendererDir });
  if (!http.ok) {
    service.close();
    await peer.close();
    return http;
  }
  return {
    ok: true,
    value: {
      peer,
      service,
      http: http.value,
      close: async () => {
        await peer.close();
        service.close();
        await http.value.close();
      },
    },
  };
}
