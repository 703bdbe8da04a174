/**
 * Who this desktop is: a name that is being typed stays, whatever arrives from outside meanwhile.
 */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { YouTab } from './YouTab.tsx';

test('[U48] a name in force that changes takes nobody’s typing away, and shows where nothing was typed', async () => {
  const fake = mount(<YouTab />);
  const { status } = fake.scene;
  const named = (name: string): void => fake.change({ status: { ...status, desk: { ...status.desk, name } } });
  const field = page.getByRole('textbox', { name: 'Name of this desktop' });
  await expect.element(field).toHaveValue(status.desk.name);
  named('Counter');
  await expect.element(field).toHaveValue('Counter');
  await field.fill('Front desk');
  named('Counter 2');
  await expect.element(page.getByRole('button', { name: 'Save' })).toBeEnabled();
  await expect.element(field).toHaveValue('Front desk');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(() => fake.calls.filter((call) => call.method === 'desk.rename').map((call) => call.params))
    .toEqual([{ name: 'Front desk' }]);
});

test('[U48] the name that was given stands there with its answer, before the page hears of it; what is typed then counts', async () => {
  const fake = mount(<YouTab />);
  const { status } = fake.scene;
  const before = status.desk.name;
  const field = page.getByRole('textbox', { name: 'Name of this desktop' });
  const save = page.getByRole('button', { name: 'Save' });
  await field.fill('Counter');
  await save.click();
  await expect.element(save).toBeDisabled();
  await expect.element(field).toHaveValue('Counter');
  await field.fill(before);
  await expect.element(save).toBeEnabled();
  await save.click();
  await expect.element(field).toHaveValue(before);
  // What the page hears later counts more, also when it is a name that was there before.
  for (const name of ['Desk-9', before, 'Counter']) {
    fake.change({ status: { ...status, desk: { ...status.desk, name } } });
    await expect.element(field).toHaveValue(name);
  }
});
