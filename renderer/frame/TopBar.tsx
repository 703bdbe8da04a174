/**
 * Which market and how it stands, a way to everything with a name, what is new, who I am.
 */
import KeyboardIcon from '@mui/icons-material/KeyboardOutlined';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { Paddle } from '../parts/Paddle.tsx';
import { StateChip } from '../parts/StateChip.tsx';
import { useMarketState } from '../parts/useMarketState.ts';
import { href } from '../state/route.ts';
import { useView } from '../state/store.ts';
import icon from '../theme/icon.svg';
import { t } from '../text/t.ts';
import { Bell } from './Bell.tsx';
import { ModeSwitch } from './ModeSwitch.tsx';
import { Search } from './Search.tsx';

export const TopBar = ({ onHelp }: { onHelp(): void }) => {
  const market = useView((view) => view.status?.market?.name ?? null);
  const peerId = useView((view) => view.status?.desk.peerId ?? '');
  const name = useView((view) => view.status?.desk.name ?? '');
  const state = useMarketState();
  return (
    <Box
      component="header"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 0.5,
        px: 2,
        minHeight: '3.5rem',
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
      }}
    >
      <Box component="img" src={icon} alt="" sx={{ width: '1.875rem', height: '1.875rem', mr: 1 }} />
      <Typography component="p" variant="h2" noWrap sx={{ minWidth: '3rem', flexShrink: 1 }} title={market ?? t.appName}>
        {market ?? t.appName}
      </Typography>
      <StateChip of="market" state={state} sx={{ ml: 1, display: { xs: 'none', md: 'inline-flex' } }} />
      <Search />
      <Tooltip title={t.shortcuts.title}>
        <IconButton color="inherit" aria-label={t.shortcuts.title} onClick={onHelp} sx={{ display: { xs: 'none', sm: 'inline-flex' } }}>
          <KeyboardIcon />
        </IconButton>
      </Tooltip>
      <ModeSwitch />
      <Bell />
      <ButtonBase
        component="a"
        href={href('settings')}
        sx={{ display: 'flex', alignItems: 'center', gap: 1, p: 0.5, pr: 1, borderRadius: 5 }}
      >
        <Paddle peerId={peerId} name={name} />
        <Typography noWrap sx={{ fontWeight: 600, maxWidth: '9rem', display: { xs: 'none', sm: 'block' } }} data-testid="own-name">
          {name}
        </Typography>
        <span className="visually-hidden">{t.frame.me}</span>
      </ButtonBase>
    </Box>
  );
};
