/**
 * People in the room without a desktop: they bid with a paddle, and somebody at a desktop enters it.
 *
 * A guest is a party like any other, with an account of its own whose key follows from the paddle. Paddles of guests begin above those
 * that desktops have, so that a number in the room is one bidder.
 */
import { z } from 'zod';

export const FIRST_GUEST_PADDLE = 101;
export const LAST_GUEST_PADDLE = 9_999;
export const guestPaddle = z.int().min(FIRST_GUEST_PADDLE).max(LAST_GUEST_PADDLE);

/** The key of a guest's account; no peer id looks like this. */
export const guestAccount = (paddle: number): string => `guest-${paddle}`;

/** The paddle behind such a key; null when it is no guest's. */
export function paddleOfGuest(account: string): number | null {
  const digits = /^guest-(\d{3,4})$/.exec(account)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** "#101 Anna Berg", or the number alone where no name was given. */
export const guestLabel = (paddle: number, name: string): string => (name === '' ? `#${paddle}` : `#${paddle} ${name}`);
