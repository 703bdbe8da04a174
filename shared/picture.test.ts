import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCommand, parseCommand } from './commands.ts';
import { MAX_PICTURE_BYTES, pictureType } from './picture.ts';

/** Hex, filled with zeros up to `bytes`. */
const made = (hex: string, bytes = 40): string => {
  const head = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  return Buffer.concat([head, Buffer.alloc(Math.max(0, bytes - head.length))]).toString('base64');
};
const PNG = '89504e470d0a1a0a 0000000d 49484452';
const JPEG = 'ffd8 ffe0 0006 4a464946';
const RIFF = '52494646 00000000 57454250';

test.each([
  ['a PNG', made(`${PNG} 00000400 00000001`), 'image/png'],
  ['a PNG that is too wide', made(`${PNG} 00000401 00000001`), null],
  ['a PNG that is too high', made(`${PNG} 00000001 ffffffff`), null],
  ['a PNG without measures', made(`89504e470d0a1a0a 0000000d 74455874 00000001 00000001`), null],
  ['a JPEG', made(`${JPEG} ffc0 0011 08 0400 0001`), 'image/jpeg'],
  ['a progressive JPEG after its tables', made(`ffd8 ffdb 0004 0000 ffc2 0011 08 0010 0010`), 'image/jpeg'],
  ['a JPEG that is too high', made(`${JPEG} ffc0 0011 08 0401 0001`), null],
  ['a JPEG whose height comes later', made(`${JPEG} ffc0 0011 08 0000 0001`), null],
  ['a JPEG that hides its frame behind a marker of no length', made(`ffd8 ff01 ffc0 0011 08 0010 0010`), null],
  ['a JPEG without a frame', made(`${JPEG} ffda 0004 0000`), null],
  ['a WebP, lossy', made(`${RIFF} 56503820 00000000 000000 9d012a 0004 0100`), 'image/webp'],
  ['a WebP, lossless', made(`${RIFF} 5650384c 00000000 2f ffc30000`), 'image/webp'],
  ['a WebP, extended', made(`${RIFF} 56503858 0a000000 00000000 ff0300 000000`), 'image/webp'],
  ['a WebP that is too wide', made(`${RIFF} 56503858 0a000000 00000000 000400 000000`), null],
  ['a RIFF of another kind', made('52494646 00000000 57415645'), null],
  ['a GIF', made('474946383961'), null],
  ['a page', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'), null],
  ['nothing', '', null],
  ['text that is no base64', `${made(PNG).slice(0, -4)}é===`, null],
  ['just enough', made(`${PNG} 00000001 00000001`, MAX_PICTURE_BYTES), 'image/png'],
  ['a byte too many', made(`${PNG} 00000001 00000001`, MAX_PICTURE_BYTES + 1), null],
])('[M9] %s', (_what, base64, type) => {
  expect(pictureType(base64)).toBe(type);
});

test('[M9] any bytes after any beginning are a picture or none; nothing is thrown', () => {
  fc.assert(
    fc.property(fc.constantFrom('', PNG, JPEG, 'ffd8ff', RIFF), fc.uint8Array({ maxLength: 80 }), (head, rest) => {
      const base64 = Buffer.concat([Buffer.from(head.replaceAll(' ', ''), 'hex'), rest]).toString('base64');
      expect([null, 'image/png', 'image/jpeg', 'image/webp']).toContain(pictureType(base64));
    }),
  );
});

test('[M9] the largest picture is a command that can be read; one more is refused by its code, and no other command may be as long', () => {
  const largest = made(`${PNG} 00000001 00000001`, MAX_PICTURE_BYTES);
  const text = (picture: string): string => JSON.stringify({ type: 'item.picture', itemId: 'item-1', picture });
  expect(parseCommand(text(largest))).toMatchObject({ ok: true, command: { picture: largest } });
  expect(parseCommand(text(`AAAA${largest}`))).toMatchObject({ ok: false, code: 'PICTURE_BAD' });
  expect(checkCommand({ type: 'item.picture', itemId: 'item-1', picture: largest.repeat(100) })).toMatchObject({ code: 'PICTURE_BAD' });
  expect(parseCommand(text(largest.repeat(2)))).toMatchObject({ ok: false, code: 'BAD_REQUEST' });
  expect(parseCommand(JSON.stringify({ type: 'item.create', name: 'x', description: 'x'.repeat(5000) }))).toMatchObject({
    code: 'BAD_REQUEST',
    message: 'longer than 4096 characters',
  });
});
