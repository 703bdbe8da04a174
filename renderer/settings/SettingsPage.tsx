/**
 * What can be chosen: for this window, for this desktop, and (where one may) for the market.
 */
import Stack from '@mui/material/Stack';
import { PageTitle } from '../parts/PageTitle.tsx';
import { RouteTabs, tabOf } from '../parts/RouteTabs.tsx';
import { useRoute } from '../state/route.ts';
import { t } from '../text/t.ts';
import { AdvancedTab } from './AdvancedTab.tsx';
import { AppearanceTab } from './AppearanceTab.tsx';
import { MarketTab } from './MarketTab.tsx';
import { NetworkTab } from './NetworkTab.tsx';
import { NotificationsTab } from './NotificationsTab.tsx';
import { TimingTab } from './TimingTab.tsx';
import { YouTab } from './YouTab.tsx';

const tabs = ['you', 'market', 'timing', 'notifications', 'appearance', 'network', 'advanced'] as const;

const content: Readonly<Record<(typeof tabs)[number], () => React.JSX.Element>> = {
  you: YouTab,
  market: MarketTab,
  timing: TimingTab,
  notifications: NotificationsTab,
  appearance: AppearanceTab,
  network: NetworkTab,
  advanced: AdvancedTab,
};

export const SettingsPage = () => {
  const tab = tabOf(tabs, useRoute().rest[0]);
  const Content = content[tab];
  return (
    <>
      <PageTitle title={t.rail.settings} />
      <RouteTabs page="settings" tabs={tabs} names={t.settings.tabs} current={tab} label={t.rail.settings}>
        <Stack spacing={2}>
          <Content />
        </Stack>
      </RouteTabs>
    </>
  );
};
