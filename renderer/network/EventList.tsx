/**
 * What happened, in this desktop's order, each line with the entry and the vector clock it happened at.
 */
import { memo, useDeferredValue, useState } from 'react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { EventView } from '../../shared/views.ts';
import { wordsNow } from '../format/refusal.ts';
import { timeText } from '../format/time.ts';
import { ToggleChips } from '../parts/ToggleChips.tsx';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

const groups = [
  'election',
  'auction',
  'stock',
  'fault',
  'network',
  'membership',
  'system',
] as const satisfies readonly EventView['group'][];
/** As many lines as fit a lesson; the rest is reached by filtering. */
const SHOWN = 200;

export const clockText = (clock: EventView['clock']): string => clock.map(([name, count]) => `${name}:${count}`).join(' ');

/** Plain elements, styled once by the list: two hundred of these may come in a second. */
const Row = memo(function Row({ event }: { readonly event: EventView }) {
  return (
    <li data-testid="event-row" data-kind={event.kind}>
      <span className="time">{timeText(event.wall)}</span>
      <span className="group">{t.events.group[event.group]}</span>
      <div>
        <div>{t.said.event(event, wordsNow())}</div>
        <div className="clock">
          {t.events.where(event.desk.name, event.term, event.entry)} · {clockText(event.clock)}
        </div>
      </div>
    </li>
  );
});

const rowStyles = {
  '& > li': {
    display: 'grid',
    gridTemplateColumns: { xs: '1fr', sm: '4.5rem 5.75rem minmax(0, 1fr)' },
    columnGap: 1.5,
    py: 0.75,
    borderBottom: 1,
    borderColor: 'divider',
    contentVisibility: 'auto',
    containIntrinsicSize: 'auto 4rem',
  },
  '& .time': { color: 'text.secondary', fontSize: '0.875rem' },
  '& .group': { fontWeight: 600, fontSize: '0.875rem' },
  '& .clock': { color: 'text.secondary', fontFamily: 'monospace', fontSize: '0.8125rem', overflowWrap: 'anywhere' },
} as const;

export const EventList = () => {
  const events = useDeferredValue(useView((view) => view.events));
  const [off, setOff] = useState<ReadonlySet<EventView['group']>>(new Set());
  const shown = events.filter((event) => !off.has(event.group)).slice(-SHOWN);
  return (
    <Paper variant="outlined" component="section" aria-labelledby="events-title" sx={{ p: 2 }}>
      <Typography component="h2" variant="h2" id="events-title" sx={{ mb: 1 }}>
        {t.events.title}
      </Typography>
      <Box sx={{ mb: 1 }}>
        <ToggleChips label={t.events.filter} kinds={groups} names={t.events.group} off={off} onChange={setOff} />
      </Box>
      {shown.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>{t.events.empty}</Typography>
      ) : (
        <Box
          component="ol"
          tabIndex={0}
          aria-labelledby="events-title"
          sx={{ listStyle: 'none', m: 0, p: 0, maxHeight: 480, overflowY: 'auto', ...rowStyles }}
        >
          {shown.toReversed().map((event) => (
            <Row key={`${event.desk.peerId}/${event.seq}`} event={event} />
          ))}
        </Box>
      )}
    </Paper>
  );
};
