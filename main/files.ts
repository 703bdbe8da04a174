/**
 * The interface's files under an origin of their own, `tradepost-app://app`.
 *
 * A custom protocol instead of file:// gives the page a real origin (so that "is this ours?" is one comparison) and lets it read
 * nothing outside one folder. Path check and headers are those of the browser's host: both carriers serve the same files.
 */
import type { CustomScheme } from 'electron';
import { readStatic, SECURITY_HEADERS } from '../app/api/http/statics.ts';

const SCHEME = 'tradepost-app';
const HOST = 'app';
export const START_URL = `${SCHEME}://${HOST}/`;

/** To be registered before Electron is ready. */
export const OUR_SCHEME: CustomScheme = { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } };

/** Whether an address is one of our pages (or our origin). */
export function isOurs(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === '';
}

/** Answers requests for our scheme from one folder; 404 for everything that is not in it. */
export function serveFiles(folder: string): (request: { readonly url: string; readonly method: string }) => Promise<Response> {
  return async ({ url, method }) => {
    const file = method === 'GET' && isOurs(url) ? await readStatic(folder, new URL(url).pathname) : null;
    if (file === null) return new Response('not found', { status: 404, headers: SECURITY_HEADERS });
    return new Response(new Uint8Array(file.body), { headers: { ...SECURITY_HEADERS, 'content-type': file.type } });
  };
}
