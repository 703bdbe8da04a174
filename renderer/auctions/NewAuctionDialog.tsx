/**
 * A new auction on one page: what, how, when, and a sentence that says what the three together mean.
 */
import { useState } from 'react';
import type { ReactNode } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { client } from '../carrier/current.ts';
import { durationText } from '../format/time.ts';
import { useMoney } from '../format/useMoney.ts';
import { FormDialog } from '../parts/FormDialog.tsx';
import { MoneyField, NameField, WholeField, quantityProblem } from '../parts/fields.tsx';
import { useMe } from '../parts/useTrading.ts';
import { send } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { complete, draftParams, durations, emptyDraft, reserveProblem, rulesSentence, softCloses } from './draft.ts';

const NEW = 'new item';

const Group = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, minWidth: 0 }}>
    <Typography component="legend" variant="h3" sx={{ mb: 1.5, p: 0 }}>
      {title}
    </Typography>
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(min(200px, 100%), 1fr))' }}>{children}</Box>
  </Box>
);

export const NewAuctionDialog = ({ itemId = '', onClose }: { readonly itemId?: string; onClose(): void }) => {
  const money = useMoney();
  const me = useMe();
  const stock = useView((view) => view.stock);
  const [draft, setDraft] = useState({ ...emptyDraft, itemId });
  const set = (change: Partial<typeof draft>): void => setDraft({ ...draft, ...change });
  const own = stock.filter((row) => row.owner.peerId === me && row.available > 0);
  const chosen = own.find((row) => row.itemId === draft.itemId);
  return (
    <FormDialog
      wide
      title={t.newAuction.title}
      submit={draft.start === 'now' ? t.newAuction.start : t.newAuction.prepare}
      disabled={!complete(draft, money)}
      onClose={onClose}
      onSubmit={() => send(draft.name, (requestId) => client().call('auction.create', { ...draftParams(draft), requestId }))}
    >
      <Group title={t.newAuction.what}>
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
          problem={quantityProblem(draft.quantity)}
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
      </Group>
      <Group title={t.newAuction.how}>
        <MoneyField label={t.newAuction.startPrice} value={draft.startPrice} onChange={(startPrice) => set({ startPrice })} required />
        <MoneyField
          label={t.newAuction.increment}
          value={draft.increment}
          onChange={(increment) => set({ increment })}
          help={t.newAuction.incrementHelp}
        />
        <MoneyField
          label={t.newAuction.reserve}
          value={draft.reserve}
          onChange={(reserve) => set({ reserve })}
          help={t.newAuction.reserveHelp}
          problem={reserveProblem(draft, money)}
        />
      </Group>
      <Group title={t.newAuction.when}>
        <TextField
          select
          label={t.newAuction.starts}
          value={draft.start}
          onChange={(event) => set({ start: event.target.value === 'manual' ? 'manual' : 'now' })}
        >
          <MenuItem value="now">{t.newAuction.startsNow}</MenuItem>
          <MenuItem value="manual">{t.newAuction.startsManual}</MenuItem>
        </TextField>
        <TextField
          select
          label={t.newAuction.duration}
          value={draft.durationMs}
          onChange={(event) => set({ durationMs: Number(event.target.value) })}
        >
          {durations.map((ms) => (
            <MenuItem key={ms} value={ms}>
              {durationText(ms)}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          label={t.newAuction.softClose}
          value={draft.softCloseMs}
          onChange={(event) => set({ softCloseMs: Number(event.target.value) })}
        >
          {softCloses.map((ms) => (
            <MenuItem key={ms} value={ms}>
              {ms === 0 ? t.newAuction.noSoftClose : durationText(ms)}
            </MenuItem>
          ))}
        </TextField>
      </Group>

      <Alert severity="info" role="note">
        {rulesSentence(draft, chosen?.name ?? draft.name.trim(), money)}
      </Alert>
    </FormDialog>
  );
};
