/**
 * Small pictures of goods, as base64 text: what they may be, told from their own bytes and not from what somebody calls them.
 *
 * Every desktop decodes what any member sent. So the measures are read as well: a few kilobytes can claim to be a picture of a gigabyte.
 */

export const MAX_PICTURE_BYTES = 16 * 1024;
export const MAX_PICTURE_CHARS = 4 * Math.ceil(MAX_PICTURE_BYTES / 3);
/** Longest side, in pixels. Higher: more memory on every desktop that shows it. */
export const MAX_PICTURE_SIDE = 1024;

export type PictureType = 'image/webp' | 'image/jpeg' | 'image/png';
interface Measures {
  readonly width: number;
  readonly height: number;
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The bytes of a text that may be a picture, or null. */
function bytesOf(base64: string): DataView | null {
  if (base64.length > MAX_PICTURE_CHARS || base64.length % 4 !== 0 || !BASE64.test(base64)) return null;
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  return bytes.length <= MAX_PICTURE_BYTES ? new DataView(bytes.buffer) : null;
}

function says(bytes: DataView, at: number, word: string): boolean {
  return bytes.byteLength >= at + word.length && [...word].every((char, i) => bytes.getUint8(at + i) === char.charCodeAt(0));
}

/** The header comes first. https://www.w3.org/TR/png-3/#11IHDR */
function pngMeasures(bytes: DataView): Measures | null {
  if (!says(bytes, 12, 'IHDR') || bytes.byteLength < 24) return null;
  return { width: bytes.getUint32(16), height: bytes.getUint32(20) };
}

/** The first frame header; markers without a length have no business before it. ITU-T T.81, B.1 */
function jpegMeasures(bytes: DataView): Measures | null {
  for (let at = 2; at + 9 <= bytes.byteLength; at += 2 + bytes.getUint16(at + 2)) {
    const marker = bytes.getUint8(at + 1);
    if (bytes.getUint8(at) !== 0xff || marker < 0xc0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xda)) return null;
    const frame = marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (frame) return { width: bytes.getUint16(at + 7), height: bytes.getUint16(at + 5) };
  }
  return null;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpMeasures(bytes: DataView): Measures | null {
  if (bytes.byteLength < 30) return null;
  const low14 = (at: number): number => bytes.getUint16(at, true) & 0x3fff;
  const low24 = (at: number): number => bytes.getUint16(at, true) | (bytes.getUint8(at + 2) << 16);
  if (says(bytes, 12, 'VP8X')) return { width: low24(24) + 1, height: low24(27) + 1 };
  if (says(bytes, 12, 'VP8 ')) return { width: low14(26), height: low14(28) };
  if (!says(bytes, 12, 'VP8L')) return null;
  const packed = bytes.getUint32(21, true);
  return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
}

const fits = (measures: Measures | null): boolean =>
  measures !== null && [measures.width, measures.height].every((side) => side >= 1 && side <= MAX_PICTURE_SIDE);

/** What kind of picture it is; null when it is none, too many bytes, or too many pixels. Never throws. */
export function pictureType(base64: string): PictureType | null {
  const bytes = bytesOf(base64);
  if (bytes === null) return null;
  if (says(bytes, 0, '\u0089PNG\r\n\u001a\n')) return fits(pngMeasures(bytes)) ? 'image/png' : null;
  if (says(bytes, 0, '\u00ff\u00d8\u00ff')) return fits(jpegMeasures(bytes)) ? 'image/jpeg' : null;
  if (says(bytes, 0, 'RIFF') && says(bytes, 8, 'WEBP')) return fits(webpMeasures(bytes)) ? 'image/webp' : null;
  return null;
}
