/**
 * What a scan in the warehouse has found: the goods, ready for stock in, stock out and counting; or what to do when there are none.
 */
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { isBarcode } from '../../shared/barcode.ts';
import type { ItemView, StockView } from '../../shared/views.ts';
import { looksScanned, sameBarcode } from '../parts/codes.ts';
import { href } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import type { StockAction } from './StockActions.tsx';

interface Props {
  /** Whole, as it was scanned. */
  readonly code: string;
  /** My goods it stands for, or null. */
  readonly row: StockView | null;
  readonly closed: boolean;
  onAction(row: StockView, action: StockAction): void;
  onTakeIn(item: ItemView): void;
  onNew(barcode: string): void;
}

const ACTIONS = ['in', 'out', 'adjust'] as const;

export const Scanned = ({ code, row, closed, onAction, onTakeIn, onNew }: Props) => {
  const item = useView((view) => view.items.find((one) => sameBarcode(one.barcode, code)));
  if (row === null && item !== undefined) {
    return (
      <Alert
        severity="info"
        sx={{ mb: 1.5 }}
        action={
          <Button color="inherit" size="small" disabled={closed} onClick={() => onTakeIn(item)}>
            {t.inventory.verbs.in}
          </Button>
        }
      >
        {t.inventory.elsewhere(item.name)}
      </Alert>
    );
  }
  if (row === null) {
    if (!looksScanned(code)) return null;
    return (
      <Alert
        severity="info"
        sx={{ mb: 1.5 }}
        action={
          <Button color="inherit" size="small" disabled={closed || !isBarcode(code)} onClick={() => onNew(code)}>
            {t.inventory.withCode}
          </Button>
        }
      >
        {t.inventory.noCode(code)}
      </Alert>
    );
  }
  return (
    <Paper variant="outlined" component="section" aria-label={row.name} sx={{ p: 1.5, mb: 1.5, borderColor: 'primary.main' }}>
      <Stack direction="row" useFlexGap spacing={1} sx={{ alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography component="output" sx={{ mr: 'auto' }}>
          <strong>{row.name}</strong> · {t.inventory.onHandHelp(row.onHand, row.available)}
        </Typography>
        {ACTIONS.map((action) => (
          <Button
            key={action}
            size="small"
            variant={action === 'in' ? 'contained' : 'outlined'}
            disabled={closed}
            aria-label={t.inventory.dialog[action](row.name)}
            onClick={() => onAction(row, action)}
          >
            {t.inventory.verbs[action]}
          </Button>
        ))}
        <Button size="small" component="a" href={href('inventory', 'count', row.itemId)}>
          {t.inventory.countIt}
        </Button>
      </Stack>
    </Paper>
  );
};
