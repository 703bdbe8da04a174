/**
 * Language and colours of this window. A change shows at once; nothing has to be saved.
 */
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useColorScheme } from '@mui/material/styles';
import { timeText } from '../format/time.ts';
import { useMoney } from '../format/useMoney.ts';
import { setPreferences, usePreferences } from '../state/preferences.ts';
import { densities } from '../theme/theme.ts';
import { t } from '../text/t.ts';
import { Choice } from './Choice.tsx';

const SAMPLE_MINOR = 123_450;
const SAMPLE_AT = Date.UTC(2026, 2, 14, 13, 3, 10);

export const AppearanceTab = () => {
  const language = usePreferences((preferences) => preferences.language);
  const density = usePreferences((preferences) => preferences.density);
  const { mode = 'system', setMode } = useColorScheme();
  const money = useMoney();
  return (
    <Paper variant="outlined" sx={{ p: 3 }}>
      <Stack spacing={3}>
        <Choice
          label={t.settings.language}
          help={t.settings.languageHelp}
          value={language}
          options={(['system', 'en', 'de'] as const).map((one) => [one, t.settings.languages[one]] as const)}
          onChange={(next) => setPreferences({ language: next })}
        />
        <Typography sx={{ color: 'text.secondary' }}>
          {t.settings.sample}: {money.show(SAMPLE_MINOR)} · {timeText(SAMPLE_AT)}
        </Typography>
        <Choice
          label={t.settings.scheme}
          value={mode}
          options={(['light', 'dark', 'system'] as const).map((one) => [one, t.mode[one]] as const)}
          onChange={(next) => setMode(next)}
        />
        <Choice
          label={t.settings.density}
          help={t.settings.densityHelp}
          value={density}
          options={densities.map((one) => [one, t.settings.densities[one]] as const)}
          onChange={(next) => setPreferences({ density: next })}
        />
      </Stack>
    </Paper>
  );
};
