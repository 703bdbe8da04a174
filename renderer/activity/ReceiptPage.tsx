/**
 * One receipt as a page: to look at, and to print for somebody who wants paper.
 */
import { useId } from 'react';
import PrintIcon from '@mui/icons-material/PrintOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import GlobalStyles from '@mui/material/GlobalStyles';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { ReceiptBody, ReceiptDocument } from '../../shared/receipts.ts';
import { dateTimeText } from '../format/time.ts';
import { moneyOf } from '../format/useMoney.ts';
import { Facts } from '../parts/Facts.tsx';
import { QrCode } from '../parts/QrCode.tsx';
import { t } from '../text/t.ts';

/** 45 modules of 0.9 mm on paper: a phone reads that at arm's length. */
const QR_PX = 152;

/** On paper there is the receipt and nothing else, black on white in either scheme, and as long as it needs to be. */
const onPaper = {
  '@media print': {
    'html, body': { background: '#fff !important', overflow: 'visible !important' },
    '#root, .MuiDialog-root:not(.receipt), .receipt .MuiBackdrop-root, .receipt .MuiDialogActions-root': { display: 'none !important' },
    '.receipt, .receipt .MuiDialog-container': { position: 'static !important', display: 'block !important', height: 'auto !important' },
    '.receipt .MuiDialog-paper': {
      boxShadow: 'none !important',
      border: '0 !important',
      margin: '0 !important',
      maxWidth: 'none !important',
      maxHeight: 'none !important',
      overflow: 'visible !important',
    },
    '.receipt .MuiDialogContent-root': { overflow: 'visible !important' },
    '.receipt .MuiDialog-paper, .receipt .MuiDialog-paper *': { color: '#000 !important', background: '#fff !important' },
    '.receipt tr, .receipt li, .receipt .hash': { breakInside: 'avoid' },
    // Backgrounds are left out by many printers; the code needs none, but must not turn grey either.
    '.receipt svg': { printColorAdjust: 'exact' },
  },
} as const;

type Side = 'bought' | 'sold';

const Parties = ({ receipt }: { readonly receipt: ReceiptBody }) => {
  const money = moneyOf(receipt.currency, receipt.decimals);
  const rows = [
    ...receipt.buyers.map((party) => ({ side: 'bought' as Side, party })),
    ...receipt.sellers.map((party) => ({ side: 'sold' as Side, party })),
  ];
  return (
    <Table aria-label={t.receipts.parties}>
      <TableHead>
        <TableRow>
          <TableCell>{t.orders.side}</TableCell>
          <TableCell>{t.common.name}</TableCell>
          <TableCell align="right">{t.common.quantity}</TableCell>
          <TableCell align="right">{t.orders.total}</TableCell>
          <TableCell align="right">{t.orders.commission}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ side, party }) => (
          <TableRow key={`${side}/${party.peerId}`}>
            <TableCell>{t.orders.sides[side]}</TableCell>
            <TableCell component="th" scope="row">
              {party.name}
            </TableCell>
            <TableCell align="right">{party.quantity}</TableCell>
            <TableCell align="right">{money.show(party.amount)}</TableCell>
            <TableCell align="right">{side === 'bought' ? '–' : money.show(party.commission)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};

interface Props {
  readonly document: ReceiptDocument;
  onClose(): void;
}

export const ReceiptPage = ({ document, onClose }: Props) => {
  const titleId = useId();
  const { receipt, hash, confirmations } = document;
  const money = moneyOf(receipt.currency, receipt.decimals);
  return (
    <Dialog open className="receipt" onClose={onClose} aria-labelledby={titleId} maxWidth="md" fullWidth>
      <GlobalStyles styles={onPaper} />
      <DialogTitle id={titleId}>{t.receipts.heading(receipt.no, receipt.market.name)}</DialogTitle>
      <DialogContent>
        <Typography sx={{ fontSize: '1.375rem', fontWeight: 700, mb: 2 }}>
          {t.orders.goods(receipt.quantity, receipt.title)}: {money.show(receipt.total)}
        </Typography>
        <Facts
          rows={[
            [t.receipts.soldAt, dateTimeText(receipt.soldAt)],
            [t.receipts.reference, receipt.ref],
            [t.receipts.of, receipt.market.marketId],
          ]}
        />
        <Box sx={{ my: 2 }}>
          <Parties receipt={receipt} />
        </Box>
        <Typography component="h3" variant="h3" sx={{ mb: 0.5 }}>
          {t.receipts.signatures(confirmations.length, receipt.desktops)}
        </Typography>
        <Typography sx={{ mb: 2 }}>{confirmations.map(({ name }) => name).join(', ') || t.receipts.unsigned}</Typography>
        <Box className="hash" sx={{ display: 'flex', flexWrap: { xs: 'wrap', sm: 'nowrap' }, gap: 2, alignItems: 'flex-start' }}>
          <Box sx={{ flex: 'none', lineHeight: 0 }}>
            <QrCode text={hash} label={t.receipts.qr} size={QR_PX} />
          </Box>
          <Facts
            rows={[
              [t.receipts.hash, hash],
              [t.receipts.before, /^0+$/.test(receipt.prev) ? t.receipts.first : receipt.prev],
            ]}
          />
        </Box>
        <Typography variant="body2" sx={{ color: 'text.secondary', mt: 2 }}>
          {t.receipts.paper}
        </Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t.common.close}</Button>
        <Button variant="contained" startIcon={<PrintIcon />} onClick={() => window.print()}>
          {t.receipts.print}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
