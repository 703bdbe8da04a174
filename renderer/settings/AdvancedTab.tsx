/**
 * For people who write programs or look into folders: nothing here has to be touched.
 */
import Typography from '@mui/material/Typography';
import { client } from '../carrier/current.ts';
import { Facts } from '../parts/Facts.tsx';
import { Section } from '../parts/Section.tsx';
import { useRead } from '../parts/useRead.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

export const AdvancedTab = () => {
  const { value: about } = useRead('about', () => client().call('about', {}));
  const marketId = useView((view) => view.status?.market?.marketId ?? '–');
  const digest = useView((view) => view.status?.digest ?? '');
  const web = window.location.protocol.startsWith('http');
  return (
    <>
      <Section title={t.advanced.programs}>
        <Typography sx={{ mb: 1.5 }}>{t.advanced.programsHelp}</Typography>
        <Facts
          rows={[
            [t.advanced.address, web ? window.location.origin : t.advanced.addressFile],
            [t.advanced.token, t.advanced.tokenFile(about?.dataDir ?? '…')],
            [t.advanced.description, web ? `${window.location.origin}/v1/openapi.json` : '/v1/openapi.json'],
          ]}
        />
      </Section>
      <Section title={t.advanced.inside}>
        <Facts
          rows={[
            [t.about.folder, about?.dataDir ?? '…'],
            [t.advanced.marketId, marketId],
            [t.advanced.digest, digest === '' ? '–' : digest],
          ]}
        />
        <Typography variant="body2" sx={{ color: 'text.secondary', mt: 1.5 }}>
          {t.advanced.digestHelp}
        </Typography>
      </Section>
      <Section title={t.advanced.updates}>
        <Typography>{t.advanced.updatesHelp}</Typography>
      </Section>
    </>
  );
};
