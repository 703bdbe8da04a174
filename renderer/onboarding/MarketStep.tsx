/**
 * Second card: a market found on this network, a new one, or one known by its code or an address.
 */
import { useState } from 'react';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Typography from '@mui/material/Typography';
import { useJoinLink } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { CreateForm } from './CreateForm.tsx';
import { FoundMarkets } from './FoundMarkets.tsx';
import { JoinForm } from './JoinForm.tsx';
import type { Kind } from './kinds.ts';
import { createPractice } from './practice.ts';

type Way = 'found' | 'create' | 'join';
const ways = ['found', 'create', 'join'] as const;

export const MarketStep = ({
  kind,
  onBack,
  onNext,
  onPractice,
}: {
  readonly kind: Kind;
  onBack(): void;
  onNext(): void;
  onPractice(): void;
}) => {
  const found = useView((view) => view.status?.foundMarkets.length ?? 0);
  const [chosen, setChosen] = useState<Way | null>(null);
  const link = useJoinLink();
  const way = chosen ?? (link !== null ? 'join' : found > 0 ? 'found' : 'create');
  const practice = (): void => {
    void createPractice().then((done) => {
      if (done) onPractice();
    });
  };
  return (
    <Stack spacing={2}>
      <Typography component="h2" variant="h2">
        {t.setup.marketTitle}
      </Typography>
      <Tabs
        value={way}
        onChange={(_, next: Way) => setChosen(next)}
        aria-label={t.setup.marketTitle}
        variant="scrollable"
        scrollButtons="auto"
      >
        {ways.map((one) => (
          <Tab
            key={one}
            value={one}
            label={one === 'found' ? t.setup.foundTab(found) : t.setup.ways[one]}
            id={`way-${one}`}
            aria-controls="way-panel"
          />
        ))}
      </Tabs>
      <div role="tabpanel" id="way-panel" aria-labelledby={`way-${way}`}>
        {way === 'found' ? <FoundMarkets onJoined={onNext} /> : null}
        {way === 'create' ? <CreateForm kind={kind} onCreated={onNext} /> : null}
        {way === 'join' ? <JoinForm key={JSON.stringify(link)} link={link} onJoined={onNext} /> : null}
      </div>
      <Stack direction="row" spacing={1}>
        <Button onClick={onBack}>{t.setup.back}</Button>
        <Button variant="outlined" onClick={practice} sx={{ mr: 'auto' }}>
          {t.setup.practice}
        </Button>
      </Stack>
    </Stack>
  );
};
