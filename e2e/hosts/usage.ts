/** What a running desktop costs its machine, read from the system: memory, processor time, bytes of its data folder. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export interface Usage {
  readonly rssMb: number;
  /** User and system time since its start. */
  readonly cpuMs: number;
  readonly dataMb: number;
}

const MB = 2 ** 20;
/** Ticks of /proc/PID/stat in a second. */
const HERTZ = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

function bytesIn(dir: string): number {
  let bytes = 0;
  for (const file of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    if (!file.isFile()) continue;
    // The store removes files while this looks.
    bytes += statSync(path.join(file.parentPath, file.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

/** Processor time of a process, ms. Throws when there is none with this number. */
export function cpuMsOf(pid: number): number {
  // The name, in brackets, may contain spaces; user and system time are the 14th and 15th field.
  const [user, system] = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ').slice(11, 13);
  return ((Number(user) + Number(system)) * 1_000) / HERTZ;
}

export function usageOf(pid: number, dataDir: string): Usage {
  const kb = Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  return { rssMb: (kb * 1_024) / MB, cpuMs: cpuMsOf(pid), dataMb: bytesIn(dataDir) / MB };
}
