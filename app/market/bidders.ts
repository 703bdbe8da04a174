/**
 * How bidders are shown to others: by name, by the number of their paddle, or by the first and last letter of their name (M11).
 *
 * This is a rule of display and nothing else. Every desktop holds the log, and who looks into it finds the names.
 */
import { hash } from 'node:crypto';
import { guestLabel } from '../../shared/guests.ts';
import type { PeerId } from '../../shared/ids.ts';
import { calledOf } from './guests.ts';
import type { MarketState } from './state.ts';

type People = Pick<MarketState, 'genesis' | 'members' | 'guests'>;

/** Paddles of desktops are 1 to 100; the numbers below a prime can be shuffled by a multiplication. */
const PRIME = 101;
/** Member numbers above that keep their order, above the paddles of guests. */
const LATE_PADDLES = 10_000;

/**
 * The paddle of a desktop. It follows from the number the log gave it, which nobody else ever gets, so two desktops never share one, and
 * a new name changes nothing. Member numbers stand beside names in many places; multiplied by something that differs from market to
 * market they are not those numbers.
 */
export function paddleNo(marketId: string, memberNo: number): number {
  if (memberNo < 1 || memberNo >= PRIME) return LATE_PADDLES + memberNo;
  const factor = 2 + (hash('sha256', `paddle|${marketId}`, 'buffer').readUInt32BE(0) % (PRIME - 2));
  return (factor * memberNo) % PRIME;
}

/** "Anna Berg" -> "A***g". */
export function maskOf(name: string): string {
  const letters = [...name.trim()];
  return `${letters[0] ?? ''}***${letters.at(-1) ?? ''}`;
}

const paddleOf = ({ genesis, members }: People, peerId: PeerId): string =>
  `#${paddleNo(genesis.marketId, members.get(peerId)?.memberNo ?? 0)}`;

/** Of two names that look the same behind the mask, the later member's has its paddle as well. */
function masked(people: People, peerId: PeerId): string {
  const own = people.members.get(peerId);
  if (own === undefined) return maskOf('');
  const mask = maskOf(own.name);
  const first = [...people.members.values()].every((other) => other.memberNo >= own.memberNo || maskOf(other.name) !== mask);
  return first ? mask : `${mask} ${paddleOf(people, peerId)}`;
}

/** What everybody in the room sees of a bidder. Guests are known by their paddles, as they are in the room. */
export function publicName(state: People & Pick<MarketState, 'rules'>, bidder: string): string {
  const rule = state.rules.bidders ?? 'names';
  const guest = state.guests.get(bidder);
  if (guest !== undefined) return guestLabel(guest.no, rule === 'names' ? guest.name : '');
  if (rule === 'names') return calledOf(state, bidder) ?? bidder;
  return rule === 'paddles' ? paddleOf(state, bidder) : masked(state, bidder);
}

/**
 * May `viewer` read who a bidder is? Its own name, and everybody's where the rule says so; the operator and the auctioneer hand over
 * goods and take money, so they may.
 * @param seller the auctioneer of the lot; null where no lot is meant
 */
export function mayName(state: Pick<MarketState, 'rules' | 'operator'>, viewer: PeerId, seller: PeerId | null, bidder: string): boolean {
  return (state.rules.bidders ?? 'names') === 'names' || viewer === bidder || viewer === seller || viewer === state.operator;
}
