/**
 * Which program this is and where it keeps its things, for whoever has to look there.
 */
import { useState } from 'react';
import SaveIcon from '@mui/icons-material/DownloadOutlined';
import Button from '@mui/material/Button';
import type { AboutView } from '../../shared/network.ts';
import { client } from '../carrier/current.ts';
import { sizeText } from '../format/size.ts';
import { dateTimeText } from '../format/time.ts';
import { Facts } from '../parts/Facts.tsx';
import { Section } from '../parts/Section.tsx';
import { saveFile } from '../parts/saveText.ts';
import { attempt } from '../state/requests.ts';
import { t } from '../text/t.ts';
import { ResetDialog } from './ResetDialog.tsx';
import { zipOf } from './zip.ts';

/** Tables of everything, for other programs. */
const saveMarket = async (): Promise<void> => {
  const made = await attempt(client().call('market.export', {}));
  if (made !== null) saveFile(made.name, new Blob([zipOf(made.files, Date.now())], { type: 'application/zip' }));
};

export const About = ({ about, address }: { readonly about: AboutView; readonly address: string }) => {
  const [resetting, setResetting] = useState(false);
  return (
    <Section
      title={t.about.title}
      actions={
        <>
          <Button size="small" variant="outlined" startIcon={<SaveIcon />} onClick={() => void saveMarket()}>
            {t.about.exportMarket}
          </Button>
          <Button size="small" variant="outlined" color="error" onClick={() => setResetting(true)}>
            {t.reset.button}
          </Button>
        </>
      }
    >
      <Facts
        rows={[
          [t.about.version, t.about.versionOf(about.version, about.protocol)],
          [t.about.runtime, `${about.runtime}, ${about.platform}`],
          [t.about.upSince, dateTimeText(about.upSince)],
          [t.peer.address, address === '' ? '–' : address],
          [t.about.folder, about.dataDir],
          [t.about.size, sizeText(about.dataBytes)],
          [
            t.about.snapshot,
            about.snapshot === null ? t.about.noSnapshot : t.about.snapshotOf(about.snapshot.entry, dateTimeText(about.snapshot.at)),
          ],
          [t.about.log, t.about.logOf(about.logLevel)],
        ]}
      />
      {resetting ? <ResetDialog onClose={() => setResetting(false)} /> : null}
    </Section>
  );
};
