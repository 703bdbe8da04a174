/** The bell: what others did that concerns this desktop, and which watched lots end soon; newest first, one sentence each (PRODUCT A2, A5). */
import type { NoticeView } from '../../../shared/views.ts';
import type { Ending } from '../peerPort.ts';
import { noticeText } from '../../market/index.ts';
import { lotOf, tellable } from './bidders.ts';
import { newest, type Reader } from './reader.ts';

export const MAX_NOTICES_SHOWN = 200;

const endingNotice = ({ lotId, title, seconds, at, entry, seen }: Ending): NoticeView => ({
  id: `ending-${lotId}`,
  entry,
  seen,
  at,
  kind: 'ending',
  text: `Ending soon: ${title}, ${seconds} s left.`,
  data: { title, seconds },
  ref: lotId,
});

export function noticesView(reader: Reader): NoticeView[] {
  const seen = reader.port.seen();
  const rows = reader.state?.notices.get(reader.me) ?? [];
  const told = newest(rows, MAX_NOTICES_SHOWN).map((row) => {
    const notice = { ...row, data: tellable(reader, lotOf(reader, row.ref), row.data) };
    return {
      id: notice.id,
      entry: notice.entry,
      seen: notice.entry <= seen,
      at: notice.t,
      kind: notice.kind,
      text: noticeText(notice, reader.format),
      data: { ...notice.data },
      ref: notice.ref,
    };
  });
  if (reader.state === null) return told;
  return [...told, ...reader.port.endings().map(endingNotice)].toSorted((a, b) => b.at - a.at).slice(0, MAX_NOTICES_SHOWN);
}
