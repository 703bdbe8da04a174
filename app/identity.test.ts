import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { loadIdentity, newIdentity, peerIdOf, realCrypto } from './identity.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});
async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'tradepost-identity-'));
  folders.push(made);
  return made;
}

test('an identity is made once, for its owner only, and stays the same', async () => {
  const here = path.join(await folder(), 'new', 'profile');
  const first = await loadIdentity(here);
  const second = await loadIdentity(here);
  if (!first.ok || !second.ok) throw new Error('no identity');
  expect([first.created, second.created]).toEqual([true, false]);
  expect(second.identity.peerId).toBe(first.identity.peerId);
  expect(first.identity.peerId).toMatch(/^[0-9a-f]{32}$/u);
  // Windows has no such bits: there the profile folder's own permissions guard it.
  const othersMay = process.platform === 'win32' ? 0 : (await stat(path.join(here, 'identity.json'))).mode & 0o077;
  expect(othersMay).toBe(0);
  const data = Buffer.from('a bid');
  expect(realCrypto(newIdentity()).verify(first.identity.publicKey, data, realCrypto(second.identity).sign(data))).toBe(true);
});

test('a damaged identity is an error, never a new identity', async () => {
  const here = await folder();
  await loadIdentity(here);
  const file = path.join(here, 'identity.json');
  const sound = await readFile(file, 'utf8');
  const other = newIdentity().publicKey;
  for (const text of ['', '{', sound.slice(0, 100), sound.replace(/"publicKey": "[0-9a-f]+"/u, `"publicKey": "${other}"`), 'null']) {
    await writeFile(file, text);
    expect(await loadIdentity(here)).toMatchObject({ ok: false, code: 'IDENTITY_DAMAGED' });
    expect(await readFile(file, 'utf8')).toBe(text);
  }
});

test('a folder that cannot be used is an error value', async () => {
  const here = await folder();
  await writeFile(path.join(here, 'file'), '');
  expect(await loadIdentity(path.join(here, 'file', 'below'))).toMatchObject({ ok: false, code: 'IDENTITY_FAILED' });
});

test('signatures verify for their signer, their data and nothing else', () => {
  const [alice, bob] = [newIdentity(), newIdentity()];
  const [a, b] = [realCrypto(alice), realCrypto(bob)];
  const data = Buffer.from('buy 5 salt');
  const signature = a.sign(data);
  expect(signature).toHaveLength(64);
  expect(b.verify(alice.publicKey, data, signature)).toBe(true);
  expect(b.verify(bob.publicKey, data, signature)).toBe(false);
  expect(b.verify(alice.publicKey, Buffer.from('buy 6 salt'), signature)).toBe(false);
  expect(b.verify(alice.publicKey, data, signature.subarray(1))).toBe(false);
  expect(b.verify('not a key', data, signature)).toBe(false);
  expect(b.verify('ff'.repeat(32), data, signature)).toBe(false);
});

test('ids and hashes are those of the published algorithms', () => {
  // RFC 8032, test 1: the public key; SHA-256 of its bytes begins with the id.
  const publicKey = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
  expect(peerIdOf(publicKey)).toBe('21fe31dfa154a261626bf854046fd227');
  const { sha256 } = realCrypto(newIdentity());
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256('a', Buffer.from('b'), 'c')).toBe(sha256('abc'));
});
