/** The two ways a command can end, and the shape of the function that decides it. */
import type { CommandOf, CommandType } from '../../shared/commands.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { PeerId } from '../../shared/ids.ts';
import type { Books } from './state.ts';
import type { ApplyContext, CommandResult, Facts } from './types.ts';

/** Applies one kind of command: first decides without touching anything, then changes. */
export type Rule<T extends CommandType> = (books: Books, ctx: ApplyContext, author: PeerId, command: CommandOf<T>) => CommandResult;

export function accepted(data: Facts): CommandResult {
  return { ok: true, data };
}

export function refused(code: ErrorCode, details: Facts = {}): Extract<CommandResult, { ok: false }> {
  return { ok: false, code, details };
}
