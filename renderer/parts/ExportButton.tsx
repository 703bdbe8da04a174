/**
 * Saves what a list shows as a CSV file.
 */
import ExportIcon from '@mui/icons-material/DownloadOutlined';
import Button from '@mui/material/Button';
import { t } from '../text/t.ts';
import { saveText } from './saveText.ts';

interface Props {
  /** Name of the file without its ending. */
  readonly name: string;
  text(): string;
}

export const ExportButton = ({ name, text }: Props) => (
  <Button startIcon={<ExportIcon />} onClick={() => saveText(`${name}.csv`, 'text/csv', text())}>
    {t.csv.exportMenu}
  </Button>
);
