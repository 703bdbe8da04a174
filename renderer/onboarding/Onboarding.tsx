/**
 * Four cards between a fresh desktop and its market: what it is for, my name, which market, does the network work. The practice market is one click.
 */
import { useState } from 'react';
import Box from '@mui/material/Box';
import Container from '@mui/material/Container';
import Paper from '@mui/material/Paper';
import Step from '@mui/material/Step';
import StepLabel from '@mui/material/StepLabel';
import Stepper from '@mui/material/Stepper';
import Typography from '@mui/material/Typography';
import icon from '../theme/icon.svg';
import { useJoinLink } from '../state/route.ts';
import { t } from '../text/t.ts';
import { CheckStep } from './CheckStep.tsx';
import { MarketStep } from './MarketStep.tsx';
import { NameStep } from './NameStep.tsx';
import { PurposeStep } from './PurposeStep.tsx';
import type { Kind } from './kinds.ts';

const cards = ['purpose', 'name', 'market', 'check'] as const;
type Card = (typeof cards)[number];

export const Onboarding = ({ onDone }: { onDone(): void }) => {
  // Whoever followed a link already knows what for.
  const link = useJoinLink();
  const [card, setCard] = useState<Card>(link === null ? 'purpose' : 'name');
  const [kind, setKind] = useState<Kind>('demo');
  return (
    <Container component="main" maxWidth="sm" sx={{ py: { xs: 2, sm: 5 } }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mb: 1 }}>
        <Box component="img" src={icon} alt="" sx={{ width: 48, height: 48 }} />
        <Typography variant="h1">{t.setup.welcome}</Typography>
      </Box>
      <Typography sx={{ mb: 3, color: 'text.secondary' }}>{t.setup.what}</Typography>
      <Stepper activeStep={cards.indexOf(card)} sx={{ mb: 3 }}>
        {cards.map((one) => (
          <Step key={one}>
            <StepLabel>{t.setup.steps[one]}</StepLabel>
          </Step>
        ))}
      </Stepper>
      <Paper variant="outlined" sx={{ p: { xs: 2, sm: 3 } }}>
        {card === 'purpose' ? (
          <PurposeStep
            onPractice={onDone}
            onSkip={() => setCard('name')}
            onChoose={(chosen) => {
              setKind(chosen);
              setCard('name');
            }}
          />
        ) : null}
        {card === 'name' ? <NameStep onNext={() => setCard('market')} onPractice={onDone} /> : null}
        {card === 'market' ? (
          <MarketStep kind={kind} onBack={() => setCard('name')} onPractice={onDone} onNext={() => setCard('check')} />
        ) : null}
        {card === 'check' ? <CheckStep onDone={onDone} /> : null}
      </Paper>
    </Container>
  );
};
