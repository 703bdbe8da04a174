/**
 * Who may talk to the local api.
 *
 * A web page of a stranger can make a browser send requests to 127.0.0.1, and a DNS name of his can be made to point there. So every
 * request must name a host we serve (no rebinding), must come from our own page if it names an origin, and must carry the token:
 * as a Bearer header (programs), or as a cookie no script and no foreign site can use (the browser).
 */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { ApiError } from '../../../shared/contract.ts';
import { sameToken } from './token.ts';

export interface Refusal {
  readonly status: number;
  readonly error: ApiError;
}

function refusal(status: number, code: string, message: string): Refusal {
  return { status, error: { code, message } };
}

/** "host:port" -> {host, port}; null when malformed. Handles [::1]:7101. */
export function splitHost(header: string): { host: string; port: string } | null {
  const match = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::([0-9]{1,5}))?$/.exec(header);
  if (match === null) return null;
  return { host: (match[1] ?? '').replace(/^\[|\]$/g, '').toLowerCase(), port: match[2] ?? '' };
}

/** Loopback names always; when served to the network also plain addresses (a rebinding attack needs a name). */
export function hostAllowed(header: string | undefined, port: number, open: boolean): boolean {
  const parts = header === undefined ? null : splitHost(header);
  if (parts === null || parts.port !== String(port)) return false;
  if (['127.0.0.1', 'localhost', '::1'].includes(parts.host)) return true;
  return open && isIP(parts.host) !== 0;
}

/** The cookie's name carries the port: several desktops of one machine share the host, and cookies ignore ports. */
export function cookieName(port: number): string {
  return `tradepost_${port}`;
}

export function cookieValue(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** Null when the request may address this server at all (host and origin). */
export function checkPlace(headers: IncomingHttpHeaders, port: number, open: boolean): Refusal | null {
  if (!hostAllowed(headers.host, port, open)) return refusal(403, 'FOREIGN_HOST', 'This address does not belong to this desktop.');
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}`) {
    return refusal(403, 'FOREIGN_ORIGIN', 'Only this desktop’s own page may use its interface.');
  }
  const site = headers['sec-fetch-site'];
  if (origin === undefined && site === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate') {
    return refusal(403, 'FOREIGN_ORIGIN', 'Only this desktop’s own page may use its interface.');
  }
  return null;
}

/** Null when the request carries the token. */
export function checkToken(headers: IncomingHttpHeaders, port: number, token: string): Refusal | null {
  const bearer = /^Bearer ([A-Za-z0-9_-]{1,128})$/.exec(headers.authorization ?? '')?.[1];
  const given = bearer ?? cookieValue(headers.cookie, cookieName(port));
  if (given !== null && given !== undefined && sameToken(given, token)) return null;
  return refusal(401, 'UNAUTHORIZED', 'Open the address that was printed when this desktop started; it carries the key.');
}
