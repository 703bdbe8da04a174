/**
 * Rules that few auctions need, folded away until somebody asks for them: an end by the logical clock, and a host with backups.
 */
import { useId, useState } from 'react';
import ExpandIcon from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Collapse from '@mui/material/Collapse';
import { ChoiceField } from '../parts/ChoiceField.tsx';
import { FieldGroup } from '../parts/FieldGroup.tsx';
import { WholeField } from '../parts/fields.tsx';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { backupCounts, mayHaveBackups, uses } from './draft.ts';
import type { PartProps } from './HowFields.tsx';

export const MoreFields = ({ draft, problems, set }: PartProps) => {
  const words = t.newAuction;
  const [open, setOpen] = useState(false);
  const fieldsId = useId();
  const debts = useView((view) => view.status?.market?.allowNegative === true);
  const [ticks, backups] = [uses(draft.kind, 'ticks'), mayHaveBackups(draft, debts)];
  if (!ticks && !backups) return null;
  return (
    <Box>
      <Button
        aria-expanded={open}
        aria-controls={fieldsId}
        onClick={() => setOpen(!open)}
        startIcon={<ExpandIcon sx={{ transform: open ? 'rotate(180deg)' : 'none' }} />}
      >
        {words.moreRules}
      </Button>
      <Collapse in={open} id={fieldsId} unmountOnExit>
        <FieldGroup title={words.moreRules} quiet>
          {ticks ? (
            <WholeField
              label={words.ticks}
              value={draft.ticks}
              onChange={(ticks) => set({ ticks })}
              help={words.ticksHelp}
              problem={problems.ticks ?? null}
            />
          ) : null}
          {backups ? (
            <ChoiceField
              label={words.backups}
              value={draft.backups}
              choices={backupCounts.map((count) => [count, words.backupsOf(count)] as const)}
              onChange={(backups) => set({ backups })}
              help={words.backupsHelp}
            />
          ) : null}
        </FieldGroup>
      </Collapse>
    </Box>
  );
};
