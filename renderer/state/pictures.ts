/**
 * Pictures of goods: asked for once by the hash of their bytes, and sent when the goods they belong to are there.
 */
import { client } from '../carrier/current.ts';
import type { Outcome } from '../../shared/contract.ts';
import type { RequestView } from '../../shared/views.ts';
import { type Answer, send } from './requests.ts';
import { useView, type View } from './store.ts';

/** More than a market can have at once. */
const MAX_KEPT = 300;
const kept = new Map<string, Promise<string | null>>();

const ask = async (itemId: string, hash: string): Promise<string | null> => {
  const found = await client().call('picture', { itemId });
  const picture = found.ok ? found.value.value : null;
  return picture?.hash === hash ? `data:${picture.mime};base64,${picture.base64}` : null;
};

/** A `data:` address to show; null when the item has another picture by now, or nobody answers. */
export const pictureUrl = (itemId: string, hash: string): Promise<string | null> => {
  const known = kept.get(hash);
  if (known !== undefined) return known;
  const url = ask(itemId, hash);
  kept.set(hash, url);
  const oldest = kept.keys().next();
  if (kept.size > MAX_KEPT && !oldest.done) kept.delete(oldest.value);
  void url.then((found) => {
    if (found === null) kept.delete(hash);
  });
  return url;
};

/** @param url a `data:` address of base64; null takes the picture away */
export const savePicture = (itemId: string, url: string | null): Promise<Answer> => {
  const picture = url === null ? null : url.slice(url.indexOf(',') + 1);
  return send(itemId, (requestId) => client().call('item.picture', { itemId, picture, requestId }));
};

/** The item that an accepted request made, or whose lot it made. */
const itemOf = ({ requests, lots }: View, requestId: string): string | null => {
  const data = requests.find((one) => one.requestId === requestId && one.state === 'accepted')?.data ?? {};
  const found = data['itemId'] ?? lots.find((lot) => lot.lotId === data['lotId'])?.itemId;
  return typeof found === 'string' ? found : null;
};

/** Like `send`, and once the request is accepted, however late, its item gets the picture. */
export const sendWithPicture = (
  ref: string,
  url: string | null,
  run: (requestId: string) => Promise<Outcome<RequestView>>,
): Promise<Answer> => {
  if (url === null) return send(ref, run);
  return send(ref, (requestId) => {
    const stop = useView.subscribe((view) => {
      const itemId = itemOf(view, requestId);
      if (itemId === null) return;
      stop();
      void savePicture(itemId, url);
    });
    return run(requestId);
  });
};
