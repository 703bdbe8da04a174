/**
 * What is drawn is read again here as a camera would read it, by the standard and without the library that drew it.
 */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { receipt } from '../test/reads.ts';
import { ReceiptPage } from '../activity/ReceiptPage.tsx';
import { QrCode } from './QrCode.tsx';

/** Version 5: 37 modules; level M: 86 words of data in two blocks that take turns. */
const SIZE = 37;
const DATA_WORDS = 86;

type Dark = (x: number, y: number) => boolean;

/** The modules as drawn. */
function drawn(svg: Element): Dark {
  const dark = new Set([...(svg.querySelector('path')?.getAttribute('d') ?? '').matchAll(/M(\d+ \d+)h1v1h-1z/gu)].map(([, at]) => at));
  return (x, y) => dark.has(`${x} ${y}`);
}

/** Finders with the format beside them, timing, and the one alignment pattern. */
function isFunction(x: number, y: number): boolean {
  const finder = (x < 9 && y < 9) || (x >= SIZE - 8 && y < 9) || (x < 9 && y >= SIZE - 8);
  return finder || x === 6 || y === 6 || (Math.abs(x - 30) <= 2 && Math.abs(y - 30) <= 2);
}

const masks: readonly ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/** Places of the data, two columns at a time from the right, upwards and downwards in turn. */
function places(): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let up = true;
  for (let right = SIZE - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let i = 0; i < SIZE; i += 1) {
      const y = up ? SIZE - 1 - i : i;
      for (const x of [right, right - 1]) if (!isFunction(x, y)) found.push([x, y]);
    }
    up = !up;
  }
  return found;
}

function read(dark: Dark): string {
  // Format: level (M is 00), then the mask, over 10101.
  const format = [0, 1, 2, 3, 4].map((x) => (dark(x, 8) ? '1' : '0')).join('');
  const word = Number.parseInt(format, 2) ^ 0b10101;
  expect(word >> 3).toBe(0);
  const mask = masks[word & 7];
  const bits = places().map(([x, y]) => (dark(x, y) !== (mask?.(x, y) === 0) ? '1' : '0'));
  const words = Array.from({ length: DATA_WORDS }, (_, i) => bits.slice(i * 8, i * 8 + 8).join(''));
  const inOrder = [0, 1].flatMap((block) => words.filter((_, i) => i % 2 === block)).join('');
  expect(inOrder.slice(0, 4)).toBe('0100');
  const length = Number.parseInt(inOrder.slice(4, 12), 2);
  const bytes = Array.from({ length }, (_, i) => Number.parseInt(inOrder.slice(12 + i * 8, 20 + i * 8), 2));
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

const hash = Array.from({ length: 64 }, (_, i) => ((i * 7 + 3) % 16).toString(16)).join('');

test('[U45] the QR code of a receipt holds its hash, and says so', async () => {
  mount(<ReceiptPage document={{ ...receipt, hash }} onClose={() => undefined} />);
  const code = page.getByRole('img', { name: 'QR code of the hash of this receipt' });
  await expect.element(code).toBeVisible();
  expect(read(drawn(code.element()))).toBe(hash);
});

test('[U45] it is black on white, with four white modules around it, in either scheme', async () => {
  mount(<QrCode text={hash} label="code" size={120} />);
  const code = page.getByRole('img', { name: 'code' });
  await expect.element(code).toBeVisible();
  const svg = code.element();
  expect(svg.getAttribute('viewBox')).toBe(`-4 -4 ${SIZE + 8} ${SIZE + 8}`);
  expect([svg.querySelector('rect')?.getAttribute('fill'), svg.querySelector('path')?.getAttribute('fill')]).toEqual(['#fff', '#000']);
});
