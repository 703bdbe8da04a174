/**
 * First card: what is this for? The answer sets the timing and who may inject faults; it can be skipped.
 */
import ClassIcon from '@mui/icons-material/SchoolOutlined';
import EventIcon from '@mui/icons-material/VolunteerActivismOutlined';
import ShopIcon from '@mui/icons-material/WarehouseOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import CardActionArea from '@mui/material/CardActionArea';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { t } from '../text/t.ts';
import { createPractice } from './practice.ts';
import { kindNames } from './kinds.ts';
import type { Kind } from './kinds.ts';

const icons = { demo: ClassIcon, event: EventIcon, shop: ShopIcon } as const;

interface Props {
  onChoose(kind: Kind): void;
  onSkip(): void;
  onPractice(): void;
}

export const PurposeStep = ({ onChoose, onSkip, onPractice }: Props) => (
  <Stack spacing={2}>
    <Typography component="h2" variant="h2">
      {t.setup.whatFor}
    </Typography>
    <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'repeat(auto-fit, minmax(8.5rem, 1fr))' }}>
      {kindNames.map((kind) => {
        const Icon = icons[kind];
        return (
          <Card key={kind}>
            <CardActionArea
              onClick={() => onChoose(kind)}
              sx={{ p: 2, height: '100%', display: 'flex', flexDirection: 'column', alignItems: 'start', justifyContent: 'start' }}
            >
              <Icon color="primary" fontSize="large" aria-hidden />
              <Typography sx={{ fontWeight: 650 }}>{t.setup.kinds[kind]}</Typography>
              <Typography variant="body2" sx={{ color: 'text.secondary' }}>
                {t.setup.kindHelp[kind]}
              </Typography>
            </CardActionArea>
          </Card>
        );
      })}
    </Box>
    <Stack direction="row" spacing={1}>
      <Button
        variant="outlined"
        onClick={() =>
          void createPractice().then((done) => {
            if (done) onPractice();
          })
        }
      >
        {t.setup.practice}
      </Button>
      <Button onClick={onSkip}>{t.setup.skip}</Button>
    </Stack>
  </Stack>
);
