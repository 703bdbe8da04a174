/**
 * The way between pages: an icon with its word, always both.
 */
import ActivityIcon from '@mui/icons-material/ReceiptLongOutlined';
import AuctionsIcon from '@mui/icons-material/Gavel';
import InventoryIcon from '@mui/icons-material/Inventory2Outlined';
import MarketIcon from '@mui/icons-material/Storefront';
import NetworkIcon from '@mui/icons-material/HubOutlined';
import DiagnosticsIcon from '@mui/icons-material/MonitorHeartOutlined';
import SettingsIcon from '@mui/icons-material/TuneOutlined';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { digits, href, pages } from '../state/route.ts';
import type { Page } from '../state/route.ts';
import { t } from '../text/t.ts';

const icons: Readonly<Record<Page, typeof MarketIcon>> = {
  market: MarketIcon,
  auctions: AuctionsIcon,
  inventory: InventoryIcon,
  activity: ActivityIcon,
  network: NetworkIcon,
  diagnostics: DiagnosticsIcon,
  settings: SettingsIcon,
};

export const Rail = ({ page }: { readonly page: Page }) => (
  <Box
    component="nav"
    aria-label={t.rail.label}
    sx={{
      width: { xs: '5.25rem', sm: '6.5rem' },
      flexShrink: 0,
      overflowY: 'auto',
      borderRight: 1,
      borderColor: 'divider',
      bgcolor: 'background.paper',
      py: 1,
      px: 0.75,
    }}
  >
    {pages.map((name) => {
      const Icon = icons[name];
      const here = name === page;
      return (
        <ButtonBase
          key={name}
          component="a"
          href={href(name)}
          aria-current={here ? 'page' : undefined}
          title={t.rail.shortcut(t.rail[name], digits[name])}
          sx={{
            'display': 'flex',
            'flexDirection': 'column',
            'width': '100%',
            'py': 1,
            'mb': 0.5,
            'borderRadius': 2,
            'fontSize': { xs: '0.6875rem', sm: '0.8125rem' },
            'fontWeight': here ? 700 : 500,
            'color': here ? 'primary.contrastText' : 'text.primary',
            'bgcolor': here ? 'primary.main' : 'transparent',
            '&:hover': here ? {} : { bgcolor: 'action.hover' },
          }}
        >
          <Icon aria-hidden />
          {t.rail[name]}
        </ButtonBase>
      );
    })}
  </Box>
);
