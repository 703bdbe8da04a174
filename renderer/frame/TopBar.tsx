/**
 * Which market, what is new, who I am.
 */
import KeyboardIcon from '@mui/icons-material/KeyboardOutlined';
import Avatar from '@mui/material/Avatar';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { paddleOf } from '../parts/paddle.ts';
import { useView } from '../state/store.ts';
import icon from '../theme/icon.svg';
import { t } from '../text/t.ts';
import { Bell } from './Bell.tsx';
import { ModeSwitch } from './ModeSwitch.tsx';

export const TopBar = ({ onHelp }: { onHelp(): void }) => {
  const market = useView((view) => view.status?.market?.name ?? null);
  const peerId = useView((view) => view.status?.desk.peerId ?? '');
  const name = useView((view) => view.status?.desk.name ?? '');
  const paddle = paddleOf(peerId, name);
  return (
    <Box
      component="header"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 0.5,
        px: 2,
        minHeight: 52,
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
      }}
    >
      <Box component="img" src={icon} alt="" sx={{ width: 28, height: 28, mr: 1 }} />
      <Typography component="p" variant="h2" noWrap sx={{ mr: 'auto', minWidth: 0 }}>
        {market ?? t.appName}
      </Typography>
      <IconButton color="inherit" aria-label={t.shortcuts.title} onClick={onHelp}>
        <KeyboardIcon />
      </IconButton>
      <ModeSwitch />
      <Bell />
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, pl: 1 }}>
        <Avatar aria-hidden sx={{ width: 28, height: 28, fontSize: 13, fontWeight: 700, bgcolor: paddle.color, color: '#fff' }}>
          {paddle.mark}
        </Avatar>
        <Typography noWrap sx={{ fontWeight: 600, maxWidth: 160 }} data-testid="own-name">
          {name}
        </Typography>
      </Box>
    </Box>
  );
};
