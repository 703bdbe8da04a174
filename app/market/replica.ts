/**
 * The market as the replicated machine of the protocol core: text in, result out.
 *
 * Commands are parsed again on every replica. One that does not parse is refused the same way everywhere; a market that cannot be restored
 * from a snapshot whose checksum was right is a broken invariant and stops the peer.
 */
import { parseCommand } from '../../shared/commands.ts';
import type { PeerId } from '../../shared/ids.ts';
import type { MarketRules } from '../../shared/rules.ts';
import { createMarket, restoreMarket } from './machine.ts';
import type { Room } from './pods/autopilot.ts';
import { parsePodCommand, POD_COMMAND } from './pods/commands.ts';
import type { Pods } from './pods/port.ts';
import { type MarketGenesis, systemCommand } from './records.ts';
import type { ApplyContext, CommandResult, JsonValue, Market } from './types.ts';

/** Takes a sequence number and does nothing: a request that was taken back before it left. */
const NOOP = '{"type":"noop"}';

/** Lost time up to this is given back to open lots by itself. */
const MAX_GIVEN_BACK_MS = 30_000;

/** The genesis of the log, as far as the market cares. */
export interface LogGenesis extends Omit<MarketGenesis, 'creator'> {
  readonly creator: { readonly peerId: PeerId };
}

export interface MarketMachine {
  readonly market: Market;
  execute(context: ApplyContext, author: PeerId, body: string): CommandResult;
  system(context: ApplyContext, body: string): void;
  leaderChange(context: ApplyContext, gapMs: number): void;
  admit(context: ApplyContext, peerId: PeerId, name: string, memberNo: number): void;
  present(context: ApplyContext, peerIds: readonly PeerId[]): void;
  operator(): PeerId;
  due(t: number, silent: (peerId: PeerId) => boolean, room?: Room): readonly string[];
  readonly pods: Pods;
  wantsTick(): boolean;
  snapshot(): JsonValue;
  rules(): MarketRules;
  digest(): string;
}

function machineOf(market: Market): MarketMachine {
  return {
    market,
    execute(context, author, body) {
      if (body === NOOP) return { ok: true, data: {} };
      if (body.startsWith(POD_COMMAND)) {
        const spoken = parsePodCommand(body);
        return spoken === null ? { ok: false, code: 'BAD_REQUEST', details: {} } : market.executePod(context, author, spoken);
      }
      const parsed = parseCommand(body);
      if (!parsed.ok) return { ok: false, code: parsed.code, details: {} };
      return market.execute(context, author, parsed.command);
    },
    system(context, body) {
      const parsed = systemCommand.safeParse(JSON.parse(body));
      if (parsed.success) market.system(context, parsed.data);
    },
    leaderChange(context, gapMs) {
      // After a longer darkness than can be given back nobody may win by it: the auctioneer resumes (DESIGN 12).
      const gap = Math.max(0, Math.round(gapMs));
      market.system(context, { type: 'leaderChange', gapMs: gap, pause: gap > MAX_GIVEN_BACK_MS });
    },
    admit: (context, peerId, name, memberNo) => market.admit(context, peerId, name, memberNo),
    present: (context, peerIds) => market.present(context, peerIds),
    operator: () => market.state.operator,
    due: (t, silent, room) => market.due(t, silent, room).map((command) => JSON.stringify(command)),
    pods: market.pods,
    wantsTick: () => market.wantsTick(),
    snapshot: () => market.snapshot(),
    rules: () => market.state.rules,
    digest: () => market.digest(),
  };
}

/** Builds and restores the replicated market; fits the core's `MachineFactory`. */
export const marketMachines = {
  create(genesis: LogGenesis): MarketMachine {
    return machineOf(createMarket({ ...genesis, creator: genesis.creator.peerId }));
  },
  restore(_genesis: LogGenesis, json: unknown): MarketMachine {
    const restored = restoreMarket(json);
    if (!restored.ok) throw new Error(`SNAPSHOT_BAD: ${restored.message}`);
    return machineOf(restored.market);
  },
};
