/**
 * The connection doctor: each check with its sentence, asked again on demand.
 */
import { useState } from 'react';
import NoIcon from '@mui/icons-material/CancelOutlined';
import UnknownIcon from '@mui/icons-material/HelpOutlined';
import YesIcon from '@mui/icons-material/CheckCircleOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { ApiError } from '../../shared/contract.ts';
import type { DoctorLine } from '../../shared/network.ts';
import { refusalText } from '../format/refusal.ts';
import { Section } from '../parts/Section.tsx';
import { t } from '../text/t.ts';
import { ScanDialog } from './ScanDialog.tsx';

const marks = {
  yes: { Icon: YesIcon, color: 'success.main' },
  no: { Icon: NoIcon, color: 'error.main' },
  unknown: { Icon: UnknownIcon, color: 'text.secondary' },
} as const satisfies Record<DoctorLine['ok'], unknown>;

/** What does not work comes first: that is what one has come for. */
const rank = { no: 0, unknown: 1, yes: 2 } as const satisfies Record<DoctorLine['ok'], number>;
const ordered = (lines: readonly DoctorLine[]): DoctorLine[] => lines.toSorted((a, b) => rank[a.ok] - rank[b.ok]);

export const DoctorLines = ({ lines }: { readonly lines: readonly DoctorLine[] }) => (
  <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
    {ordered(lines).map((line, i) => {
      const { Icon, color } = marks[line.ok];
      return (
        <Box
          component="li"
          key={`${line.check}/${i}`}
          data-code={line.code}
          sx={{ display: 'flex', gap: 1.5, py: 0.75, alignItems: 'flex-start', borderTop: i === 0 ? 0 : 1, borderColor: 'divider' }}
        >
          <Icon titleAccess={t.doctor.mark[line.ok]} sx={{ color, mt: '1px' }} />
          <Box sx={{ minWidth: 0 }}>
            <Typography component="span" sx={{ fontWeight: 600 }}>
              {t.doctor.check(line.check)}
            </Typography>
            <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
              {t.said.doctor(line)}
            </Typography>
          </Box>
        </Box>
      );
    })}
  </Box>
);

interface Props {
  readonly lines: readonly DoctorLine[];
  readonly error: ApiError | null;
  onAgain(): void;
}

export const Doctor = ({ lines, error, onAgain }: Props) => {
  const [scanning, setScanning] = useState(false);
  const copy = (): void => {
    const text = ordered(lines)
      .map((line) => `${t.doctor.mark[line.ok]}: ${t.doctor.check(line.check)}: ${t.said.doctor(line)}`)
      .join('\n');
    void navigator.clipboard?.writeText(text);
  };
  const wrong = lines.filter((line) => line.ok === 'no').length;
  return (
    <Section
      title={t.doctor.title}
      actions={
        <>
          <Button size="small" onClick={() => setScanning(true)}>
            {t.scan.button}
          </Button>
          <Button size="small" onClick={copy} disabled={lines.length === 0}>
            {t.doctor.copy}
          </Button>
          <Button size="small" variant="outlined" onClick={onAgain}>
            {t.doctor.again}
          </Button>
        </>
      }
    >
      {error === null ? null : <Alert severity="error">{refusalText(error)}</Alert>}
      {lines.length === 0 ? null : (
        <Alert severity={wrong === 0 ? 'success' : 'warning'} role="note" sx={{ mb: 1 }}>
          {t.doctor.verdict(wrong)}
        </Alert>
      )}
      <DoctorLines lines={lines} />
      {scanning ? <ScanDialog onClose={() => setScanning(false)} /> : null}
    </Section>
  );
};
