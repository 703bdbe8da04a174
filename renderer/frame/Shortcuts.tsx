/**
 * Keys for every page, and the overlay that lists them. Browsers keep Ctrl+digit for their own tabs, so Alt+digit does the same.
 */
import { useEffect } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { digits, go, pages } from '../state/route.ts';
import { t } from '../text/t.ts';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]'));

const plain = (event: KeyboardEvent): boolean => !event.ctrlKey && !event.metaKey && !event.altKey;

/** Moves the focus to what the selector finds; false when there is nothing. */
const reach = (selector: string): boolean => {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
};

/** Listens for the shortcuts; `?` calls `onHelp`. */
export const useShortcuts = (onHelp: () => void): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const page = pages.find((one) => event.key === String(digits[one]));
      if (page !== undefined && (event.ctrlKey || event.metaKey || event.altKey)) {
        event.preventDefault();
        go(page);
      } else if (event.key === '?' && !typing(event.target)) {
        onHelp();
      } else if (event.key === '/' && !typing(event.target)) {
        if (reach('input[data-search]')) event.preventDefault();
      } else if (event.key === 'b' && plain(event) && !typing(event.target)) {
        if (reach('button[data-bid]')) event.preventDefault();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onHelp]);
};

export const ShortcutOverlay = ({ open, onClose }: { readonly open: boolean; onClose(): void }) => (
  <Dialog open={open} onClose={onClose} aria-labelledby="shortcuts-title" maxWidth="xs">
    <DialogTitle id="shortcuts-title">{t.shortcuts.title}</DialogTitle>
    <DialogContent>
      <Table aria-labelledby="shortcuts-title">
        <TableBody>
          {[...pages.map((page) => [t.shortcuts.page(digits[page]), t.rail[page]] as const), ...t.shortcuts.others].map(([keys, what]) => (
            <TableRow key={keys}>
              <TableCell component="th" scope="row" sx={{ fontFamily: 'monospace', fontWeight: 700 }}>
                {keys}
              </TableCell>
              <TableCell>{what}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </DialogContent>
    <DialogActions>
      <Button onClick={onClose}>{t.common.close}</Button>
    </DialogActions>
  </Dialog>
);
