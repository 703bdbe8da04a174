/**
 * The small parts every page is made of, each alone in a real browser.
 */
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { speak, t } from '../text/t.ts';
import { Grid } from './Grid.tsx';
import { StateChip } from './StateChip.tsx';
import { MoneyField, NameField } from './fields.tsx';

afterEach(() => speak('en', ['en-GB']));

const Price = () => {
  const [text, setText] = useState('');
  return <MoneyField label="Price" value={text} onChange={setText} help="What one costs" />;
};

test.each([
  ['45', 'What one costs'],
  ['45.50', 'What one costs'],
  ['45,50', 'What one costs'],
  ['1,234', 'Is 1,234 one thousand or one point two? Type 1234 or 1.23.'],
  ['abc', 'Enter an amount like 45 or 45.50.'],
  ['', 'What one costs'],
])('[U13] the money field keeps "%s" as it was typed and says: %s', async (typed, words) => {
  mount(<Price />);
  const field = page.getByLabelText('Price');
  await field.fill(typed);
  await expect.element(field).toHaveValue(typed);
  await expect.element(page.getByText(words)).toBeVisible();
  await expect.element(field).toHaveAttribute('aria-invalid', String(words !== 'What one costs'));
});

test('[U13] a name is asked for only when somebody has been there', async () => {
  const Name = () => {
    const [text, setText] = useState('');
    return <NameField label="Name" value={text} onChange={setText} />;
  };
  mount(<Name />);
  await expect.element(page.getByText('Give it a name.')).not.toBeInTheDocument();
  await page.getByLabelText('Name').fill('x');
  await page.getByLabelText('Name').fill('');
  await expect.element(page.getByText('Give it a name.')).toBeVisible();
});

test('every state of a lot has its own word, and a shape beside the colour', async () => {
  mount(
    <>
      <StateChip of="lot" state="draft" />
      <StateChip of="lot" state="ready" />
      <StateChip of="lot" state="waiting" />
      <StateChip of="lot" state="live" />
      <StateChip of="lot" state="paused" />
      <StateChip of="lot" state="closing" />
      <StateChip of="lot" state="sold" />
      <StateChip of="lot" state="notSold" />
      <StateChip of="lot" state="cancelled" />
      <StateChip of="lot" state="void" />
    </>,
  );
  await expect.element(page.getByText('Paused')).toBeVisible();
  const chips = [...document.querySelectorAll('[data-state]')];
  const shapes = chips.map((chip) => chip.querySelector('svg')?.dataset['testid']);
  expect(chips.map((chip) => chip.textContent)).toEqual([...new Set(Object.values(t.states.lot))]);
  // The shape alone tells all of them apart: nothing is lost on a grey print.
  expect(new Set(shapes).size).toBe(chips.length);
});

const rows = [
  { id: 'salt', count: 5 },
  { id: 'boar', count: 12 },
  { id: 'fish', count: 1 },
];
const columns = [
  { field: 'id', headerName: 'Name', width: 150 },
  { field: 'count', headerName: 'Count', type: 'number' as const, width: 150 },
];
const cells = (): string[] =>
  [...document.querySelectorAll('[role=row] [data-field=id]:not([role=columnheader])')].map((cell) => cell.textContent);

test('[U28] a list is sorted by a click on its head and walked with the arrow keys', async () => {
  mount(<Grid label="Goods" rows={rows} columns={columns} idOf={(row) => row.id} sort={[{ field: 'id', sort: 'asc' }]} />);
  await expect.element(page.getByRole('grid', { name: 'Goods' })).toBeVisible();
  await expect.poll(cells).toEqual(['boar', 'fish', 'salt']);
  await page.getByRole('columnheader', { name: 'Count' }).click();
  await expect.poll(cells).toEqual(['fish', 'salt', 'boar']);
  await page.getByRole('gridcell', { name: 'fish' }).click();
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement?.textContent).toBe('salt');
});
