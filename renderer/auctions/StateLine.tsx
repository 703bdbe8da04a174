/**
 * The sentence that says how a lot stands, with a mark, so that it never depends on colour alone.
 */
import BlockIcon from '@mui/icons-material/CancelOutlined';
import DoneIcon from '@mui/icons-material/CheckCircleOutlined';
import LiveIcon from '@mui/icons-material/Gavel';
import PauseIcon from '@mui/icons-material/PauseCircleOutlined';
import WaitIcon from '@mui/icons-material/ScheduleOutlined';
import WinIcon from '@mui/icons-material/EmojiEventsOutlined';
import WarnIcon from '@mui/icons-material/WarningAmberOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { lotText } from '../../shared/lotSaid.ts';
import type { LotSaid } from '../../shared/lotSaid.ts';
import type { TextFormat } from '../../shared/errors.ts';
import type { LotView } from '../../shared/views.ts';
import { wordsNow } from '../format/refusal.ts';
import { useMe } from '../parts/useTrading.ts';
import { t } from '../text/t.ts';

type Tone = 'success.main' | 'warning.main' | 'error.main' | 'text.primary' | 'text.secondary';

const lookOf = (lot: LotView, outbid: boolean, won: boolean): readonly [typeof LiveIcon, Tone] => {
  switch (lot.state) {
    case 'draft':
    case 'waiting':
    case 'ready':
      return [WaitIcon, 'text.secondary'];
    case 'paused':
      return [PauseIcon, 'warning.main'];
    case 'closing':
      return [WaitIcon, 'warning.main'];
    case 'sold':
      return won ? [WinIcon, 'success.main'] : [DoneIcon, 'text.primary'];
    case 'notSold':
    case 'cancelled':
    case 'void':
      return [BlockIcon, 'text.secondary'];
    case 'live':
      if (lot.clockStoppedRemainingMs !== null) return [PauseIcon, 'warning.main'];
      if (lot.youLead) return [WinIcon, 'success.main'];
      return outbid ? [WarnIcon, 'error.main'] : [LiveIcon, 'text.primary'];
  }
};

/** Names as the whole room may read them. A guest is called by its label in a sentence, of which the room knows the number. */
const wordsFor = ({ room }: LotView): TextFormat => {
  const words = wordsNow();
  const seen = (id: string): string | undefined => room.find((one) => one.peerId === id)?.name ?? /^#\d+(?= )/.exec(id)?.[0];
  return room.length === 0 ? words : { ...words, nameOf: (id) => seen(id) ?? words.nameOf(id) };
};

/** What everybody reads in place of a sentence about this desktop. Of several pieces nobody leads alone: how many are taken is said. */
const inPlaceOf = ({ said, leading, price, units }: LotView): LotSaid => {
  const own = said.key === 'winning' || said.key === 'outbid' || said.key === 'outbidMulti';
  if (!own || leading === null || price === null) return said;
  if (units === null) return { key: 'leads', d: { who: leading.peerId, minor: price.minor }, rows: [] };
  return { key: 'taken', d: { minor: price.minor, taken: units.winning.length, units: units.units }, rows: [] };
};

/** The same for everybody in the room: who leads, and not whether that is this desktop, nor who is only named here. */
const forAll = (lot: LotView): LotView => {
  const shown = inPlaceOf(lot);
  const sentence = shown !== lot.said || lot.room.length > 0 ? lotText(shown, wordsFor(lot)) : lot.sentence;
  return { ...lot, youLead: false, said: shown, sentence };
};

interface Props {
  readonly lot: LotView;
  readonly large?: boolean;
  /** For a screen that all look at. */
  readonly shared?: boolean;
}

export const StateLine = ({ lot: given, large = false, shared = false }: Props) => {
  const me = useMe();
  const lot = shared ? forAll(given) : given;
  const words = shared ? wordsFor(given) : wordsNow();
  const outbid = !shared && !lot.youLead && lot.bids.some((bid) => bid.bidder.peerId === me);
  const [Icon, tone] = lookOf(lot, outbid, !shared && lot.sales.some(({ buyer }) => buyer.peerId === me));
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, color: tone }}>
      <Icon fontSize={large ? 'medium' : 'small'} aria-hidden />
      <Typography
        component="span"
        data-testid={`lot-${lot.lotId}-state`}
        sx={{ fontWeight: 600, fontSize: large ? '1.125rem' : undefined }}
      >
        {t.said.lot(lot, words)}
      </Typography>
    </Box>
  );
};
