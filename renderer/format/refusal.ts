/**
 * Refusals in the language of the screen: those this window says before asking anybody, and those that came back from the peer.
 */
import type { ApiError } from '../../shared/contract.ts';
import { isErrorCode } from '../../shared/errors.ts';
import type { ErrorCode, ErrorDetails, TextFormat } from '../../shared/errors.ts';
import { guestLabel, paddleOfGuest } from '../../shared/guests.ts';
import type { StatusView } from '../../shared/views.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { timeText } from './time.ts';
import { moneyOf } from './useMoney.ts';

/** What stands for a party of which this window has no name: of a guest the room knows the number. */
const nameless = (id: string): string => {
  const paddle = paddleOfGuest(id);
  return paddle === null ? id : guestLabel(paddle, '');
};

/** Names and amounts as this window knows them now. */
export const wordsNow = (): TextFormat => {
  const { status, peers, balance } = useView.getState();
  const money = moneyOf(status?.market?.currency ?? 'EUR', status?.market?.decimals ?? 2);
  return {
    money: money.show,
    time: timeText,
    nameOf: (id) =>
      peers.find((peer) => peer.peerId === id)?.name ?? balance?.accounts.find((account) => account.account === id)?.name ?? nameless(id),
  };
};

/** The sentence of a refusal this window knows by itself. */
export const plainRefusal = (code: ErrorCode, details: ErrorDetails = {}): string => t.said.refusal(code, details, wordsNow());

const flat = (details: Readonly<Record<string, unknown>>): ErrorDetails =>
  Object.fromEntries(
    Object.entries(details).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[key, value] as const] : [],
    ),
  );

/** What came back instead of a result, in words. A code without words here is said as the peer said it. */
export const refusalText = ({ code, message, details = {} }: ApiError): string =>
  t.said.asPeer || !isErrorCode(code) ? message : plainRefusal(code, flat(details));

/** Why nothing can be accepted now, in words; null while it can. */
export const tradingText = ({ trading, desktops, stopReason }: Pick<StatusView, 'trading' | 'desktops' | 'stopReason'>): string | null => {
  const { ok, code, text } = trading;
  if (ok || code === null) return null;
  if (t.said.asPeer || !isErrorCode(code)) return text ?? code;
  const { reachable, total } = desktops;
  return plainRefusal(code, { reachable, total, ...(stopReason === null ? {} : { why: stopReason }) });
};
