/**
 * The renderer's files for a browser: read-only, inside one folder, with headers that let the page load nothing else.
 */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** For bytes that other people chose: whatever they are, they are shown and nothing else. */
export const BYTES_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

const types: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.webmanifest', 'application/manifest+json'],
]);

/** File of a URL path inside `root`, or null when it would lie outside or is hidden. */
export function resolveInside(root: string, urlPath: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\') || path.split('/').some((part) => part.startsWith('.'))) return null;
  const base = normalize(root);
  const file = normalize(join(base, path === '/' ? 'index.html' : path));
  return file.startsWith(base.endsWith(sep) ? base : base + sep) ? file : null;
}

/** Content and type of a URL path; paths without an extension are pages of the renderer and give index.html. Null: not there. */
export async function readStatic(root: string, urlPath: string): Promise<{ body: Buffer; type: string; immutable: boolean } | null> {
  const file = resolveInside(root, extname(urlPath) === '' ? '/' : urlPath);
  const type = file === null ? undefined : types.get(extname(file));
  if (file === null || type === undefined) return null;
  try {
    return { body: await readFile(file), type, immutable: urlPath.startsWith('/assets/') };
  } catch {
    return null;
  }
}
