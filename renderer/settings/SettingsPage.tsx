/**
 * What can be chosen: for this window, for this desktop, and (where one may) for the market.
 */
import { PageTitle } from '../parts/PageTitle.tsx';
import { RouteTabs, tabOf } from '../parts/RouteTabs.tsx';
import { useRoute } from '../state/route.ts';
import { t } from '../text/t.ts';
import { AppearanceTab } from './AppearanceTab.tsx';

const tabs = ['appearance'] as const;

export const SettingsPage = () => {
  const tab = tabOf(tabs, useRoute().rest[0]);
  return (
    <>
      <PageTitle title={t.rail.settings} />
      <RouteTabs page="settings" tabs={tabs} names={t.settings.tabs} current={tab} label={t.rail.settings}>
        {tab === 'appearance' ? <AppearanceTab /> : null}
      </RouteTabs>
    </>
  );
};
