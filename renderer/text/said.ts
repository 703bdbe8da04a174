/**
 * What the peer says, in the language of the screen. The peer sends an English sentence with the code and the facts behind it;
 * another language turns the facts into a sentence of its own.
 */
import type { LogEntry } from '../../shared/logView.ts';
import type { DoctorLine } from '../../shared/network.ts';
import type { EventView, LedgerRowView, LotView, NoticeView, RequestView } from '../../shared/views.ts';
import type { ErrorCode, ErrorDetails, TextFormat } from '../../shared/errors.ts';

/** What is wrong with a receipt; `field` is the changed part as the peer names it: "price". */
export type ReceiptFaultText = (field: string, confirmed: number, desktops: number) => string;

export interface Said {
  /** Are the peer's own sentences already in this language? Then they are shown as they came. */
  readonly asPeer: boolean;
  doctor(line: DoctorLine): string;
  /** How a lot stands for this desktop. */
  lot(lot: Pick<LotView, 'sentence' | 'said'>, format: TextFormat): string;
  /** The rules of a lot, one sentence each; `bps`: the commission in basis points. */
  rules(lot: LotView, bps: number, format: TextFormat): readonly string[];
  notice(notice: NoticeView, format: TextFormat): string;
  /** What a request asks for, and what came of it once it was accepted. */
  asked(request: Pick<RequestView, 'type' | 'asked' | 'summary'>, format: TextFormat): string;
  result(request: RequestView, format: TextFormat): string | null;
  /** An entry of the log. */
  logEntry(entry: LogEntry, format: TextFormat): string;
  event(event: EventView, format: TextFormat): string;
  /** Why stock changed. */
  ledger(row: LedgerRowView): string;
  refusal(code: ErrorCode, details: ErrorDetails, format: TextFormat): string;
}
