/**
 * How every state looks: one colour and one shape each, here and nowhere else. The word is in the texts. The shape alone tells two
 * states apart, so nothing is lost on a grey print or to a colour-blind eye.
 */
import AcceptedIcon from '@mui/icons-material/CheckCircleOutlined';
import AliveIcon from '@mui/icons-material/FavoriteBorderOutlined';
import BoltIcon from '@mui/icons-material/BoltOutlined';
import CancelledIcon from '@mui/icons-material/BlockOutlined';
import ClosedIcon from '@mui/icons-material/LockOutlined';
import ClosingIcon from '@mui/icons-material/HourglassBottomOutlined';
import DoorIcon from '@mui/icons-material/LogoutOutlined';
import DraftIcon from '@mui/icons-material/EditNoteOutlined';
import EmptyIcon from '@mui/icons-material/RemoveShoppingCartOutlined';
import ExpiredIcon from '@mui/icons-material/TimerOffOutlined';
import FailedIcon from '@mui/icons-material/HeartBrokenOutlined';
import GavelIcon from '@mui/icons-material/Gavel';
import JoinIcon from '@mui/icons-material/LoginOutlined';
import LostIcon from '@mui/icons-material/RemoveCircleOutlineOutlined';
import LowIcon from '@mui/icons-material/WarningAmberOutlined';
import OfflineIcon from '@mui/icons-material/CloudOffOutlined';
import OpenIcon from '@mui/icons-material/DraftsOutlined';
import OutbidIcon from '@mui/icons-material/ArrowDownwardOutlined';
import PausedIcon from '@mui/icons-material/PauseCircleOutlined';
import QueuedIcon from '@mui/icons-material/HourglassEmptyOutlined';
import RefusedIcon from '@mui/icons-material/CancelOutlined';
import SealedIcon from '@mui/icons-material/MailOutlined';
import SendingIcon from '@mui/icons-material/SendOutlined';
import ShelfIcon from '@mui/icons-material/Inventory2Outlined';
import SoldIcon from '@mui/icons-material/SellOutlined';
import SuspectedIcon from '@mui/icons-material/QuestionMarkOutlined';
import VoteIcon from '@mui/icons-material/HowToVoteOutlined';
import WaitingIcon from '@mui/icons-material/ScheduleOutlined';
import WinningIcon from '@mui/icons-material/EmojiEventsOutlined';
import type { Texts } from '../text/t.ts';

/** Names of palette colours; 'default' is ink on paper. */
export type Tone = 'success' | 'warning' | 'error' | 'info' | 'default';
export interface StateLook {
  readonly Icon: typeof AcceptedIcon;
  readonly tone: Tone;
}
type Kinds = Texts['states'];
export type StateKind = keyof Kinds;
export type StateOf<K extends StateKind> = keyof Kinds[K] & string;

const look = (Icon: StateLook['Icon'], tone: Tone): StateLook => ({ Icon, tone });

export const stateLooks: { readonly [K in StateKind]: Readonly<Record<StateOf<K>, StateLook>> } = {
  request: {
    sending: look(SendingIcon, 'info'),
    queued: look(QueuedIcon, 'warning'),
    accepted: look(AcceptedIcon, 'success'),
    refused: look(RefusedIcon, 'error'),
    expired: look(ExpiredIcon, 'default'),
    cancelled: look(CancelledIcon, 'default'),
  },
  bid: {
    winning: look(WinningIcon, 'success'),
    outbid: look(OutbidIcon, 'error'),
    won: look(WinningIcon, 'success'),
    lost: look(LostIcon, 'default'),
    sealed: look(SealedIcon, 'info'),
    open: look(OpenIcon, 'default'),
  },
  lot: {
    draft: look(DraftIcon, 'default'),
    ready: look(VoteIcon, 'info'),
    waiting: look(WaitingIcon, 'default'),
    live: look(GavelIcon, 'success'),
    paused: look(PausedIcon, 'warning'),
    closing: look(ClosingIcon, 'warning'),
    sold: look(SoldIcon, 'info'),
    notSold: look(LostIcon, 'default'),
    cancelled: look(CancelledIcon, 'default'),
    void: look(RefusedIcon, 'error'),
  },
  peer: {
    alive: look(AliveIcon, 'success'),
    oneWay: look(SuspectedIcon, 'warning'),
    suspected: look(SuspectedIcon, 'warning'),
    failed: look(FailedIcon, 'error'),
    crashed: look(BoltIcon, 'error'),
    joining: look(JoinIcon, 'info'),
    left: look(DoorIcon, 'default'),
  },
  stock: { ok: look(AcceptedIcon, 'success'), low: look(LowIcon, 'warning'), out: look(EmptyIcon, 'error') },
  offer: { soldOut: look(EmptyIcon, 'warning'), inAuction: look(GavelIcon, 'info'), notForSale: look(ShelfIcon, 'default') },
  market: {
    open: look(AcceptedIcon, 'success'),
    electing: look(VoteIcon, 'warning'),
    closed: look(ClosedIcon, 'error'),
    offline: look(OfflineIcon, 'error'),
  },
};
