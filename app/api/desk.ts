/** Methods about this desktop and its group: markets, names, addresses, leadership, simulated crashes. */
import type { Outcome } from '../../shared/contract.ts';
import { decimalsOf } from '../../shared/money.ts';
import type { StatusView } from '../../shared/views.ts';
import { refusal } from './commands.ts';
import { done, type Handlers } from './handlers.ts';
import type { PeerPort } from './peerPort.ts';
import type { Reader } from './views/reader.ts';
import { statusView } from './views/status.ts';

type Desk = Pick<
  Handlers,
  | 'market.create'
  | 'market.join'
  | 'market.leave'
  | 'desk.rename'
  | 'desk.reset'
  | 'network.set'
  | 'peers.add'
  | 'peers.scan'
  | 'peers.forget'
  | 'peers.evict'
  | 'trouble.dismiss'
  | 'fault.crash'
  | 'fault.recover'
  | 'leader.elect'
  | 'leader.stepDown'
  | 'leader.continueAlone'
  | 'leader.acceptAlone'
>;

const DEFAULT_COMMISSION_PERCENT = 10;

export function deskHandlers(port: PeerPort, look: () => Reader): Desk {
  /** The status after something was done, or why it was not. */
  const after = async (doing: Promise<Outcome<null>>): Promise<Outcome<StatusView>> => {
    const outcome = await doing;
    return outcome.ok ? done(statusView(look())) : outcome;
  };
  return {
    'market.create': (params) => {
      const { currency = 'EUR', preset = 'lan', commissionPercent = DEFAULT_COMMISSION_PERCENT } = params;
      return after(
        port.createMarket({
          name: params.name,
          code: params.code ?? null,
          currency,
          decimals: decimalsOf(currency),
          commissionBps: Math.round(commissionPercent * 100),
          preset,
          takeover: params.takeover ?? 'never',
          availability: params.availability ?? 'safe',
          allowNegative: params.allowNegative ?? true,
          faultsAllowed: params.faultsAllowed ?? preset !== 'event',
        }),
      );
    },
    'market.join': ({ name, code, address }) => after(port.joinMarket({ name, code: code ?? null, address: address ?? null })),
    'market.leave': () => after(port.leave()),
    'desk.rename': ({ name }) => after(port.rename(name)),
    'desk.reset': ({ name }) => after(port.reset(name)),
    'network.set': async (change) => {
      const changed = await port.desktop.changeNetwork(change);
      return changed.ok ? done(await port.desktop.network()) : changed;
    },
    'peers.add': ({ address }) => port.addAddress(address),
    'peers.scan': () => port.desktop.scan(),
    'peers.forget': ({ peerId }) => port.forgetAddresses(peerId ?? null),
    'peers.evict': ({ peerId }) => after(port.evict(peerId)),
    'trouble.dismiss': ({ code }) => after(port.dismiss(code)),
    'fault.crash': ({ target, forMs }) => {
      const reader = look();
      if (reader.core === null) return refusal(reader, 'NO_MARKET');
      if (target === 'leader' && reader.core.leader === null) return refusal(reader, 'NO_LEADER');
      return port.crashNow(target, forMs ?? null);
    },
    // Without a target: whatever is crashed as seen from here.
    'fault.recover': ({ target }) => port.recover(target ?? (port.phase() === 'crashed' ? 'self' : 'all')),
    'leader.elect': () => after(port.elect()),
    'leader.stepDown': () => after(port.stepDown()),
    'leader.continueAlone': ({ confirm }) => port.continueAlone(confirm ?? null),
    'leader.acceptAlone': () => after(port.acceptAlone()),
  };
}
