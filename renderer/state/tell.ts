/**
 * Where results of one's own actions are said. The window installs its snackbars here; without one (tests) nothing is shown.
 */
import type { ApiError } from '../../shared/contract.ts';
import type { RequestView } from '../../shared/views.ts';

export type Tidings =
  | { readonly kind: 'accepted'; readonly request: RequestView; readonly ref: string }
  | { readonly kind: 'refused'; readonly request: RequestView; readonly ref: string }
  | { readonly kind: 'queued'; readonly request: RequestView }
  | { readonly kind: 'failed'; readonly error: ApiError }
  | { readonly kind: 'said'; readonly text: string };

let teller: (tidings: Tidings) => void = () => undefined;

export const onTidings = (next: (tidings: Tidings) => void): void => {
  teller = next;
};

export const tell = (tidings: Tidings): void => teller(tidings);
