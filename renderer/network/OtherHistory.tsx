/**
 * What was done on a history that does not count: every command of it, and whether it is missing. Nothing comes back by itself.
 */
import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { timeText } from '../format/time.ts';
import { Section } from '../parts/Section.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { useRead } from '../parts/useRead.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

export const OtherHistory = () => {
  const troubles = useView((view) => view.status?.troubles.length ?? 0);
  const [done, setDone] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const { value } = useRead(`divergences/${troubles}/${done}`, () => client().call('divergences', {}));
  const again = (requestId: string): void => {
    setProblem(null);
    void client()
      .call('divergence.replay', { requestId })
      .then((outcome) => {
        if (!outcome.ok) setProblem(refusalText(outcome.error));
        setDone((before) => before + 1);
      });
  };
  if (value === null || value.length === 0) return null;
  return (
    <Section title={t.history.title}>
      {problem === null ? null : <Alert severity="error">{problem}</Alert>}
      {value.map((history) => (
        <TableBox key={history.file} label={t.history.of(timeText(history.at))} plain>
          <Typography sx={{ mb: 1 }}>{t.history.what(history.leader, history.base, history.file)}</Typography>
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell>{t.history.entry}</TableCell>
                <TableCell>{t.history.by}</TableCell>
                <TableCell>{t.history.command}</TableCell>
                <TableCell>{t.history.state}</TableCell>
                <TableCell />
              </TableRow>
            </TableHead>
            <TableBody>
              {history.rows.map((row) => (
                <TableRow key={`${row.author}/${row.requestId}`}>
                  <TableCell>{row.entry === null ? '–' : `#${row.entry}`}</TableCell>
                  <TableCell>{row.author}</TableCell>
                  <TableCell>{row.text}</TableCell>
                  <TableCell>{t.history.states[row.state]}</TableCell>
                  <TableCell>
                    {row.own && row.state === 'replayable' ? (
                      <Button size="small" onClick={() => again(row.requestId)}>
                        {t.history.again}
                      </Button>
                    ) : null}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableBox>
      ))}
    </Section>
  );
};
