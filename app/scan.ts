/**
 * Looking for other desktops at every address around, because somebody pressed the button for it.
 */
import type { Outcome } from '../shared/contract.ts';
import type { ScanView } from '../shared/network.ts';
import type { Desk } from './desk.ts';
import { parseAddress } from './net/addresses.ts';
import { subnetsAround } from './net/subnetScan.ts';
import { DEFAULT_PORT } from './net/udp.ts';
import { usedInterfaces } from './networkSettings.ts';
import { crashedText } from './outcome.ts';

/** Everybody who answers is remembered, and in a market of ours asked to let us in. */
export async function scanAround(desk: Desk): Promise<Outcome<ScanView>> {
  const { engine } = desk;
  if (engine === null) return crashedText();
  const subnets = subnetsAround(usedInterfaces(desk.file));
  // Where another program has the usual port, ours is a later one, and so may be theirs.
  const ports = new Set([DEFAULT_PORT, parseAddress(engine.address, DEFAULT_PORT)?.port ?? DEFAULT_PORT]);
  const addresses = [...ports].flatMap((port) => subnets.flatMap(({ hosts }) => hosts.map((host) => ({ host, port }))));
  const answers = addresses.length === 0 ? [] : await engine.transport.scan(addresses);
  for (const { address, found } of answers) {
    desk.addresses.add(address);
    if (found !== null) desk.found.note(found);
  }
  if (desk.file.market !== null) desk.askToJoin();
  desk.changed('self');
  const asked = subnets.reduce((sum, { hosts }) => sum + hosts.length, 0);
  const found = answers.map(({ peerId, deskName, address, found: market }) => ({
    peerId,
    name: deskName,
    address,
    market: market?.name ?? null,
  }));
  return { ok: true, value: { subnets: subnets.map(({ name }) => name), asked, found } };
}
