/**
 * The window: the onboarding until there is a market, then the frame with one page in it.
 */
import { useCallback, useEffect, useState } from 'react';
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import Typography from '@mui/material/Typography';
import { ActivityPage } from '../activity/ActivityPage.tsx';
import { AuctionsPage } from '../auctions/AuctionsPage.tsx';
import { ReadyDialogs } from '../auctions/ReadyDialog.tsx';
import { DiagnosticsPage } from '../diagnostics/DiagnosticsPage.tsx';
import { InventoryPage } from '../inventory/InventoryPage.tsx';
import { MarketPage } from '../market/MarketPage.tsx';
import { NetworkPage } from '../network/NetworkPage.tsx';
import { Onboarding } from '../onboarding/Onboarding.tsx';
import { BigScreen } from '../screen/BigScreen.tsx';
import { SettingsPage } from '../settings/SettingsPage.tsx';
import { go, useBigScreen, useJoinLink, useRoute } from '../state/route.ts';
import type { Page } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { tell } from '../state/tell.ts';
import { t } from '../text/t.ts';
import { Banner } from './Banner.tsx';
import { Rail } from './Rail.tsx';
import { ShortcutOverlay, useShortcuts } from './Shortcuts.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';

const content: Readonly<Record<Page, () => React.JSX.Element>> = {
  market: MarketPage,
  auctions: AuctionsPage,
  inventory: InventoryPage,
  activity: ActivityPage,
  network: NetworkPage,
  diagnostics: DiagnosticsPage,
  settings: SettingsPage,
};

const Connecting = () => (
  <Box component="main" sx={{ height: '100%', display: 'grid', placeContent: 'center', justifyItems: 'center', gap: 2 }}>
    <CircularProgress aria-label={t.banner.connecting} />
    <Typography component="h1" variant="h2">
      {t.banner.connecting}
    </Typography>
  </Box>
);

/** So low a window (200 % zoom on a laptop) scrolls as a whole: fixed bars would leave no room for the page. */
const low = '@media (max-height: 480px)';

const Frame = () => {
  const { page, rest } = useRoute();
  const [help, setHelp] = useState(false);
  const openHelp = useCallback(() => setHelp(true), []);
  useShortcuts(openHelp);
  const market = useView((view) => view.status?.market?.name ?? null);
  const wanted = useJoinLink()?.market ?? null;
  useEffect(() => {
    if (wanted === null || market === null) return;
    tell({ kind: 'failed', error: { code: 'JOIN_LINK', message: t.setup.alreadyIn(market, wanted) } });
    go('settings', 'you');
  }, [wanted, market]);
  useEffect(() => {
    document.title = [t.rail[page], market, t.appName].filter((part) => part !== null).join(' · ');
  }, [page, market]);
  const Content = content[page];
  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', [low]: { height: 'auto', minHeight: '100%' } }}>
      <a
        className="skip-link"
        href={`#main`}
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>('main')?.focus();
        }}
      >
        {t.skipToContent}
      </a>
      <TopBar onHelp={openHelp} />
      <Banner />
      <Box sx={{ flex: 1, minHeight: 0, display: 'flex' }}>
        <Rail page={page} />
        <Box
          component="main"
          tabIndex={-1}
          key={`${page}/${rest[0] === 'lot' ? (rest[1] ?? '') : ''}`}
          sx={{ flex: 1, minWidth: 0, overflow: 'auto', p: { xs: 1.5, md: 2.5 }, outline: 'none', [low]: { overflow: 'visible' } }}
        >
          <Box sx={{ maxWidth: 1440, mx: 'auto' }}>
            <Content />
          </Box>
        </Box>
      </Box>
      <StatusBar />
      <ReadyDialogs />
      <ShortcutOverlay open={help} onClose={() => setHelp(false)} />
    </Box>
  );
};

/** The wall screen stands outside the frame: nothing on it can be pressed. */
const Running = () => (useBigScreen() ? <BigScreen /> : <Frame />);

export const App = () => {
  const phase = useView((view) => view.status?.phase ?? null);
  /** The onboarding outlives the setup phase by its last card; 'done' lasts until the market really is there. */
  const [setup, setSetup] = useState<'no' | 'on' | 'done'>('no');
  if (phase === 'setup' && setup === 'no') setSetup('on');
  if (phase !== 'setup' && setup === 'done') setSetup('no');
  if (phase === null) return <Connecting />;
  if (phase === 'setup' || setup === 'on') return <Onboarding onDone={() => setSetup('done')} />;
  return <Running />;
};
