/**
 * The markets heard on this network, one button each; a closed one asks for its code first.
 */
import { useState } from 'react';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { StatusView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { attempt } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

type Found = StatusView['foundMarkets'][number];
const none: readonly Found[] = [];

const One = ({ market, onJoined }: { readonly market: Found; onJoined(): void }) => {
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const join = (): void => {
    setBusy(true);
    void attempt(client().call('market.join', { name: market.name, ...(code.trim() === '' ? {} : { code: code.trim() }) })).then((done) => {
      setBusy(false);
      if (done !== null) onJoined();
    });
  };
  return (
    <Paper variant="outlined" sx={{ p: 1.5 }}>
      <Stack direction="row" spacing={1.5} useFlexGap sx={{ alignItems: 'center', flexWrap: 'wrap' }}>
        <Stack sx={{ mr: 'auto' }}>
          <Typography sx={{ fontWeight: 600 }}>{market.name}</Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t.setup.foundLine(market.desktops, market.via, market.open)}
          </Typography>
        </Stack>
        {market.open ? null : (
          <TextField
            fullWidth={false}
            sx={{ width: 120 }}
            label={t.setup.codeLabel}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
        <Button
          variant="contained"
          aria-label={t.setup.joinNamed(market.name)}
          disabled={busy || (!market.open && code.trim().length < 4)}
          onClick={join}
        >
          {t.setup.join}
        </Button>
      </Stack>
    </Paper>
  );
};

export const FoundMarkets = ({ onJoined }: { onJoined(): void }) => {
  const found = useView((view) => view.status?.foundMarkets ?? none);
  if (found.length === 0) {
    return (
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
        <CircularProgress size={20} aria-label={t.network.looking} />
        <Typography>{t.network.looking}</Typography>
      </Stack>
    );
  }
  return (
    <Stack spacing={1}>
      {found.map((market) => (
        <One key={market.marketId} market={market} onJoined={onJoined} />
      ))}
    </Stack>
  );
};
