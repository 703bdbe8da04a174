/**
 * Light, dark, or as the system says. Remembered by the theme itself.
 */
import { useState } from 'react';
import DarkIcon from '@mui/icons-material/DarkModeOutlined';
import LightIcon from '@mui/icons-material/LightModeOutlined';
import SystemIcon from '@mui/icons-material/SettingsBrightnessOutlined';
import IconButton from '@mui/material/IconButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useColorScheme } from '@mui/material/styles';
import { t } from '../text/t.ts';

const modes = [
  { mode: 'light', Icon: LightIcon },
  { mode: 'dark', Icon: DarkIcon },
  { mode: 'system', Icon: SystemIcon },
] as const;

export const ModeSwitch = () => {
  const { mode = 'system', setMode } = useColorScheme();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const Current = modes.find((one) => one.mode === mode)?.Icon ?? SystemIcon;
  return (
    <>
      <IconButton
        color="inherit"
        aria-label={t.mode.label(t.mode[mode])}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Current />
      </IconButton>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {modes.map((one) => (
          <MenuItem
            key={one.mode}
            selected={one.mode === mode}
            onClick={() => {
              setMode(one.mode);
              setAnchor(null);
            }}
          >
            <ListItemIcon>
              <one.Icon fontSize="small" />
            </ListItemIcon>
            <ListItemText>{t.mode[one.mode]}</ListItemText>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
};
