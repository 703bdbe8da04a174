/**
 * What can happen to hosts, one small function each: it begins the fault and gives the way back.
 *
 * A fault names its victim by what it is at that moment (the leader, another one), because that is what makes the difference.
 */
import { until } from '../until.ts';
import { PATIENCE_MS } from '../swarm.ts';
import type { Fleet } from './fleet.ts';
import type { Host } from './host.ts';

export interface Scene {
  readonly fleet: Fleet;
  readonly leader: Host;
  /** Everybody else in an order of its own. */
  readonly others: readonly Host[];
  /** A number below this one. */
  readonly choose: (below: number) => number;
}

export type Undo = () => Promise<void>;
export interface Fault {
  readonly name: string;
  begin(scene: Scene): Promise<Undo>;
}

const CLOCK_STEPS_S = [3_600, -600, 5, -86_400];

const some = (hosts: readonly Host[]): Host => {
  const [one] = hosts;
  if (one === undefined) throw new Error('a fault needs a victim');
  return one;
};

const restart =
  (...hosts: readonly Host[]): Undo =>
  async () => {
    await Promise.all(hosts.map(({ desk }) => desk.start()));
  };

async function killed(...hosts: readonly Host[]): Promise<Undo> {
  await Promise.all(hosts.map(({ desk }) => desk.kill()));
  return restart(...hosts);
}

function frozen(...hosts: readonly Host[]): Undo {
  for (const { desk } of hosts) desk.freeze();
  return async () => {
    for (const { desk } of hosts) desk.thaw();
  };
}

/** Everything about the network goes back to how it was. */
const healed =
  ({ fleet }: Scene): Undo =>
  () =>
    fleet.network.heal();

async function diskFull({ fleet }: Scene, victim: Host): Promise<Undo> {
  victim.fillDisk();
  return async () => {
    // It needs a write to notice; until then it is a desktop like the others.
    const stopped = async (): Promise<boolean> => (await victim.desk.status())?.phase === 'stopped';
    await until(`${victim.desk.name} says that its disk is full`, PATIENCE_MS, stopped, () => fleet.swarm.describe());
    const status = await victim.desk.status();
    if (status?.stopReason?.match(/disk|full|space/iu) == null)
      throw new Error(`stopped without a word about the disk: ${status?.stopReason}`);
    victim.freeDisk();
    await victim.desk.kill();
    await victim.desk.start();
  };
}

async function clockStep({ choose }: Scene, victim: Host): Promise<Undo> {
  victim.stepClock(CLOCK_STEPS_S[choose(CLOCK_STEPS_S.length)] ?? 0);
  return async () => victim.stepClock(0);
}

const network = (name: string, begin: (scene: Scene) => Promise<void>): Fault => ({
  name,
  async begin(scene) {
    await begin(scene);
    return healed(scene);
  },
});

const smallOf = ({ leader, others }: Scene): Host => {
  const victim = [...others, leader].find((host) => host.diskIsSmall);
  if (victim === undefined) throw new Error('nobody has a small disk');
  return victim;
};

/** Every kind of fault that this machine can make. */
export const FAULTS: readonly Fault[] = [
  network('cable of the leader out', ({ fleet, leader }) => fleet.network.cable(leader.number, false)),
  network('cable of another out', ({ fleet, others }) => fleet.network.cable(some(others).number, false)),
  network('adapter of the leader off', ({ fleet, leader }) => fleet.network.adapter(leader.number, false)),
  network('halves, leader in the smaller', ({ fleet, leader, others }) => fleet.network.split([leader.number, some(others).number])),
  network('halves, leader in the larger', ({ fleet, others }) => fleet.network.split(others.slice(0, 2).map(({ number }) => number))),
  network('10 % of datagrams lost', ({ fleet }) => fleet.network.lose(10)),
  network('30 % of datagrams lost', ({ fleet }) => fleet.network.lose(30)),
  network('the leader hears nobody', ({ fleet, leader }) => fleet.network.lose(100, [leader.number])),
  network('nobody hears the leader', ({ fleet, leader }) => fleet.network.mute(leader.number)),
  network('nobody hears another', ({ fleet, others }) => fleet.network.mute(some(others).number)),
  { name: 'SIGKILL of the leader', begin: ({ leader }) => killed(leader) },
  { name: 'SIGKILL of another', begin: ({ others }) => killed(some(others)) },
  { name: 'SIGKILL of the leader and another', begin: ({ leader, others }) => killed(leader, some(others)) },
  { name: 'SIGKILL of all', begin: ({ leader, others }) => killed(leader, ...others) },
  { name: 'SIGSTOP of the leader', begin: async ({ leader }) => frozen(leader) },
  { name: 'SIGSTOP of two others', begin: async ({ others }) => frozen(...others.slice(0, 2)) },
  {
    name: 'SIGKILL of the leader at 10 % loss',
    async begin(scene) {
      await scene.fleet.network.lose(10);
      const back = await killed(scene.leader);
      return async () => {
        await back();
        await scene.fleet.network.heal();
      };
    },
  },
  { name: 'disk full', begin: (scene) => diskFull(scene, smallOf(scene)) },
  network('new address of the leader', ({ fleet, leader }) => fleet.network.move(leader.number)),
  network('new address of another', ({ fleet, others }) => fleet.network.move(some(others).number)),
  { name: 'clock of the leader stepped', begin: (scene) => clockStep(scene, scene.leader) },
  { name: 'clock of another stepped', begin: (scene) => clockStep(scene, some(scene.others)) },
];
