/**
 * How others get in. The join code is asked for only when somebody wants to see it, so that it is not on every projector.
 */
import { useState } from 'react';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { Result } from '../../shared/contract.ts';
import { client } from '../carrier/current.ts';
import { Facts } from '../parts/Facts.tsx';
import { Section } from '../parts/Section.tsx';
import { attempt } from '../state/requests.ts';
import { tell } from '../state/tell.ts';
import { t } from '../text/t.ts';

export const Invitation = () => {
  const [shown, setShown] = useState<Result<'invitation'> | null>(null);
  const show = (): void => void attempt(client().call('invitation', {})).then(setShown);
  const copy = (): void => {
    if (shown === null) return;
    void navigator.clipboard?.writeText(t.settings.invitationText(shown)).then(() => tell({ kind: 'said', text: t.settings.copied }));
  };
  return (
    <Section
      title={t.settings.invite}
      actions={
        shown === null ? (
          <Button variant="outlined" size="small" onClick={show}>
            {t.settings.showInvitation}
          </Button>
        ) : (
          <>
            <Button size="small" onClick={() => setShown(null)}>
              {t.settings.hide}
            </Button>
            <Button variant="outlined" size="small" onClick={copy}>
              {t.doctor.copy}
            </Button>
          </>
        )
      }
    >
      {shown === null ? (
        <Typography sx={{ color: 'text.secondary' }}>{t.settings.inviteHelp}</Typography>
      ) : (
        <Stack spacing={1.5}>
          <Facts
            rows={[
              [t.setup.marketName, shown.market],
              [t.setup.code, shown.code === '' ? t.settings.noCode : shown.code],
              [t.peer.address, shown.address],
              [t.settings.link, shown.link],
            ]}
          />
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t.settings.codeFixed}
          </Typography>
        </Stack>
      )}
    </Section>
  );
};
