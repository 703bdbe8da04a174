/**
 * Makes a picture small enough for the market: first fewer pixels than a camera gives, then less quality, then fewer pixels again.
 */
import { pictureType } from '../../shared/picture.ts';

const SIDES = [320, 240, 160, 96];
const QUALITIES = [0.85, 0.7, 0.5];

const drawn = (image: ImageBitmap, side: number): HTMLCanvasElement => {
  const scale = Math.min(1, side / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
};

/** WebP, or JPEG where a browser cannot write that: it then says PNG. */
const encoded = (canvas: HTMLCanvasElement, quality: number): string => {
  const webp = canvas.toDataURL('image/webp', quality);
  return webp.startsWith('data:image/webp') ? webp : canvas.toDataURL('image/jpeg', quality);
};

/** A `data:` address the market takes, or null when this is no picture. */
export const shrink = async (file: Blob): Promise<string | null> => {
  const image = await createImageBitmap(file).catch(() => null);
  if (image === null) return null;
  try {
    for (const side of SIDES) {
      const canvas = drawn(image, side);
      for (const quality of QUALITIES) {
        const url = encoded(canvas, quality);
        if (pictureType(url.slice(url.indexOf(',') + 1)) !== null) return url;
      }
    }
    return null;
  } finally {
    image.close();
  }
};
