/**
 * What only the auctioneer of a lot can do, and the operator where the rules say so. Which buttons there are follows from the state; what
 * everybody will feel is asked twice, and what needs a reason gets one.
 */
import { useState } from 'react';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type { LotView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { durationText } from '../format/time.ts';
import { ChoiceField } from '../parts/ChoiceField.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { send } from '../state/requests.ts';
import { t } from '../text/t.ts';
import { ReasonDialog } from './ReasonDialog.tsx';

const extensions = [60_000, 120_000, 300_000, 600_000, 3_600_000] as const;

type Plain = 'publish' | 'start' | 'pause' | 'resume' | 'close' | 'confirm' | 'relist';
type Asking = 'cancel' | 'void' | 'extend' | 'reopen' | 'close';

/** The buttons of each state; the first is the one to press. */
const offered = (lot: LotView): readonly (Plain | Asking)[] => {
  switch (lot.state) {
    case 'draft':
      return ['publish', 'cancel'];
    case 'waiting':
      return lot.kind === 'rounds' ? ['cancel'] : ['start', 'cancel'];
    case 'ready':
      return ['start', 'cancel'];
    case 'live':
      return ['pause', ...(lot.kind === 'dutch' ? [] : (['extend'] as const)), 'close', lot.bidCount === 0 ? 'cancel' : 'void'];
    case 'paused':
      return ['resume', 'close', lot.bidCount === 0 ? 'cancel' : 'void'];
    case 'closing':
      return lot.awaitingConfirm ? ['confirm', 'reopen', 'void'] : ['void'];
    case 'sold':
      return ['void'];
    case 'notSold':
    case 'cancelled':
    case 'void':
      return ['relist'];
  }
};

const words = (what: Plain | Asking): string =>
  ({
    publish: t.lot.publish,
    start: t.lot.startNow,
    pause: t.lot.pause,
    resume: t.lot.resume,
    close: t.lot.closeNow,
    confirm: t.lot.confirmResult,
    relist: t.lot.relist,
    cancel: t.lot.cancelLot,
    void: t.lot.voidLot,
    extend: t.lot.extend,
    reopen: t.lot.reopen,
  })[what];

const asks = (what: Plain | Asking): what is Asking => ['cancel', 'void', 'extend', 'reopen', 'close'].includes(what);

const HowLong = ({ lot, reopen, onClose }: { readonly lot: LotView; readonly reopen: boolean; onClose(): void }) => {
  const [byMs, setByMs] = useState<number>(extensions[1]);
  const { lotId } = lot;
  return (
    <ConfirmDialog
      open
      title={reopen ? t.lot.reopen : t.lot.extendTitle}
      text={lot.title}
      confirm={t.lot.extendConfirm(durationText(byMs))}
      onClose={onClose}
      onConfirm={() => {
        onClose();
        void send(lotId, (requestId) => client().call(reopen ? 'auction.reopen' : 'auction.extend', { lotId, byMs, requestId }));
      }}
    >
      <Stack sx={{ mt: 2 }}>
        <ChoiceField<number>
          label={t.lot.extendBy}
          value={byMs}
          choices={extensions.map((ms) => [ms, durationText(ms)] as const)}
          onChange={setByMs}
        />
      </Stack>
    </ConfirmDialog>
  );
};

const Question = ({ lot, what, onClose }: { readonly lot: LotView; readonly what: Asking; onClose(): void }) => {
  const { lotId, title } = lot;
  if (what === 'extend' || what === 'reopen') return <HowLong lot={lot} reopen={what === 'reopen'} onClose={onClose} />;
  if (what === 'close') {
    return (
      <ConfirmDialog
        open
        title={t.lot.closeTitle(title)}
        text={t.lot.closeText}
        confirm={t.lot.closeNow}
        onClose={onClose}
        onConfirm={() => {
          onClose();
          void send(lotId, (requestId) => client().call('auction.close', { lotId, requestId }));
        }}
      />
    );
  }
  const texts =
    what === 'cancel'
      ? { title: t.lot.cancelTitle(title), text: t.lot.cancelText, confirm: t.lot.cancelConfirm }
      : { title: t.lot.voidTitle(title), text: t.lot.voidText, confirm: t.lot.voidConfirm };
  return (
    <ReasonDialog
      {...texts}
      onClose={onClose}
      onConfirm={(reason) => {
        onClose();
        void send(lotId, (requestId) => client().call(what === 'cancel' ? 'auction.cancel' : 'auction.void', { lotId, reason, requestId }));
      }}
    />
  );
};

export const AuctioneerStrip = ({ lot }: { readonly lot: LotView }) => {
  const [asking, setAsking] = useState<Asking | null>(null);
  if (!lot.mine) return null;
  const { lotId } = lot;
  const press = (what: Plain | Asking): void => {
    if (asks(what)) setAsking(what);
    else void send(lotId, (requestId) => client().call(`auction.${what}`, { lotId, requestId }));
  };
  return (
    <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap' }}>
      {offered(lot).map((what, i) => (
        <Button
          key={what}
          variant={i === 0 && what !== 'cancel' && what !== 'void' ? 'contained' : 'outlined'}
          color={what === 'cancel' || what === 'void' ? 'error' : 'primary'}
          onClick={() => press(what)}
        >
          {words(what)}
        </Button>
      ))}
      {asking === null ? null : <Question lot={lot} what={asking} onClose={() => setAsking(null)} />}
    </Stack>
  );
};
