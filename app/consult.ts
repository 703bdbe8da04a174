/** A visit to the connection doctor: every desktop that should be there is asked just now. */
import type { PeerId } from '../shared/ids.ts';
import type { CorePeer, DoctorFinding } from './api/peerPort.ts';
import type { Desk } from './desk.ts';
import { examine } from './doctor.ts';

/** How long the doctor waits for a desktop's answer. */
const DOCTOR_MS = 1_000;

/** @param known all desktops of the market as they were last seen */
export async function consult({ engine, identity }: Desk, known: readonly CorePeer[]): Promise<readonly DoctorFinding[]> {
  const peers = known.filter(({ peerId }) => peerId !== identity.peerId);
  const transport = engine?.transport ?? null;
  const answers = new Map<PeerId, number | null>();
  const ask = async ({ peerId }: CorePeer): Promise<void> => void answers.set(peerId, (await transport?.probe(peerId, DOCTOR_MS)) ?? null);
  await Promise.all(peers.filter(({ state }) => state !== 'left').map(ask));
  return examine({
    platform: process.platform,
    transport,
    busyPort: engine?.busyPort ?? null,
    ownAddress: engine?.address ?? '',
    peers,
    answers,
  });
}
