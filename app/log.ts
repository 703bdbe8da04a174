/**
 * The desktop's own log file: `peer.log` in the data folder, one JSON line an event, readable without the program.
 *
 * Levels: `info` keeps elections, membership and stops; `debug` also every request's way. At each start a large file becomes `peer.log.1`.
 *
 * A line that the disk does not take is lost, and nothing else: the desktop must be able to say that its disk is full. (The logger's own
 * file writer ends the process at the first failed line, and blocks for ever when the line is fatal.)
 */
import { mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import pino, { type DestinationStream, type Logger } from 'pino';

/** Larger keeps more history; two files of this size are the most there is. */
const MAX_BYTES = 5 * 1024 * 1024;
const LEVELS = new Set(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

function openFile(dataDir: string): number | null {
  const file = path.join(dataDir, 'peer.log');
  try {
    mkdirSync(dataDir, { recursive: true });
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size > MAX_BYTES) renameSync(file, `${file}.1`);
    return openSync(file, 'a', 0o600);
  } catch {
    return null;
  }
}

function lines(file: number | null): DestinationStream {
  let torn = false;
  return {
    write(line) {
      if (file === null) return;
      const bytes = Buffer.from(torn ? `\n${line}` : line);
      try {
        torn = writeSync(file, bytes) < bytes.length;
      } catch {
        torn = true;
      }
    },
  };
}

/** An unknown level means `info`. */
export function openLog(dataDir: string, level: string): Logger {
  const options = { level: LEVELS.has(level) ? level : 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return pino(options, lines(openFile(dataDir)));
}
