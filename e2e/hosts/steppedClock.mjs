/**
 * Loaded into a desktop before its own code (`node --import`): what its programs call the time is the real one and the seconds that stand
 * in the file STEPPED_CLOCK, looked at five times a second. Timers and the monotonic clock stay what they are, as when a person sets the clock.
 */
import { readFileSync } from 'node:fs';

const EVERY_MS = 200;
const file = process.env['STEPPED_CLOCK'] ?? '';
const real = Date.now.bind(Date);
let offsetMs = 0;

const look = () => {
  const seconds = Number(readFileSync(file, 'utf8'));
  if (Number.isFinite(seconds)) offsetMs = seconds * 1_000;
};
const now = () => real() + offsetMs;

look();
setInterval(look, EVERY_MS).unref();
globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new Date(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
