/**
 * Somebody's bidding paddle beside a name: the same colour and mark on every desktop.
 */
import Avatar from '@mui/material/Avatar';
import { paddleOf } from './paddle.ts';

export const Paddle = ({ peerId, name, size = 28 }: { readonly peerId: string; readonly name: string; readonly size?: number }) => {
  const { color, mark } = paddleOf(peerId, name);
  const rem = `${size / 16}rem`;
  return (
    <Avatar aria-hidden sx={{ width: rem, height: rem, fontSize: `${size / 36}rem`, fontWeight: 700, bgcolor: color, color: '#fff' }}>
      {mark}
    </Avatar>
  );
};
