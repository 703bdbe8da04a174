/**
 * The desktop's own log file: `peer.log` in the data folder, one JSON line an event, readable without the program.
 *
 * Levels: `info` keeps elections, membership and stops; `debug` also every request's way. At each start a large file becomes `peer.log.1`.
 */
import { renameSync, statSync } from 'node:fs';
import path from 'node:path';
import pino, { type Logger } from 'pino';

/** Larger keeps more history; two files of this size are the most there is. */
const MAX_BYTES = 5 * 1024 * 1024;
const LEVELS = new Set(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

/** An unknown level means `info`. */
export function openLog(dataDir: string, level: string): Logger {
  const file = path.join(dataDir, 'peer.log');
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_BYTES) renameSync(file, `${file}.1`);
  const destination = pino.destination({ dest: file, mkdir: true, sync: true, mode: 0o600 });
  return pino({ level: LEVELS.has(level) ? level : 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
