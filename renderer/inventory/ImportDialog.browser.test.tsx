/**
 * What the dry run of an import says before anything is asked for.
 */
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { ImportDialog } from './ImportDialog.tsx';

test('[U26] a column that is not read is named beside the rows that are ready', async () => {
  mount(<ImportDialog onClose={() => undefined} />);
  const file = new File(['Name;Preis;Menge;Farbe\nVase;12,50;3;blau\n'], 'list.csv', { type: 'text/csv' });
  await userEvent.upload(page.getByLabelText('Choose a file'), file);
  await expect.element(page.getByText('1 row ready. Nothing has been changed yet.')).toBeVisible();
  await expect.element(page.getByText('One row has a price: it is offered at once.')).toBeVisible();
  await expect.element(page.getByText('Columns that are not read: Farbe.')).toBeVisible();
});
