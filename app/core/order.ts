/**
 * Fair order of a batch (DESIGN 11): causality first, then a lottery that nobody could know when the command was signed.
 *
 * Arrival order would favour whoever sits next to the leader; client timestamps are free to forge. Everybody recomputes the permutation.
 */
import { happenedBefore, type Stamped } from './vectorClock.ts';

type Sha256 = (...parts: string[]) => string;

/** Positions of `commands` in the order of execution: Kahn's algorithm, smallest ticket among the causally free first. */
export function fairOrder(commands: readonly Stamped[], previousHash: string, sha256: Sha256): number[] {
  const n = commands.length;
  if (n === 1) return [0];
  const tickets = commands.map((c) => sha256(previousHash, c.command.clientId, String(c.command.seq)));
  const blockers = commands.map(() => 0);
  const unblocks: number[][] = commands.map(() => []);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const a = commands[i];
      const b = commands[j];
      if (i === j || a === undefined || b === undefined || !happenedBefore(a, b) || happenedBefore(b, a)) continue;
      unblocks[i]?.push(j);
      blockers[j] = (blockers[j] ?? 0) + 1;
    }
  }
  const free: number[] = [];
  for (let i = 0; i < n; i++) if (blockers[i] === 0) free.push(i);
  const order: number[] = [];
  while (free.length > 0) {
    let best = 0;
    for (let k = 1; k < free.length; k++) {
      if ((tickets[free[k] ?? 0] ?? '') < (tickets[free[best] ?? 0] ?? '')) best = k;
    }
    const [taken] = free.splice(best, 1);
    if (taken === undefined) break;
    order.push(taken);
    for (const next of unblocks[taken] ?? []) {
      blockers[next] = (blockers[next] ?? 0) - 1;
      if (blockers[next] === 0) free.push(next);
    }
  }
  // Forged clocks can form a cycle; what is left runs in order of arrival, the same for everybody.
  const placed = new Set(order);
  for (let i = 0; i < n; i++) if (!placed.has(i)) order.push(i);
  return order;
}
