/**
 * Every seeded bug is found: the checkers are themselves under test here. A mutant that survives its seeds fails.
 */
import { expect, test } from 'vitest';
import { MUTANTS } from './mutants.ts';
import { runSeed } from './storm.ts';

test.each(MUTANTS)('mutant $name is caught within $within seeds', ({ name, within }) => {
  let caught: string | null = null;
  for (let seed = 1; seed <= within && caught === null; seed++) {
    const { violation } = runSeed(seed, { mutations: [name] });
    if (violation !== null && violation.rule !== 'crash') caught = violation.rule;
  }
  expect(caught, `${name} survived ${within} seeds`).not.toBeNull();
});
