/**
 * Every seeded bug is found: the checkers are themselves under test here. A mutant that survives its seeds fails.
 */
import { expect, test } from 'vitest';
import { huntMutant, MUTANTS } from './mutants.ts';

test.each(MUTANTS)('without $rule: $name is caught within $within seeds', (mutant) => {
  expect(huntMutant(mutant, 1), `${mutant.name} survived ${mutant.within} seeds`).not.toBeNull();
});
