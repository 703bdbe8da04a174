/** What the director of a run and the client programs inside the hosts say to each other. */
import type { Method, Outcome } from '../../shared/contract.ts';

export interface Grounds {
  /** Goods this host may buy, and lots it may bid for; both may be empty. */
  readonly items: readonly string[];
  readonly lots: readonly string[];
}

export type ToAgent =
  /** Where the desktop of this host listens; said again after every start. */
  | { readonly kind: 'at'; readonly url: string; readonly token: string }
  | { readonly kind: 'call'; readonly id: number; readonly method: Method; readonly params: object }
  /** Starts `clients` clients that together begin `rate` requests a second. */
  | { readonly kind: 'load'; readonly number: number; readonly clients: number; readonly rate: number }
  | { readonly kind: 'grounds'; readonly grounds: Grounds }
  /** Begins nothing new; answered by `settled` when everything is decided. */
  | { readonly kind: 'stop' }
  /** Buys until one purchase is accepted; answered by `first`. */
  | { readonly kind: 'first'; readonly itemId: string };

/** One request and its final answer. */
export interface Decided {
  readonly requestId: string;
  readonly kind: 'buy' | 'bid';
  /** The item or the lot. */
  readonly target: string;
  /** Pieces, or minor units. */
  readonly amount: number;
  readonly fate: 'accepted' | 'refused' | 'expired';
  readonly entry: number | null;
  /** Order id of an accepted purchase, code of a refusal. */
  readonly note: string;
  /** First ask and final answer, ms of the machine's monotonic clock, which all programs on it share. */
  readonly call: number;
  readonly return: number;
  /** How often it was asked. */
  readonly asks: number;
}

/** What was there for sure (after `sync`) at some moment between `call` and `return`: pieces on offer, or the highest bid in minor units. */
export interface Seen {
  readonly kind: 'goods' | 'lot';
  readonly target: string;
  readonly value: number;
  readonly call: number;
  readonly return: number;
}

export type FromAgent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: number; readonly outcome: Outcome<unknown> }
  | { readonly kind: 'decided'; readonly decided: Decided }
  | { readonly kind: 'seen'; readonly seen: Seen }
  | { readonly kind: 'settled'; readonly open: number }
  /** Wall clock of the moment the answer was here, ms. */
  | { readonly kind: 'first'; readonly at: number };
