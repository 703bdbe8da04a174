/**
 * The time left, in leader time. It stands still, with a mark, while nobody can accept a bid. Never announced by itself: a screen
 * reader that reads every second helps nobody.
 */
import PauseIcon from '@mui/icons-material/PauseCircleOutlined';
import TimerIcon from '@mui/icons-material/TimerOutlined';
import Box from '@mui/material/Box';
import type { LotView } from '../../shared/views.ts';
import { countdown } from '../format/countdown.ts';
import { clockText } from '../format/time.ts';
import { nowMs } from '../parts/now.ts';
import { useEvery } from '../parts/useEvery.ts';
import { leaderClock } from '../state/leaderClock.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

export const LotTimer = ({ lot, large = false }: { readonly lot: LotView; readonly large?: boolean }) => {
  const stopped = useView((view) => view.stopped);
  const read = (): string => {
    const left = countdown(lot, leaderClock({ ...useView.getState(), stopped }, nowMs()));
    return left === null ? '' : `${left.standing ? '‖' : ''}${clockText(left.ms)}`;
  };
  const text = useEvery(200, read);
  if (text === '') return null;
  const standing = text.startsWith('‖');
  const waiting = lot.state === 'waiting';
  const urgent = !standing && lot.state === 'live' && /^00:(0\d|10)$/.test(text);
  const Icon = standing && !waiting ? PauseIcon : TimerIcon;
  return (
    <Box
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.75,
        color: urgent ? 'error.main' : standing ? 'text.secondary' : 'text.primary',
      }}
    >
      <Icon
        fontSize={large ? 'large' : 'small'}
        titleAccess={standing && !waiting ? t.lot.clockStopped : undefined}
        aria-hidden={standing && !waiting ? undefined : true}
      />
      <Box
        component="span"
        role="timer"
        aria-label={t.lot.timeLeft}
        aria-live="off"
        data-testid={`lot-${lot.lotId}-timer`}
        data-standing={standing}
        sx={{ fontSize: large ? '2.25rem' : '1.125rem', fontWeight: 700, lineHeight: 1.1 }}
      >
        {text.replace('‖', '')}
      </Box>
    </Box>
  );
};
