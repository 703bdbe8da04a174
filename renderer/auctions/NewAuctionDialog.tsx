/**
 * A new auction on one page: what, how, when, and a sentence that says what the three together mean.
 */
import { useState } from 'react';
import Alert from '@mui/material/Alert';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { client } from '../carrier/current.ts';
import { useMoney } from '../format/useMoney.ts';
import { FieldGroup } from '../parts/FieldGroup.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { PictureField } from '../parts/PictureField.tsx';
import { NameField, WholeField } from '../parts/fields.tsx';
import { useMe } from '../parts/useTrading.ts';
import { sendWithPicture } from '../state/pictures.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { complete, type Draft, draftParams, emptyDraft, problemsOf, startOf } from './draft.ts';
import { HowFields } from './HowFields.tsx';
import { MoreFields } from './MoreFields.tsx';
import { rulesSentence } from './preview.ts';
import { WhenFields } from './WhenFields.tsx';

const NEW = 'new item';

const submitText = (draft: Draft): string => {
  const start = startOf(draft);
  if (start === 'draft') return t.newAuction.keep;
  return start === 'now' ? t.newAuction.start : t.newAuction.prepare;
};

export const NewAuctionDialog = ({ itemId = '', onClose }: { readonly itemId?: string; onClose(): void }) => {
  const money = useMoney();
  const me = useMe();
  const stock = useView((view) => view.stock);
  const [draft, setDraft] = useState<Draft>({ ...emptyDraft, itemId });
  const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const [picture, setPicture] = useState<string | null>(null);
  const own = stock.filter((row) => row.owner.peerId === me && row.available > 0);
  const chosen = own.find((row) => row.itemId === draft.itemId);
  /** The market's own time decides when a lot starts. */
  const now = useView((view) => view.status?.leaderNow ?? 0);
  const problems = problemsOf(draft, money, now);
  return (
    <FormDialog
      wide
      title={t.newAuction.title}
      submit={submitText(draft)}
      disabled={!complete(draft, money, now)}
      onClose={onClose}
      onSubmit={() =>
        sendWithPicture(draft.name, chosen === undefined ? picture : null, (requestId) =>
          client().call('auction.create', { ...draftParams(draft), requestId }),
        )
      }
    >
      <FieldGroup title={t.newAuction.what}>
        {own.length === 0 ? null : (
          <TextField
            select
            label={t.newAuction.from}
            value={chosen === undefined ? NEW : draft.itemId}
            onChange={(event) => set({ itemId: event.target.value === NEW ? '' : event.target.value })}
          >
            <MenuItem value={NEW}>{t.newAuction.newItem}</MenuItem>
            {own.map((row) => (
              <MenuItem key={row.itemId} value={row.itemId}>
                {t.newAuction.stockItem(row.name, row.available)}
              </MenuItem>
            ))}
          </TextField>
        )}
        {chosen === undefined ? <NameField label={t.common.name} value={draft.name} onChange={(name) => set({ name })} /> : null}
        <WholeField
          label={t.common.quantity}
          value={draft.quantity}
          onChange={(quantity) => set({ quantity })}
          problem={problems.quantity ?? null}
          required
        />
        {chosen === undefined ? (
          <TextField
            sx={{ gridColumn: '1 / -1' }}
            label={t.common.description}
            value={draft.description}
            onChange={(event) => set({ description: event.target.value })}
            slotProps={{ htmlInput: { maxLength: 2000 } }}
          />
        ) : null}
        {chosen === undefined ? <PictureField url={picture} onChange={setPicture} /> : null}
      </FieldGroup>
      <HowFields draft={draft} problems={problems} set={set} />
      <WhenFields draft={draft} problems={problems} set={set} />
      <MoreFields draft={draft} problems={problems} set={set} />
      <Alert severity="info" role="note">
        {rulesSentence(draft, chosen?.name ?? draft.name.trim(), money)}
      </Alert>
    </FormDialog>
  );
};
