/**
 * Which program this is and where it keeps its things, for whoever has to look there.
 */
import type { AboutView } from '../../shared/network.ts';
import { sizeText } from '../format/size.ts';
import { dateTimeText } from '../format/time.ts';
import { Facts } from '../parts/Facts.tsx';
import { Section } from '../parts/Section.tsx';
import { t } from '../text/t.ts';

export const About = ({ about, address }: { readonly about: AboutView; readonly address: string }) => (
  <Section title={t.about.title}>
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
  </Section>
);
