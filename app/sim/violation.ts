/**
 * A broken rule: which one, who broke it, and what was seen. Thrown by checkers; it ends the run, because after it nothing means much.
 */
export class Violation extends Error {
  readonly rule: string;
  readonly what: string;
  /** The desktop concerned, by id, when it is one. */
  readonly desk: string | null;

  constructor(rule: string, what: string, desk: string | null = null) {
    super(`${rule}: ${what}`);
    this.rule = rule;
    this.what = what;
    this.desk = desk;
  }
}
