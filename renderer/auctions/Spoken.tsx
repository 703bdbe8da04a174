/**
 * What is read aloud about a lot: how much time is left at four moments, and how my own bids stand. Never every second.
 */
import { useState } from 'react';
import Box from '@mui/material/Box';
import type { LotView } from '../../shared/views.ts';
import { countdown } from '../format/countdown.ts';
import { wordsNow } from '../format/refusal.ts';
import { nowMs } from '../parts/now.ts';
import { useEvery } from '../parts/useEvery.ts';
import { leaderClock } from '../state/leaderClock.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

const MOMENTS_S = [60, 30, 10, 5] as const;

/** The moment that was passed last, in seconds; null before the first. */
export const momentOf = (leftMs: number): number | null => MOMENTS_S.findLast((s) => leftMs <= s * 1000) ?? null;

export const Spoken = ({ lot }: { readonly lot: LotView }) => {
  const moment = useEvery(250, () => {
    const left = countdown(lot, leaderClock(useView.getState(), nowMs()));
    return left === null || left.standing || left.ms === 0 ? null : momentOf(left.ms);
  });
  const bidding = lot.youLead || lot.joined;
  const now = t.said.lot(lot, wordsNow());
  const [first] = useState(now);
  const sentence = bidding && now !== first ? now : '';
  return (
    <Box component="output" className="visually-hidden" aria-label={t.lot.spoken}>
      {sentence} {moment === null ? '' : t.lot.secondsLeft(moment)}
    </Box>
  );
};
