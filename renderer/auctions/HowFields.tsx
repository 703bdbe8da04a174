/** How an auction runs: its type, and the fields that this type has. */
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { durationText } from '../format/time.ts';
import { ChoiceField } from '../parts/ChoiceField.tsx';
import { FieldGroup } from '../parts/FieldGroup.tsx';
import { MoneyField, WholeField } from '../parts/fields.tsx';
import { t } from '../text/t.ts';
import { type Draft, drops, kinds, priceStarts, type Problems, uses } from './draft.ts';

export interface PartProps {
  readonly draft: Draft;
  readonly problems: Problems;
  set(change: Partial<Draft>): void;
}

export const HowFields = ({ draft, problems, set }: PartProps) => {
  const { kind } = draft;
  const words = t.newAuction;
  return (
    <FieldGroup title={words.how}>
      <ChoiceField
        label={words.type}
        value={kind}
        choices={kinds.map((one) => [one, words.types[one]] as const)}
        onChange={(next) => set({ kind: next, ...(next === 'multi' && draft.quantity === '1' ? { quantity: '2' } : {}) })}
      />
      <MoneyField
        label={priceStarts(kind) ? words.startPrice : words.minimum}
        value={draft.startPrice}
        onChange={(startPrice) => set({ startPrice })}
        required
      />
      {uses(kind, 'falling') ? (
        <>
          <MoneyField
            label={words.floorPrice}
            value={draft.floorPrice}
            onChange={(floorPrice) => set({ floorPrice })}
            problem={problems.floorPrice ?? null}
            required
          />
          <MoneyField
            label={words.dropBy}
            value={draft.dropBy}
            onChange={(dropBy) => set({ dropBy })}
            problem={problems.dropBy ?? null}
            required
          />
          <ChoiceField
            label={words.dropEvery}
            value={draft.dropEveryMs}
            choices={drops.map((ms) => [ms, durationText(ms)] as const)}
            onChange={(dropEveryMs) => set({ dropEveryMs })}
          />
        </>
      ) : null}
      {uses(kind, 'rounds') ? (
        <>
          <WholeField
            label={words.rounds}
            value={draft.rounds}
            onChange={(rounds) => set({ rounds })}
            problem={problems.rounds ?? null}
            required
          />
          <WholeField
            label={words.minBidders}
            value={draft.minBidders}
            onChange={(minBidders) => set({ minBidders })}
            problem={problems.minBidders ?? null}
            required
          />
        </>
      ) : null}
      {uses(kind, 'increment') ? (
        <MoneyField
          label={words.increment}
          value={draft.increment}
          onChange={(increment) => set({ increment })}
          help={words.incrementHelp}
        />
      ) : null}
      {uses(kind, 'reserve') ? (
        <MoneyField
          label={words.reserve}
          value={draft.reserve}
          onChange={(reserve) => set({ reserve })}
          help={words.reserveHelp}
          problem={problems.reserve ?? null}
        />
      ) : null}
      {uses(kind, 'buyNow') ? (
        <MoneyField
          label={words.buyNow}
          value={draft.buyNow}
          onChange={(buyNow) => set({ buyNow })}
          help={words.buyNowHelp}
          problem={problems.buyNow ?? null}
        />
      ) : null}
      {uses(kind, 'sealed') ? (
        <MoneyField label={words.deposit} value={draft.deposit} onChange={(deposit) => set({ deposit })} help={words.depositHelp} />
      ) : null}
      {uses(kind, 'pricing') ? (
        <ChoiceField
          label={words.pricing}
          value={draft.pricing}
          choices={(['own', 'uniform'] as const).map((one) => [one, words.pricings[one]] as const)}
          onChange={(pricing) => set({ pricing })}
        />
      ) : null}
      {uses(kind, 'buyNow') ? (
        <FormControlLabel
          control={<Checkbox checked={draft.autoBid} onChange={(event) => set({ autoBid: event.target.checked })} />}
          label={words.autoBid}
        />
      ) : null}
    </FieldGroup>
  );
};
