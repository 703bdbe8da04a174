/** When an auction begins and ends, and who has the last word. */
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { durationText } from '../format/time.ts';
import { ChoiceField } from '../parts/ChoiceField.tsx';
import { FieldGroup } from '../parts/FieldGroup.tsx';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { durations, softCloseMaxes, softCloses, startOf, startsOf, uses } from './draft.ts';
import type { PartProps } from './HowFields.tsx';

export const WhenFields = ({ draft, problems, set }: PartProps) => {
  const { kind } = draft;
  const words = t.newAuction;
  const confirms = useView((view) => view.status?.market?.preset === 'event');
  return (
    <FieldGroup title={words.when}>
      <ChoiceField
        label={words.starts}
        value={startOf(draft)}
        choices={startsOf(kind).map((one) => [one, words.startings[one]] as const)}
        onChange={(start) => set({ start })}
      />
      {startOf(draft) === 'at' ? (
        <TextField
          type="datetime-local"
          label={words.startAt}
          value={draft.startAt}
          required
          error={draft.startAt !== '' && problems.startAt !== undefined}
          helperText={draft.startAt === '' ? undefined : problems.startAt}
          onChange={(event) => set({ startAt: event.target.value })}
          slotProps={{ inputLabel: { shrink: true } }}
        />
      ) : null}
      {uses(kind, 'duration') ? (
        <ChoiceField
          label={kind === 'rounds' ? words.roundLength : words.duration}
          value={draft.durationMs}
          choices={durations.map((ms) => [ms, durationText(ms)] as const)}
          onChange={(durationMs) => set({ durationMs })}
        />
      ) : null}
      {uses(kind, 'softClose') ? (
        <ChoiceField
          label={words.softClose}
          value={draft.softCloseMs}
          choices={softCloses.map((ms) => [ms, ms === 0 ? words.noSoftClose : durationText(ms)] as const)}
          onChange={(softCloseMs) => set({ softCloseMs })}
        />
      ) : null}
      {uses(kind, 'softClose') && draft.softCloseMs > 0 ? (
        <ChoiceField
          label={words.softCloseMax}
          value={draft.softCloseMaxMs}
          choices={softCloseMaxes.map((ms) => [ms, durationText(ms)] as const)}
          onChange={(softCloseMaxMs) => set({ softCloseMaxMs })}
        />
      ) : null}
      <FormControlLabel
        control={<Checkbox checked={draft.confirm ?? confirms} onChange={(event) => set({ confirm: event.target.checked })} />}
        label={words.confirm}
      />
    </FieldGroup>
  );
};
