/**
 * How a command of the program becomes an exit code.
 *
 * Each command adds itself with `act`; what it throws or returns is turned into words on stderr and one of the codes of `exit.ts`
 * in one place.
 */
import { type Command, Option } from 'commander';
import type { MarketClient } from '../../shared/contract.ts';
import type { OpenPeer } from '../api/peerPort.ts';
import { type Context, createContext, Ended, type GlobalOptions, type WriteOptions } from './context.ts';
import { EXIT, type Exit } from './exit.ts';
import type { Output } from './output.ts';
import { isProfileName } from './profile.ts';

export interface Surroundings {
  /** Made when the options are known, because they decide about colours. */
  output(noColor: boolean): Output;
  readonly version: string;
  readonly openPeer: OpenPeer;
  /** Replaced in tests. */
  readonly find?: (dataDir: string, timeoutMs: number) => Promise<MarketClient | null>;
  /** Path of the program itself, to start more of it. */
  readonly program: string;
  /** Ends when the person wants to stop (Ctrl+C, kill). */
  readonly stop: AbortSignal;
}

export interface Run {
  readonly surroundings: Surroundings;
  exit: Exit;
}

interface RawGlobals {
  readonly profile: string;
  readonly dataDir?: string;
  readonly desk?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly timeout: number;
  readonly color: boolean;
}

function globalsOf(raw: RawGlobals): GlobalOptions {
  if (!isProfileName(raw.profile)) throw new Ended(EXIT.usage, 'A profile name has letters, digits, dots, dashes and underscores only.');
  return {
    profile: raw.profile,
    dataDir: raw.dataDir,
    desk: raw.desk,
    json: raw.json === true,
    quiet: raw.quiet === true,
    timeoutMs: raw.timeout,
  };
}

/** Lets `command` run `body` with its arguments; the last is always the context. */
export function act<O extends object>(
  run: Run,
  command: Command,
  body: (args: readonly string[], options: O, context: Context) => Promise<Exit | void>,
): Command {
  return command.action(async () => {
    const raw: RawGlobals & O = command.optsWithGlobals();
    const output = run.surroundings.output(raw.color === false);
    try {
      const context = createContext(globalsOf(raw), output, run.surroundings.find);
      const args = command.processedArgs
        .flatMap((value: unknown) => (Array.isArray(value) ? value : [value]))
        .filter((value) => value !== undefined);
      run.exit = (await body(args.map(String), raw, context)) ?? EXIT.ok;
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      output.say(error.message);
      run.exit = error.exit;
    }
  });
}

/** The two options every write takes. */
export function writing(command: Command): Command {
  return command
    .option('--request-id <uuid>', 'repeat safely: the same id gives the first result')
    .addOption(new Option('--wait <what>', 'for the decision, or not at all').choices(['committed', 'queued']).default('committed'));
}

export function asWrite(options: { readonly requestId?: string; readonly wait?: string }): WriteOptions {
  return { requestId: options.requestId, wait: options.wait === 'queued' ? 'queued' : 'committed' };
}
