/**
 * A local network of n hosts inside this machine: each host a network namespace with one interface, a switch in a namespace of its own.
 *
 * Nothing outside these namespaces is touched: even the bridge is in one. Their names carry the process and a random part, so that
 * runs never meet, and they are removed when this process ends, however it ends short of SIGKILL.
 */
import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(execFile);
const INTERFACE = 'eth0';
const TOGETHER = 'together';
const APART = 'apart';

/** Why hosts cannot be made here, in a sentence; null when they can. */
export function whyNoHosts(): string | null {
  if (process.platform !== 'linux') return 'hosts need Linux network namespaces';
  if (process.getuid?.() !== 0) return 'hosts need root, because only root makes network namespaces';
  const probe = `tp-probe-${process.pid}`;
  try {
    execFileSync('ip', ['netns', 'add', probe], { stdio: 'ignore' });
  } catch {
    return 'hosts need iproute2 and the permission to make network namespaces';
  }
  try {
    execFileSync('ip', ['netns', 'exec', probe, 'iptables', '-w', '-A', 'INPUT', ...lossOf(1), '-j', 'DROP'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'hosts need iptables with its statistic match';
  } finally {
    execFileSync('ip', ['netns', 'del', probe], { stdio: 'ignore' });
  }
}

const lossOf = (percent: number): string[] =>
  percent >= 100 ? [] : ['-m', 'statistic', '--mode', 'random', '--probability', String(percent / 100)];

export class Network {
  readonly #id = `${process.pid.toString(36)}${randomBytes(2).toString('hex')}`;
  readonly #count: number;
  /** Which of its addresses each host has: the last byte is number + 100 × this. */
  readonly #turn: number[];
  #gone = false;
  readonly #onExit = (): void => this.down();

  private constructor(count: number) {
    this.#count = count;
    this.#turn = Array.from({ length: count + 1 }, () => 0);
  }

  /** n hosts that hear each other. Throws what `ip` says. */
  static async make(count: number): Promise<Network> {
    const network = new Network(count);
    process.once('exit', network.#onExit);
    try {
      await network.#build();
    } catch (error) {
      network.down();
      throw error;
    }
    return network;
  }

  /** Name of a host's namespace; hosts are numbered from 1. */
  namespace(host: number): string {
    return `tp-${this.#id}-${host}`;
  }
  get #switch(): string {
    return this.namespace(0);
  }
  address(host: number): string {
    return `10.77.0.${host + 100 * (this.#turn[host] ?? 0)}`;
  }
  /** Program and arguments before a command, so that it runs on that host. */
  on(host: number): string[] {
    return ['ip', 'netns', 'exec', this.namespace(host)];
  }

  async #build(): Promise<void> {
    const hosts = this.#hosts();
    for (const host of [0, ...hosts]) await run('ip', ['netns', 'add', this.namespace(host)]);
    for (const bridge of [TOGETHER, APART]) {
      const quiet = ['mcast_snooping', '0', 'forward_delay', '0', 'stp_state', '0'];
      await run('ip', ['-n', this.#switch, 'link', 'add', bridge, 'type', 'bridge', ...quiet]);
      await run('ip', ['-n', this.#switch, 'link', 'set', bridge, 'up']);
    }
    for (const host of hosts) {
      const ends = ['link', 'add', INTERFACE, 'netns', this.namespace(host), 'type', 'veth', 'peer', 'name', `p${host}`];
      await run('ip', [...ends, 'netns', this.#switch]);
      await run('ip', ['-n', this.#switch, 'link', 'set', `p${host}`, 'master', TOGETHER, 'up']);
      await this.#ip(host, 'link', 'set', 'lo', 'up');
      await this.#ip(host, 'link', 'set', INTERFACE, 'up');
      await this.#giveAddress(host);
    }
  }

  #hosts(): number[] {
    return Array.from({ length: this.#count }, (_, i) => i + 1);
  }
  async #ip(host: number, ...args: readonly string[]): Promise<void> {
    await run('ip', ['-n', this.namespace(host), ...args]);
  }
  async #giveAddress(host: number): Promise<void> {
    await this.#ip(host, 'addr', 'add', `${this.address(host)}/24`, 'brd', '+', 'dev', INTERFACE);
    // Beacons to the group need a way out, as a default route gives one on a real desktop.
    await this.#ip(host, 'route', 'replace', 'default', 'dev', INTERFACE);
  }
  async #drop(host: number, ...match: readonly string[]): Promise<void> {
    await run('ip', ['netns', 'exec', this.namespace(host), 'iptables', '-w', '-A', 'INPUT', '-i', INTERFACE, ...match, '-j', 'DROP']);
  }

  /** Pulls the cable at the switch, or puts it back. */
  async cable(host: number, connected: boolean): Promise<void> {
    await run('ip', ['-n', this.#switch, 'link', 'set', `p${host}`, connected ? 'up' : 'down']);
  }

  /** The interface itself goes down: its addresses' routes vanish and sending fails at once. */
  async adapter(host: number, up: boolean): Promise<void> {
    await this.#ip(host, 'link', 'set', INTERFACE, up ? 'up' : 'down');
    if (up) await this.#ip(host, 'route', 'replace', 'default', 'dev', INTERFACE);
  }

  /** These hosts hear only each other, and the others only each other. */
  async split(hosts: readonly number[]): Promise<void> {
    for (const host of hosts) await run('ip', ['-n', this.#switch, 'link', 'set', `p${host}`, 'master', APART]);
  }

  /** Each datagram that arrives at one of `hosts` is lost with this probability; 100: it hears nothing and is heard. */
  async lose(percent: number, hosts: readonly number[] = this.#hosts()): Promise<void> {
    await Promise.all(hosts.map((host) => this.#drop(host, ...lossOf(percent))));
  }

  /** The others do not hear `host`, which hears them. */
  async mute(host: number): Promise<void> {
    const others = this.#hosts().filter((other) => other !== host);
    await Promise.all(others.map((other) => this.#drop(other, '-s', this.address(host))));
  }

  /** Another address on the same cable, as a new DHCP lease gives. */
  async move(host: number): Promise<void> {
    await this.#ip(host, 'addr', 'flush', 'dev', INTERFACE, 'scope', 'global');
    this.#turn[host] = 1 - (this.#turn[host] ?? 0);
    await this.#giveAddress(host);
  }

  /** Addresses, routes and rules of each host as the system has them. */
  async describe(): Promise<string> {
    const look = async (host: number): Promise<string> => {
      const [addresses, routes, rules] = await Promise.all([
        run('ip', ['-n', this.namespace(host), '-brief', 'addr', 'show', INTERFACE]),
        run('ip', ['-n', this.namespace(host), 'route']),
        run('ip', ['netns', 'exec', this.namespace(host), 'iptables', '-w', '-S', 'INPUT']),
      ]);
      return `host ${host}: ${[addresses, routes, rules].map(({ stdout }) => stdout.trim().replaceAll('\n', '; ')).join(' | ')}`;
    };
    const { stdout } = await run('ip', ['-n', this.#switch, '-brief', 'link']);
    return [...(await Promise.all(this.#hosts().map(look))), stdout].join('\n');
  }

  /** Everything hears everything again. */
  async heal(): Promise<void> {
    for (const host of this.#hosts()) {
      await run('ip', ['netns', 'exec', this.namespace(host), 'iptables', '-w', '-F', 'INPUT']);
      await run('ip', ['-n', this.#switch, 'link', 'set', `p${host}`, 'master', TOGETHER, 'up']);
      await this.adapter(host, true);
    }
  }

  /** Removes the namespaces. What still runs in them keeps them alive until it ends. */
  down(): void {
    if (this.#gone) return;
    this.#gone = true;
    process.off('exit', this.#onExit);
    for (const host of [...this.#hosts(), 0]) {
      try {
        execFileSync('ip', ['netns', 'del', this.namespace(host)], { stdio: 'ignore' });
      } catch {
        // It was never made.
      }
    }
  }
}
