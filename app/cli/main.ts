/** Entry of the `tradepost` command. */
import { openPeer } from '../peer.ts';
import { VERSION } from '../api/version.ts';
import { processOutput } from './output.ts';
import { runCommandLine } from './program.ts';

const stop = new AbortController();
let asked = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stop.abort();
    asked += 1;
    // A second Ctrl+C means it.
    if (asked > 1) process.exit(130);
  });
}
// A closed pipe (`tradepost log tail | head`) ends the command without a complaint.
process.stdout.on('error', () => process.exit(0));

process.exitCode = await runCommandLine(
  process.argv.slice(2),
  { output: processOutput, version: VERSION, openPeer, program: process.argv[1] ?? '', stop: stop.signal },
  process.env,
);
if (process.exitCode !== 0 || stop.signal.aborted) process.exit();
