/** The bell: what others did that concerns this desktop, newest first, one sentence each (PRODUCT A2, A5). */
import type { NoticeView } from '../../../shared/views.ts';
import { noticeText } from '../../market/index.ts';
import { newest, type Reader } from './reader.ts';

export const MAX_NOTICES_SHOWN = 200;

export function noticesView(reader: Reader): NoticeView[] {
  const seen = reader.port.seen();
  const rows = reader.state?.notices.get(reader.me) ?? [];
  return newest(rows, MAX_NOTICES_SHOWN).map((notice) => ({
    id: notice.id,
    entry: notice.entry,
    seen: notice.entry <= seen,
    at: notice.t,
    kind: notice.kind,
    text: noticeText(notice, reader.format),
    data: { ...notice.data },
    ref: notice.ref,
  }));
}
