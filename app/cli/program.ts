/**
 * The `tradepost` command: all commands put together, and one function that runs a command line and gives its exit code.
 */
import { Command, CommanderError, Option } from 'commander';
import type { Run, Surroundings } from './act.ts';
import { addActivity } from './commands/activity.ts';
import { addAuctions } from './commands/auctions.ts';
import { addBots } from './commands/bots.ts';
import { addGoods } from './commands/goods.ts';
import { addNetwork } from './commands/network.ts';
import { addDivergences } from './commands/divergences.ts';
import { addGuests } from './commands/guests.ts';
import { addReceipts } from './commands/receipts.ts';
import { addRunning } from './commands/running.ts';
import { addReport } from './commands/saving.ts';
import { EXIT, type Exit } from './exit.ts';
import { durationMs, wholeNumber } from './parse.ts';

const DEFAULT_TIMEOUT = '5s';

/** The timing options of a whole program: one object, because commander parses defaults only when they are typed. */
function globals(program: Command, env: Readonly<Record<string, string | undefined>>): Command {
  return program
    .addOption(new Option('--profile <name>', 'which desktop of this user').default(env['TRADEPOST_PROFILE'] ?? 'default'))
    .option('--data-dir <dir>', 'where the profile lives')
    .option('--desk <n>', 'a desktop of the swarm', wholeNumber)
    .option('--json', 'one JSON object on stdout')
    .option('-q, --quiet', 'no words on success')
    .addOption(
      new Option('--timeout <time>', 'how long to wait').argParser(durationMs).default(durationMs(DEFAULT_TIMEOUT), DEFAULT_TIMEOUT),
    )
    .option('--no-color', 'no colours');
}

/** Every command gets the way of failing of the program: words on stderr, exit code 2, never the end of the process. */
function inherit(command: Command, write: (text: string) => void, say: (text: string) => void): void {
  command.exitOverride().configureOutput({ writeOut: write, writeErr: say });
  for (const child of command.commands) inherit(child, write, say);
}

/** Runs one command line (without node and program). */
export async function runCommandLine(
  args: readonly string[],
  surroundings: Surroundings,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Exit> {
  const run: Run = { surroundings, exit: EXIT.ok };
  const program = globals(new Command('tradepost'), env)
    .description('A market and auction room in which every desktop is a full peer')
    .version(surroundings.version, '-V, --version')
    .showHelpAfterError('(add --help for what is possible)');
  addRunning(run, program);
  addNetwork(run, program);
  addGoods(run, program);
  addAuctions(run, program);
  addBots(run, program);
  addActivity(run, program);
  addReceipts(run, program);
  addGuests(run, program);
  addDivergences(run, program);
  addReport(run, program);
  const output = surroundings.output(true);
  inherit(
    program,
    (text) => output.data(text.trimEnd()),
    (text) => output.say(text.trimEnd()),
  );
  try {
    await program.parseAsync([...args], { from: 'user' });
    return run.exit;
  } catch (error) {
    if (error instanceof CommanderError) {
      const fine = error.code === 'commander.helpDisplayed' || error.code === 'commander.version';
      return fine ? EXIT.ok : EXIT.usage;
    }
    output.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return EXIT.internal;
  }
}
