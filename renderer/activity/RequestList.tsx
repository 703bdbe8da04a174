/**
 * Every request of this desktop with its state in words; nothing ever ends in a spinner. Requests that cross those of others carry
 * the badge that says so.
 */
import CrossIcon from '@mui/icons-material/CallSplitOutlined';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { RequestView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import { askedText, requestText } from '../format/requestText.ts';
import { timeText } from '../format/time.ts';
import { Empty } from '../parts/Empty.tsx';
import { StateChip } from '../parts/StateChip.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { attempt } from '../state/requests.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

const Row = ({ request }: { readonly request: RequestView }) => {
  return (
    <TableRow data-testid="request-row">
      <TableCell sx={{ whiteSpace: 'nowrap' }}>{timeText(request.at)}</TableCell>
      <TableCell component="th" scope="row" sx={{ fontWeight: 600 }}>
        {askedText(request)}
      </TableCell>
      <TableCell>
        <StateChip of="request" state={request.state} />
      </TableCell>
      <TableCell>
        <Typography variant="body2">{requestText(request) ?? ''}</Typography>
        {request.concurrentWith.length === 0 ? null : (
          <Chip
            icon={<CrossIcon />}
            color="secondary"
            label={t.activity.concurrentWith(request.concurrentWith.join(', '))}
            sx={{ mt: 0.5, maxWidth: '100%' }}
          />
        )}
      </TableCell>
      <TableCell align="right">{request.entry === null ? '' : `#${request.entry}`}</TableCell>
      <TableCell align="right">
        {request.state === 'queued' ? (
          <Button
            size="small"
            aria-label={t.activity.cancelRequest(askedText(request))}
            onClick={() => void attempt(client().call('request.cancel', { requestId: request.requestId }))}
          >
            {t.common.cancel}
          </Button>
        ) : null}
      </TableCell>
    </TableRow>
  );
};

export const RequestList = ({ waitingOnly }: { readonly waitingOnly: boolean }) => {
  const requests = useView((view) => view.requests);
  const shown = requests
    .filter((request) => !waitingOnly || request.state === 'queued' || request.state === 'sending')
    .toSorted((a, b) => b.at - a.at || b.seq - a.seq);
  if (shown.length === 0) return <Empty text={waitingOnly ? t.activity.noQueue : t.activity.noRequests} />;
  return (
    <TableBox label={t.activity.requests}>
      <Table aria-label={t.activity.requests}>
        <TableHead>
          <TableRow>
            <TableCell>{t.common.time}</TableCell>
            <TableCell>{t.activity.request}</TableCell>
            <TableCell>{t.common.state}</TableCell>
            <TableCell>{t.activity.result}</TableCell>
            <TableCell align="right">{t.common.entry}</TableCell>
            <TableCell>
              <span className="visually-hidden">{t.common.actions}</span>
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {shown.map((request) => (
            <Row key={request.requestId} request={request} />
          ))}
        </TableBody>
      </Table>
    </TableBox>
  );
};
