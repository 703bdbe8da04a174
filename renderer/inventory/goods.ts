/** By what goods in a warehouse are found. */
import type { StockView } from '../../shared/views.ts';
import type { Found } from '../parts/codes.ts';

export const foundBy = ({ name, description, category, barcode, sku }: StockView): Found => ({
  barcode,
  skus: [sku],
  words: [name, description, category],
});
