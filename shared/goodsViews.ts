/** Views about goods that are asked for one at a time. */
import { z } from 'zod';
import { peerRef } from './hosting.ts';
import { itemView, ledgerRow, lotView, stockView } from './views.ts';

/** One item with everything that is known of it. */
export const itemDetail = z.object({
  item: itemView,
  maker: peerRef,
  madeAt: z.int(),
  entry: z.int(),
  /** In whose warehouses it lies, mine first. */
  stock: z.array(stockView),
  /** Every change in every warehouse, newest first. */
  ledger: z.array(ledgerRow),
  /** Auctions of it, newest first. */
  lots: z.array(lotView.pick({ lotId: true, title: true, kind: true, state: true, quantity: true, price: true, seller: true })),
});
/** The bytes of a picture in base64, as they stand in the market. */
export const pictureView = z.object({ hash: z.string(), mime: z.enum(['image/webp', 'image/jpeg', 'image/png']), base64: z.string() });
export type ItemDetail = z.infer<typeof itemDetail>;
