/**
 * A value that is made anew with every push and mostly says the same: then it stays the same object, and what is drawn from it is not
 * drawn again.
 */
import { useState } from 'react';
import { shareValue } from '../state/share.ts';

export const useSame = <T>(value: T): T => {
  const [kept, keep] = useState(value);
  const same = shareValue(kept, value);
  if (same !== kept) keep(same);
  return same;
};
