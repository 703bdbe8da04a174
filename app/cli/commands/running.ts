/** Commands that start peers: run, swarm; and the prompt of S0: shell. */
import { type Command, InvalidArgumentError } from 'commander';
import { act, type Run } from '../act.ts';
import { Ended } from '../context.ts';
import { EXIT } from '../exit.ts';
import { styled, table } from '../output.ts';
import { collect, listenAddress, percent, portNumber, wholeNumber } from '../parse.ts';
import { swarmDir } from '../profile.ts';
import { type RunOptions, runPeer } from '../run.ts';
import { shell } from '../shell.ts';
import { FIRST_UDP_PORT, FIRST_WEB_PORT, MAX_DESKS, swarmDown, swarmStatus, swarmUp } from '../swarm.ts';

const oneOf =
  (names: readonly string[]) =>
  (text: string): string => {
    if (!names.includes(text)) throw new InvalidArgumentError(`Give one of: ${names.join(', ')}.`);
    return text;
  };
const presetNames = ['lan', 'demo', 'classroom', 'wifi', 'event'] as const;
const takeoverNames = ['onCaughtUp', 'never', 'demo'] as const;
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** Fewer would save more than it trades. */
const MIN_SNAPSHOT_ENTRIES = 10;
function entries(text: string): number {
  const count = wholeNumber(text);
  if (count < MIN_SNAPSHOT_ENTRIES) throw new InvalidArgumentError(`At least ${MIN_SNAPSHOT_ENTRIES}.`);
  return count;
}

function marketOptions(command: Command): Command {
  return command
    .option('--preset <name>', presetNames.join(', '), oneOf(presetNames))
    .option('--currency <code>', 'like EUR')
    .option('--commission <percent>', 'of every sale', percent)
    .option('--takeover <when>', takeoverNames.join(', '), oneOf(takeoverNames))
    .option('--availability <rule>', 'safe, or available: desktops that miss the others go on by themselves', oneOf(['safe', 'available']))
    .option('--log-level <level>', levels.join(', '), oneOf(levels), 'info')
    .option('--no-multicast', 'find desktops by address only')
    .option('--fresh', 'forget everything of this profile first');
}

function addRun(run: Run, program: Command): void {
  const command = marketOptions(
    program
      .command('run')
      .description('run a peer without a window')
      .option('--headless', 'no pages, only the interface')
      .option('--web [address]', 'serve the pages, at PORT or HOST:PORT', listenAddress)
      .option('--name <name>', 'of this desktop')
      .option('--priority <n>', 'the strongest leads', wholeNumber)
      .option('--market <name>', 'join this market')
      .option('--code <code>', 'its join code')
      .option('--create', 'create the market instead of joining it')
      .option('--port <n>', 'UDP port', portNumber)
      .option('--rejoin', 'put a damaged log aside and join again as a new member')
      .option('--allow-copy', 'start beside a running copy of this data folder, to see how the others tell them apart')
      .option('--snapshot-every <entries>', 'save the state after so many entries', entries)
      .option('--peer <host:port>', 'a desktop to contact', collect, [])
      .option('--yes', 'do not ask'),
  );
  act<Omit<RunOptions, 'desk' | 'profile' | 'dataDir' | 'json' | 'quiet'>>(run, command, (_args, options, context) =>
    runPeer(run.surroundings.openPeer, { ...options, ...context.options }, context.output, run.surroundings.stop),
  );
}

interface UpOptions {
  readonly n: number;
  readonly webBase: number;
  readonly portBase: number;
  readonly preset?: string;
  readonly currency?: string;
  readonly commission?: number;
  readonly takeover?: string;
  readonly fresh?: boolean;
  readonly multicast: boolean;
  readonly logLevel: string;
}

function addSwarm(run: Run, program: Command): void {
  const swarm = program.command('swarm').description('several desktops on this machine');
  const up = marketOptions(
    swarm
      .command('up')
      .description('start them and wait until they are one market')
      .option('-n <count>', 'how many', wholeNumber, 5)
      .option('--web-base <port>', 'of Desk-1', portNumber, FIRST_WEB_PORT)
      .option('--port-base <port>', 'UDP port of Desk-1', portNumber, FIRST_UDP_PORT),
  );
  act<UpOptions>(run, up, async (_args, options, context) => {
    const { n: count, webBase, portBase: udpBase } = options;
    if (count < 1 || count > MAX_DESKS) throw new Ended(EXIT.usage, `A swarm has 1 to ${MAX_DESKS} desktops.`);
    if (Math.max(webBase, udpBase) + count > 65_535) throw new Ended(EXIT.usage, 'Those ports are too high.');
    const desks = await swarmUp(
      {
        count,
        dir: swarmDir(context.options),
        program: run.surroundings.program,
        webBase,
        udpBase,
        fresh: options.fresh === true,
        multicast: options.multicast,
        preset: options.preset ?? 'demo',
        currency: options.currency,
        commission: options.commission,
        takeover: options.takeover,
        logLevel: options.logLevel,
      },
      run.surroundings.stop,
    );
    context.show(desks, () => desks.map((desk) => `${desk.name} ${desk.ownerUrl}`).join('\n'));
  });
  act(run, swarm.command('status', { isDefault: true }).description('which run, and what they see'), async (_args, _options, context) => {
    const desks = await swarmStatus(swarmDir(context.options));
    context.show(desks, () =>
      table(
        ['NAME', 'PID', 'STATE', 'LEADER', 'TERM', 'ENTRY', 'DESKTOPS', 'ADDRESS'],
        desks.map((desk) => [
          desk.name,
          String(desk.pid),
          desk.running ? 'running' : 'stopped',
          desk.leader ?? '–',
          desk.term === null ? '–' : String(desk.term),
          desk.entry === null ? '–' : `#${desk.entry}`,
          desk.desktops ?? '–',
          desk.url,
        ]),
        ['PID', 'TERM', 'ENTRY'],
        'No swarm is running for this profile.',
      ),
    );
    return desks.some((desk) => desk.running) ? EXIT.ok : EXIT.unreachable;
  });
  act(run, swarm.command('down').description('stop them; their data stays'), async (_args, _options, context) => {
    const count = await swarmDown(swarmDir(context.options));
    context.show({ stopped: count }, () =>
      count === 0 ? 'No swarm was running.' : styled(context.output, 'green', `${count} desktops stopped.`),
    );
  });
}

export function addRunning(run: Run, program: Command): void {
  addRun(run, program);
  addSwarm(run, program);
  act(run, program.command('shell').description('a prompt: list, start, join, bid, info, exit'), (_args, _options, context) =>
    shell(context, process.stdin, run.surroundings.stop),
  );
}
