/**
 * Which market this desktop belongs to: making one, getting in, getting out, its name, and where the others are.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { MarketCommand } from '../shared/commands.ts';
import type { Outcome } from '../shared/contract.ts';
import type { PeerId } from '../shared/ids.ts';
import type { CreateMarket, RequestRecord } from './api/peerPort.ts';
import type { Genesis } from './core/types.ts';
import { type Desk } from './desk.ts';
import { crashedText, done, failed, until } from './outcome.ts';
import { writeDesk } from './deskFile.ts';

const CREATE_WAIT_MS = 5_000;
const JOIN_WAIT_MS = 15_000;
const LEAVE_WAIT_MS = 10_000;
const RENAME_WAIT_MS = 2_000;

export class Memberships {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async create(options: CreateMarket): Promise<Outcome<null>> {
    const desk = this.#desk;
    const market = { name: options.name, code: options.code ?? '', creating: true };
    const entered = await desk.enter(market);
    const { engine } = desk;
    if (!entered.ok || engine === null) return entered;
    const { peerId, storeId, publicKey, address } = engine.self;
    const { code: _code, ...rules } = options;
    const genesis: Genesis = {
      ...rules,
      marketId: randomBytes(16).toString('hex'),
      availability: options.availability,
      commissionTo: options.preset === 'event' ? 'club' : 'leader',
      creator: { peerId, storeId, publicKey, address, memberNo: 1, priority: desk.file.priority, name: desk.file.name },
    };
    engine.driver.input({ kind: 'create', genesis });
    const durable = await until(() => (engine.core.info().commit > 0 ? true : null), CREATE_WAIT_MS);
    if (durable === null) return failed('STOPPED', desk.stopped?.reason ?? 'The market could not be saved.');
    await desk.remember({ ...market, creating: false });
    desk.keepHouse();
    return done;
  }

  async join(options: { readonly name: string; readonly code: string | null; readonly address: string | null }): Promise<Outcome<null>> {
    const desk = this.#desk;
    const entered = await desk.enter({ name: options.name, code: options.code ?? '', creating: false });
    if (!entered.ok) return entered;
    if (options.address !== null) {
      desk.addresses.add(options.address);
      const added = await this.addAddress(options.address);
      // Another desktop may be letting us in meanwhile: going back now would leave a member behind that forgot its market.
      if (!added.ok && !desk.joined && desk.found.contacts(options.name).length === 0) {
        await desk.enter(null);
        return added;
      }
    }
    const joined = await until(() => (desk.joined ? true : null), JOIN_WAIT_MS);
    if (joined === null && desk.found.needsOtherCode(options.name) && desk.found.contacts(options.name).length === 0) {
      await desk.enter(null);
      return failed('WRONG_MARKET_CODE', 'That join code does not match any market on this network.');
    }
    return done;
  }

  async leave(): Promise<Outcome<null>> {
    const desk = this.#desk;
    const { engine } = desk;
    if (engine === null || desk.file.market === null) return failed('NO_MARKET', 'This desktop is in no market.');
    if (engine.core.info().peers.length > 1) {
      engine.driver.input({ kind: 'leave' });
      const gone = await until(() => (desk.joined ? null : true), LEAVE_WAIT_MS);
      if (gone === null) return failed('CANNOT_LEAVE', 'Nobody could take this desktop off the list. Try again when there is a leader.');
    }
    return desk.enter(null);
  }

  async evict(peerId: PeerId): Promise<Outcome<null>> {
    const { engine } = this.#desk;
    const info = engine?.core.info();
    const isMember = (): boolean => engine?.core.info().peers.some((p) => p.member.peerId === peerId) ?? false;
    if (engine === null || info === undefined || info.view === null) return failed('NO_MARKET', 'This desktop is in no market.');
    if (peerId === engine.self.peerId) return failed('BAD_REQUEST', 'To take this desktop itself off the list, leave the market.');
    if (!isMember()) return failed('PEER_NOT_FOUND', 'There is no such desktop in this market.');
    if (!info.mayEvict) return failed('NOT_OPERATOR', 'Only the operator of this market can do this.');
    engine.driver.input({ kind: 'evict', peerId });
    const gone = await until(() => (isMember() ? null : true), LEAVE_WAIT_MS);
    return gone === null ? failed('NO_LEADER', 'Nobody could take that desktop off the list. Try again when there is a leader.') : done;
  }

  async rename(name: string, submit: (command: MarketCommand, requestId: string) => Outcome<RequestRecord>): Promise<Outcome<null>> {
    const desk = this.#desk;
    desk.file = { ...desk.file, name };
    await writeDesk(desk.options.dataDir, desk.file);
    if (desk.joined) {
      const submitted = submit({ type: 'profile.set', name }, randomUUID());
      if (!submitted.ok) return submitted;
      // The market may give another name; without a leader it will say so later.
      const { requestId } = submitted.value;
      await until(() => (desk.requests.get(requestId)?.state === 'done' ? true : null), RENAME_WAIT_MS);
    }
    desk.changed('self');
    return done;
  }

  async addAddress(address: string): Promise<Outcome<{ readonly peerId: PeerId | null; readonly text: string }>> {
    const desk = this.#desk;
    if (desk.engine === null) return crashedText();
    const added = await desk.engine.transport.addAddress(address);
    if (!added.ok) {
      const unanswered = `No desktop answered at ${address}. Check the number on its Diagnostics page.`;
      return failed(added.code, added.code === 'NO_ANSWER' ? unanswered : 'Enter an address like 192.168.1.23:47100.');
    }
    if (added.found !== null) {
      desk.addresses.add(address);
      desk.found.note(added.found);
      if (desk.file.market !== null && added.found.sameKey) desk.askToJoin();
    }
    const where = added.found === null ? 'It is in no market yet.' : `It is in "${added.found.name}".`;
    return { ok: true, value: { peerId: added.peerId, text: `${added.deskName} answered at ${added.address}. ${where}` } };
  }
}
