/** "Sending your bid…" and "Queued…" for bids of this window on their way; nothing for the first moment. */
import { useEffect, useState } from 'react';
import Alert from '@mui/material/Alert';
import { useSent } from '../state/requests.ts';
import { t } from '../text/t.ts';

/** Slower than this, and people wonder whether the click arrived. */
const SLOW_MS = 300;

const Sending = () => {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const id = window.setTimeout(() => setSlow(true), SLOW_MS);
    return () => window.clearTimeout(id);
  }, []);
  return slow ? <Alert severity="info">{t.lot.sending}</Alert> : null;
};

export const OnItsWay = ({ lotId }: { readonly lotId: string }) => {
  const last = useSent(({ sent }) => [...sent.values()].findLast((one) => one.ref === lotId));
  if (last === undefined) return null;
  return last.told === 'queued' ? <Alert severity="warning">{t.lot.queued}</Alert> : <Sending key={last.requestId} />;
};
