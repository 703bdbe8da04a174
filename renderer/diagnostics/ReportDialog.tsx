/**
 * A bug report: everything that will be in it is shown first, file by file, and exactly that is saved.
 */
import { useId, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Typography from '@mui/material/Typography';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { sizeText } from '../format/size.ts';
import { saveFile } from '../parts/saveText.ts';
import { useRead } from '../parts/useRead.ts';
import { t } from '../text/t.ts';
import { zipOf } from './zip.ts';

/** More is in the file than anybody reads in a window. */
const SHOWN_CHARS = 40_000;

export const ReportDialog = ({ onClose }: { onClose(): void }) => {
  const titleId = useId();
  const [maskNames, setMaskNames] = useState(false);
  const [chosen, setChosen] = useState(0);
  const { value: report, error } = useRead(`report/${String(maskNames)}`, () => client().call('report', { maskNames }));
  const file = report?.files[chosen];
  const save = (): void => {
    if (report === null) return;
    saveFile(report.name, new Blob([zipOf(report.files, Date.now())], { type: 'application/zip' }));
    onClose();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="md">
      <DialogTitle id={titleId}>{t.report.title}</DialogTitle>
      <DialogContent>
        <Stack spacing={1.5}>
          <Typography>{t.report.what}</Typography>
          <FormControlLabel control={<Switch checked={maskNames} onChange={(_, on) => setMaskNames(on)} />} label={t.report.mask} />
          {error === null ? null : <Alert severity="error">{refusalText(error)}</Alert>}
          {report === null ? null : (
            <Box>
              <Tabs
                value={chosen}
                onChange={(_, next: number) => setChosen(next)}
                aria-label={t.report.files}
                variant="scrollable"
                scrollButtons="auto"
              >
                {report.files.map((one, i) => (
                  <Tab
                    key={one.name}
                    value={i}
                    label={one.name}
                    id={`report-${i}`}
                    aria-controls="report-text"
                    sx={{ textTransform: 'none' }}
                  />
                ))}
              </Tabs>
              <Box
                component="pre"
                role="tabpanel"
                id="report-text"
                aria-labelledby={`report-${chosen}`}
                tabIndex={0}
                sx={{
                  m: 0,
                  p: 1.5,
                  height: '40vh',
                  overflow: 'auto',
                  border: 1,
                  borderColor: 'divider',
                  fontSize: '0.8125rem',
                  whiteSpace: 'pre-wrap',
                  overflowWrap: 'anywhere',
                }}
              >
                {file === undefined || file.text === '' ? t.report.empty : file.text.slice(-SHOWN_CHARS)}
              </Box>
              <Typography variant="body2" sx={{ color: 'text.secondary', mt: 0.5 }}>
                {t.report.size(report.name, sizeText(report.files.reduce((sum, one) => sum + one.text.length, 0)))}
              </Typography>
            </Box>
          )}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t.common.cancel}</Button>
        <Button variant="contained" onClick={save} disabled={report === null}>
          {t.report.save}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
