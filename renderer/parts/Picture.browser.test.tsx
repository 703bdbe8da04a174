/**
 * Pictures of goods in a real browser: made small there, shown to the maker, sent, and shown to everybody else.
 */
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { MAX_PICTURE_BYTES, pictureType } from '../../shared/picture.ts';
import { EditItemDialog } from '../inventory/EditItemDialog.tsx';
import { MarketPage } from '../market/MarketPage.tsx';
import { OfferDialog } from '../market/OfferDialog.tsx';
import type { FakePeer } from '../test/fakeClient.ts';
import { stock } from '../test/goods.ts';
import { mount } from '../test/mount.tsx';
import { picture } from '../test/reads.ts';
import { t } from '../text/t.ts';
import { shrink } from './shrink.ts';

/** A photograph that no compression likes: noise. */
const photo = (width: number, height: number): Promise<File> => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  const noise = new ImageData(width, height);
  let n = 1;
  for (let at = 0; at < noise.data.length; at += 1) {
    n = (n * 48_271) % 2_147_483_647;
    noise.data[at] = at % 4 === 3 ? 255 : n % 256;
  }
  context?.putImageData(noise, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' }).then((blob) => new File([blob], 'photo.png', { type: 'image/png' }));
};

/** The input behind the button is hidden, so it is not asked for by what people see. */
const choose = async (file: File): Promise<void> => {
  const input = (): Element | null => document.querySelector('input[type=file]');
  await expect.poll(input).not.toBeNull();
  await userEvent.upload(input() ?? document.body, file);
};

const sent = (fake: FakePeer) => fake.calls.filter(({ method }) => method === 'item.picture').map(({ params }) => params);

const withPicture = (fake: FakePeer): void =>
  fake.change({ items: fake.scene.items.map((item) => (item.itemId === 'salt' ? { ...item, picture: picture.hash } : item)) });

test('[U46] whatever a camera gives becomes a picture the market takes', async () => {
  for (const [width, height] of [
    [1200, 900],
    [20, 2000],
    [1, 1],
  ] as const) {
    const url = (await shrink(await photo(width, height))) ?? '';
    expect(url).toMatch(/^data:image\/webp;base64,/);
    const base64 = url.slice(url.indexOf(',') + 1);
    expect(pictureType(base64)).toBe('image/webp');
    expect(atob(base64).length).toBeLessThanOrEqual(MAX_PICTURE_BYTES);
    const image = await createImageBitmap(await (await fetch(url)).blob());
    expect(Math.max(image.width, image.height)).toBeLessThanOrEqual(320);
  }
  expect(await shrink(new File(['GIF89a nonsense'], 'x.gif'))).toBeNull();
});

test('[U46] a new item gets its picture once its offer is accepted', async () => {
  const fake = mount(<OfferDialog onClose={() => undefined} />);
  await choose(new File(['no picture'], 'x.png'));
  await expect.element(page.getByRole('alert')).toHaveTextContent(t.picture.unreadable);
  await choose(await photo(60, 40));
  await expect.element(page.getByAltText(t.picture.preview)).toBeVisible();
  await page.getByRole('button', { name: t.picture.remove }).click();
  await expect.element(page.getByAltText(t.picture.preview)).not.toBeInTheDocument();
  await choose(await photo(60, 40));
  await page.getByLabelText(t.common.name).fill('vase');
  await page.getByLabelText(t.common.price).fill('5');
  await page.getByRole('button', { name: t.market.offer, exact: true }).click();
  await expect.poll(() => sent(fake)).toMatchObject([{ itemId: 'item-new', picture: expect.stringMatching(/^UklGR/) }]);
});

test('[U46] the market shows it to everybody under the name of the item; without one nothing is there', async () => {
  const fake = mount(<MarketPage />);
  await expect.element(page.getByTestId('item-salt')).toBeVisible();
  expect(
    page
      .getByRole('img')
      .elements()
      .filter((one) => one instanceof HTMLImageElement),
  ).toEqual([]);
  withPicture(fake);
  const shown = page.getByAltText('salt');
  await expect.element(shown).toBeVisible();
  await expect.poll(() => (shown.element() instanceof HTMLImageElement ? shown.element().clientWidth : 0)).toBe(48);
  expect(shown.element().getAttribute('src')).toBe(`data:image/png;base64,${picture.base64}`);
});

test('[U46] who made it takes it away again', async () => {
  const row = stock.find((one) => one.itemId === 'salt');
  if (row === undefined) throw new Error('no salt');
  const fake = mount(<EditItemDialog row={{ ...row, maker: row.owner }} onClose={() => undefined} />);
  withPicture(fake);
  await page.getByRole('button', { name: t.picture.remove }).click();
  await page.getByRole('button', { name: t.inventory.save }).click();
  await expect.poll(() => sent(fake)).toMatchObject([{ itemId: 'salt', picture: null }]);
  expect(fake.calls.some(({ method }) => method === 'item.edit')).toBe(false);
});
