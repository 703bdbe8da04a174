/** docs/SPEC.md and the tests agree: every rule names files that cite it, and no title cites a rule that is not there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const spec = readFileSync(path.join(root, 'docs/SPEC.md'), 'utf8');
/** In a call of `test`, or in the table of a test for each row. */
const TITLE = /\b(?:test(?:\.each(?:<[^(]*>)?\([\s\S]*?\))?\(|title:)\s*(['"`])((?:\[[A-Z]+\d*(?:\.\.[A-Z]?\d+)?\] ?)+)/g;

/** "E1" and "NK1..NK7" as [letters, from, to]; "L" has no number. */
function rangeOf(text: string): { letters: string; from: number; to: number } {
  const [, letters = '', from = '0', to = from] = /^([A-Z]+)(\d*)(?:\.\.[A-Z]*(\d+))?$/.exec(text) ?? [];
  return { letters, from: Number(from), to: Number(to) };
}

const rules = [
  ...spec.matchAll(/^- ((?:\*\*[A-Z]+\d*(?:\.\.[A-Z]+\d+)?\*\*|\*\*[A-Z0-9., ]+\*\*)) .*?(?:\*([^*\n]*\.ts[^\n]*)\*)?$/gm),
].map((m) => ({
  ranges: (m[1] ?? '').replaceAll('*', '').split(', ').map(rangeOf),
  files: (m[2] ?? '')
    .replaceAll('\\', '')
    .split(', ')
    .filter((f) => f.endsWith('.ts') && !f.includes('*')),
}));

const placeOf = (file: string): string => (file.includes('/') ? file : `app/core/${file}`);

function cited(file: string): ReturnType<typeof rangeOf>[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(TITLE)].flatMap((m) => [...(m[2] ?? '').matchAll(/\[([^\]]+)\]/g)].map((one) => rangeOf(one[1] ?? '')));
}

const meets = (a: ReturnType<typeof rangeOf>, b: ReturnType<typeof rangeOf>): boolean =>
  a.letters === b.letters && a.from <= b.to && b.from <= a.to;

test('every rule names tests that are there and cite it', () => {
  expect(rules.length).toBeGreaterThan(70);
  const wrong = rules.flatMap(({ ranges, files }) =>
    files.flatMap((file) => {
      const place = placeOf(file);
      if (!existsSync(path.join(root, place))) return [`${place} is not there`];
      const titles = cited(place);
      return ranges.some((rule) => titles.some((title) => meets(rule, title))) ? [] : [`${place} does not cite ${JSON.stringify(ranges)}`];
    }),
  );
  expect(wrong).toEqual([]);
});

test('no test of the core, the market or the simulator cites a rule that is not there', () => {
  const files = ['app/core', 'app/market', 'app/sim'].flatMap((dir) =>
    readdirSync(path.join(root, dir)).flatMap((name) => (name.endsWith('.test.ts') ? [`${dir}/${name}`] : [])),
  );
  const unknown = files.flatMap((file) =>
    cited(file).flatMap((title) =>
      rules.some(({ ranges }) => ranges.some((rule) => meets(rule, title))) ? [] : [`${file}: ${JSON.stringify(title)}`],
    ),
  );
  expect(files.length).toBeGreaterThan(10);
  expect(unknown).toEqual([]);
});
