/**
 * Every accepted bid, newest first, with the log entry that decided its place.
 */
import Chip from '@mui/material/Chip';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { LotView } from '../../shared/views.ts';
import { timeText } from '../format/time.ts';
import { useMoney } from '../format/useMoney.ts';
import { useMe } from '../parts/useTrading.ts';
import { StateChip } from '../parts/StateChip.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { t } from '../text/t.ts';

type BidView = LotView['bids'][number];

const Row = ({ bid, me }: { readonly bid: BidView; readonly me: string }) => {
  const money = useMoney();
  return (
    <TableRow data-testid="bid-row">
      <TableCell component="th" scope="row" align="right" sx={{ fontWeight: 700 }}>
        {money.show(bid.amount.minor)}
      </TableCell>
      <TableCell>
        {bid.bidder.peerId === me ? t.common.you(bid.bidder.name) : bid.bidder.name}
        {bid.auto ? <Chip size="small" variant="outlined" sx={{ ml: 1 }} label={t.lot.auto} /> : null}
        {bid.bot ? <Chip size="small" variant="outlined" sx={{ ml: 1 }} label={t.lot.bot} /> : null}
        {bid.by === null ? null : (
          <Typography component="span" variant="body2" sx={{ display: 'block', color: 'text.secondary' }}>
            {t.guests.enteredBy(bid.by.peerId === me ? t.common.you(bid.by.name) : bid.by.name)}
          </Typography>
        )}
      </TableCell>
      <TableCell>
        <StateChip of="bid" state={bid.state} />
      </TableCell>
      <TableCell>{timeText(bid.at)}</TableCell>
      <TableCell align="right">#{bid.entry}</TableCell>
    </TableRow>
  );
};

export const BidHistory = ({ lot }: { readonly lot: LotView }) => {
  const me = useMe();
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Typography component="h2" variant="h3" id="history-title">
        {t.lot.history}
      </Typography>
      {lot.bids.length === 0 ? (
        <Typography sx={{ color: 'text.secondary', mt: 1 }}>{t.lot.noBids}</Typography>
      ) : (
        <TableBox label={t.lot.history} plain maxHeight={360}>
          <Table stickyHeader aria-labelledby="history-title">
            <TableHead>
              <TableRow>
                <TableCell align="right">{t.common.amount}</TableCell>
                <TableCell>{t.lot.bidder}</TableCell>
                <TableCell>{t.common.state}</TableCell>
                <TableCell>{t.common.time}</TableCell>
                <TableCell align="right">{t.common.entry}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {lot.bids
                .toSorted((a, b) => b.entry - a.entry)
                .map((bid) => (
                  <Row key={`${bid.entry}/${bid.bidder.peerId}/${bid.amount.minor}`} bid={bid} me={me} />
                ))}
            </TableBody>
          </Table>
        </TableBox>
      )}
    </Paper>
  );
};
