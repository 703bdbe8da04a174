/**
 * Tabs whose choice is part of the address, so that links and reloads find them.
 */
import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { go } from '../state/route.ts';
import type { Page } from '../state/route.ts';

interface Props<T extends string> {
  readonly page: Page;
  readonly tabs: readonly T[];
  readonly names: Readonly<Record<T, string>>;
  readonly current: T;
  readonly label: string;
  readonly children: ReactNode;
}

/** The tab of this name, else the first. */
export const tabOf = <T extends string>(tabs: readonly [T, ...T[]], name: string | undefined): T =>
  tabs.find((tab) => tab === name) ?? tabs[0];

export const RouteTabs = <T extends string>({ page, tabs, names, current, label, children }: Props<T>) => (
  <>
    <Box sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}>
      <Tabs
        value={current}
        onChange={(_, next: T) => go(page, next)}
        aria-label={label}
        variant="scrollable"
        scrollButtons="auto"
        allowScrollButtonsMobile
      >
        {tabs.map((tab) => (
          <Tab key={tab} value={tab} label={names[tab]} id={`tab-${page}-${tab}`} aria-controls={`panel-${page}`} />
        ))}
      </Tabs>
    </Box>
    <div role="tabpanel" id={`panel-${page}`} aria-labelledby={`tab-${page}-${current}`}>
      {children}
    </div>
  </>
);
