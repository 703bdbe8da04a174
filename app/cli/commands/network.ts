/** Commands about the group: status, peers, doctor, leader, market. */
import { type Command, Option } from 'commander';
import type { Params, Result } from '../../../shared/contract.ts';
import { type BiddersShown, biddersShown } from '../../../shared/rules.ts';
import type { StatusView } from '../../../shared/views.ts';
import { act, asWrite, type Run, writing } from '../act.ts';
import { type Context, finish, writeFields } from '../context.ts';
import { EXIT } from '../exit.ts';
import { findDesk } from '../find.ts';
import { clean, styled, table } from '../output.ts';
import { durationMs, percent } from '../parse.ts';
import { addExport } from './saving.ts';

/** The status bar's sentence and what stands in the way, if anything. */
export function statusText(status: StatusView, context: Context): string {
  const { leader, term, desktops, appliedIndex, desk, market, trading, queue } = status;
  const lines = [
    market === null ? 'No market yet.' : `Market ${clean(market.name)} (${market.currency}, ${market.commissionBps / 100}% commission)`,
    `Leader ${leader === null ? '–' : clean(leader.name)} · term ${term} · ${desktops.reachable} of ${desktops.total} desktops · entry #${appliedIndex} · you: ${clean(desk.name)}`,
  ];
  if (!trading.ok && trading.text !== null) lines.push(styled(context.output, 'yellow', trading.text));
  if (status.provisional !== null)
    lines.push(
      styled(
        context.output,
        'yellow',
        `Provisional since entry #${status.provisional.entry}: ${status.provisional.lost.map((one) => clean(one.name)).join(', ')} may have gone on too.`,
      ),
    );
  for (const trouble of status.troubles) lines.push(styled(context.output, 'yellow', clean(trouble.text)));
  if (queue > 0) lines.push(`${queue} requests waiting`);
  if (status.phase === 'setup' && status.foundMarkets.length > 0)
    lines.push(`Found: ${status.foundMarkets.map((found) => clean(found.name)).join(', ')}`);
  return lines.join('\n');
}

async function showStatus(context: Context, status: StatusView): Promise<void> {
  context.show(status, () => statusText(status, context));
}

const seconds = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1_000).toFixed(1)} s`);

/** Its place in the market, and its duties in auctions. */
function rolesOf({ leader, voter, hosts, backs }: Result<'peers'>[number]): string {
  const place = leader ? 'leader' : voter ? 'voter' : 'observer';
  return [place, ...(hosts > 0 ? [`host of ${hosts}`] : []), ...(backs > 0 ? [`backup of ${backs}`] : [])].join(', ');
}

async function listPeers(context: Context): Promise<void> {
  const peers = await context.get('peers', {});
  context.show(peers, () =>
    table(
      ['NAME', 'STATE', 'ROLE', 'PRIORITY', 'HEARD', 'RTT', 'ENTRY', 'VERSION', 'ADDRESS'],
      peers.map((peer) => [
        peer.name + (peer.you ? ' (you)' : ''),
        peer.state,
        rolesOf(peer),
        String(peer.priority),
        peer.you ? '–' : seconds(peer.lastHeardMs),
        peer.rttMs === null ? '–' : `${peer.rttMs} ms`,
        peer.entry === null ? '–' : `#${peer.entry}`,
        peer.version ?? '–',
        peer.address ?? '–',
      ]),
      ['PRIORITY', 'HEARD', 'RTT', 'ENTRY'],
    ),
  );
}

function addPeers(run: Run, program: Command): void {
  act(
    run,
    program.command('status').description('who leads, how far the log is, whether you can trade'),
    async (_args, _options, context) => showStatus(context, await context.get('status', {})),
  );
  const peers = program.command('peers').description('the desktops of this market');
  act(run, peers.command('list', { isDefault: true }).description('every desktop'), async (_args, _options, context) => listPeers(context));
  act(
    run,
    peers.command('add').argument('<address>', 'HOST:PORT').description('contact a desktop by its address'),
    async ([address = ''], _options, context) => {
      const added = await context.get('peers.add', { address });
      context.show(added, () => clean(added.text));
    },
  );
  act(
    run,
    peers.command('scan').description('ask every address of the private subnets around, where group messages are blocked; takes seconds'),
    async (_args, _options, context) => {
      const { subnets, asked, found } = await context.get('peers.scan', {});
      const where = found.map(
        ({ name, address, market }) => `${clean(name)} at ${address}, ${market === null ? 'in no market' : clean(market)}`,
      );
      const none =
        subnets.length === 0 ? 'There is no private network to ask.' : `Nobody answered at ${asked} addresses of ${subnets.join(', ')}.`;
      context.show({ subnets, asked, found }, () => (found.length === 0 ? none : where.join('\n')));
      return found.length === 0 ? EXIT.notFound : EXIT.ok;
    },
  );
  act(
    run,
    peers.command('evict').argument('<desk>', 'a desktop').description('take a desktop off the list (operator only)'),
    async ([given = ''], _options, context) => {
      const desk = await findDesk(context, given);
      const status = await context.get('peers.evict', { peerId: desk.peerId });
      context.show(status, () => `${clean(desk.name)} is off the list. It can come back only as a new member.`);
    },
  );
  act(
    run,
    peers.command('forget').argument('[desk]', 'a desktop; all when not given').description('forget where desktops were'),
    async ([desk], _options, context) => {
      const peerId = desk === undefined ? undefined : (await findDesk(context, desk)).peerId;
      const { forgotten } = await context.get('peers.forget', peerId === undefined ? {} : { peerId });
      context.show({ forgotten }, () => `${forgotten} addresses forgotten.`);
    },
  );
  act(run, program.command('doctor').description('check the connection'), async (_args, _options, context) => {
    const lines = await context.get('doctor', {});
    const marks = { yes: '✓', no: '✗', unknown: '…' } as const;
    context.show(lines, () => lines.map((line) => `${marks[line.ok]} ${clean(line.check)}: ${clean(line.text)}`).join('\n'));
    return lines.some((line) => line.ok === 'no') ? EXIT.verification : EXIT.ok;
  });
}

function addLeader(run: Run, program: Command): void {
  const leader = program.command('leader').description('who leads, elections, simulated crashes');
  act(run, leader.command('show', { isDefault: true }).description('the leader'), async (_args, _options, context) => {
    const { leader: who, term, role, suspected } = await context.get('status', {});
    context.show({ leader: who, term, role, suspected }, () =>
      who === null ? 'No leader right now.' : `${clean(who.name)} leads (term ${term})${suspected ? ', but is silent' : ''}.`,
    );
    return who === null ? EXIT.unreachable : EXIT.ok;
  });
  act(run, leader.command('history').description('who led when, and why'), async (_args, _options, context) => {
    const { leaderHistory } = await context.get('status', {});
    context.show(leaderHistory, () =>
      table(
        ['TERM', 'LEADER', 'REASON', 'ENTRY', 'SINCE'],
        leaderHistory.map((row) => [String(row.term), row.leader.name, row.reason, `#${row.entry}`, new Date(row.at).toLocaleTimeString()]),
        ['TERM', 'ENTRY'],
      ),
    );
  });
  act<{ target?: string; for?: number }>(
    run,
    leader
      .command('crash')
      .description('simulate a crash of the leader')
      .option('--target <desk>', 'leader, self, or a desktop', 'leader')
      .option('--for <time>', 'recover by itself after this time', durationMs),
    async (_args, { target = 'leader', for: forMs }, context) => {
      const wanted = target === 'leader' || target === 'self' ? target : (await findDesk(context, target)).peerId;
      const crashed = await context.get('fault.crash', { target: wanted, ...(forMs === undefined ? {} : { forMs }) });
      context.show(crashed, () => clean(crashed.text));
    },
  );
  act<{ target?: string }>(
    run,
    leader.command('recover').description('end simulated crashes').option('--target <desk>', 'self, all, or a desktop'),
    async (_args, { target }, context) => {
      const wanted = target === undefined || target === 'self' || target === 'all' ? target : (await findDesk(context, target)).peerId;
      const recovered = await context.get('fault.recover', wanted === undefined ? {} : { target: wanted });
      context.show(recovered, () => clean(recovered.text));
    },
  );
  act<{ confirm?: string }>(
    run,
    leader
      .command('continue-alone')
      .description('go on without the desktops that cannot be heard; says first what may be lost')
      .option('--confirm <words>', 'the words it asks for'),
    async (_args, { confirm }, context) => {
      const told = await context.get('leader.continueAlone', confirm === undefined ? {} : { confirm });
      context.show(told, () =>
        told.done ? clean(told.text) : `${clean(told.text)}\nTo do it: leader continue-alone --confirm "${told.confirm}"`,
      );
      return told.done ? EXIT.ok : EXIT.refused;
    },
  );
  act(run, leader.command('accept-alone').description('declare what was done without the others final'), async (_args, _options, context) =>
    showStatus(context, await context.get('leader.acceptAlone', {})),
  );
  for (const [verb, method, words] of [
    ['step-down', 'leader.stepDown', 'hand leadership over'],
    ['elect', 'leader.elect', 'hold an election now'],
  ] as const) {
    act(run, leader.command(verb).description(words), async (_args, _options, context) =>
      showStatus(context, await context.get(method, {})),
    );
  }
}

interface RulesOptions extends Pick<CreateOptions, 'commission' | 'preset' | 'takeover'> {
  readonly faults?: 'on' | 'off';
  readonly bidders?: BiddersShown;
}

interface CreateOptions {
  readonly availability?: Params<'market.create'>['availability'];
  readonly code?: string;
  readonly currency?: string;
  readonly commission?: number;
  readonly preset?: NonNullable<Params<'market.create'>['preset']>;
  readonly takeover?: NonNullable<Params<'market.create'>['takeover']>;
}

/** What `market create` and `run --create` send. Values not given are left to the peer. */
export function createParams(name: string, options: CreateOptions): Params<'market.create'> {
  const { code, currency, commission, preset, takeover, availability } = options;
  return {
    name,
    ...(code === undefined ? {} : { code }),
    ...(currency === undefined ? {} : { currency: currency.toUpperCase() }),
    ...(commission === undefined ? {} : { commissionPercent: commission }),
    ...(preset === undefined ? {} : { preset }),
    ...(takeover === undefined ? {} : { takeover }),
    ...(availability === undefined ? {} : { availability }),
  };
}

function addMarket(run: Run, program: Command): void {
  const market = program.command('market').description('create, join or leave a market');
  act<CreateOptions>(
    run,
    market
      .command('create')
      .argument('<name>')
      .description('create a market with this desktop as its first')
      .option('--code <code>', 'join code')
      .option('--currency <code>', 'like EUR')
      .option('--commission <percent>', 'of every sale', percent)
      .option('--preset <name>', 'lan, demo, classroom, wifi or event')
      .option('--takeover <when>', 'onCaughtUp, never or demo'),
    async ([name = ''], options, context) => showStatus(context, await context.get('market.create', createParams(name, options))),
  );
  act<{ code?: string; address?: string }>(
    run,
    market
      .command('join')
      .argument('<name>')
      .description('join a market')
      .option('--code <code>', 'join code')
      .option('--address <host:port>', 'a desktop of it'),
    async ([name = ''], { code, address }, context) =>
      showStatus(
        context,
        await context.get('market.join', { name, ...(code === undefined ? {} : { code }), ...(address === undefined ? {} : { address }) }),
      ),
  );
  act<RulesOptions>(
    run,
    market
      .command('rules')
      .description('change rules of the running market (operator only)')
      .option('--commission <percent>', 'of every later sale; not while an auction is open', percent)
      .option('--preset <name>', 'lan, demo, classroom, wifi or event')
      .option('--takeover <when>', 'onCaughtUp, never or demo')
      .addOption(new Option('--faults <who>', 'may desktops stop each other?').choices(['on', 'off']))
      .addOption(new Option('--bidders <how>', 'how bidders are shown to others').choices([...biddersShown])),
    async (_args, { commission, preset, takeover, faults, bidders }, context) => {
      const asked = {
        ...(commission === undefined ? {} : { commissionPercent: commission }),
        ...(preset === undefined ? {} : { preset }),
        ...(takeover === undefined ? {} : { takeover }),
        ...(faults === undefined ? {} : { faultsAllowed: faults === 'on' }),
        ...(bidders === undefined ? {} : { bidders }),
      };
      return finish(context, await context.get('market.rules', asked));
    },
  );
  act<{ requestId?: string; wait?: string }>(
    run,
    writing(market.command('operator').argument('<desk>', 'a desktop').description('make another desktop the operator (operator only)')),
    async ([given = ''], options, context) => {
      const { peerId } = await findDesk(context, given);
      return finish(context, await context.get('market.operator', { peerId, ...writeFields(context, asWrite(options)) }));
    },
  );
  addExport(run, market);
  act(run, market.command('leave').description('leave the market'), async (_args, _options, context) =>
    showStatus(context, await context.get('market.leave', {})),
  );
  act(run, program.command('rename').argument('<name>').description('rename this desktop'), async ([name = ''], _options, context) =>
    showStatus(context, await context.get('desk.rename', { name })),
  );
}

/** What it costs is said before it is done. */
const RESET =
  'This desktop leaves its market and becomes a new one, with another key: its place in the market is lost, and so are deposits of sealed bids that are not revealed yet. ' +
  "Goods and money stay in the market's log under its present name. What is in the data folder is put aside, nothing is deleted.";

function addReset(run: Run, program: Command): void {
  const reset = program.command('reset').description('leave the market, put all data aside and begin as a new desktop');
  act<{ confirm?: string }>(run, reset.option('--confirm <name>', 'the name of this desktop'), async (_args, { confirm }, context) => {
    if (confirm !== undefined) return showStatus(context, await context.get('desk.reset', { name: confirm }));
    const { desk } = await context.get('status', {});
    context.show({ done: false, text: RESET, confirm: desk.name }, () => `${RESET}\nTo do it: reset --confirm "${clean(desk.name)}"`);
    return EXIT.refused;
  });
}

export function addNetwork(run: Run, program: Command): void {
  addPeers(run, program);
  addLeader(run, program);
  addMarket(run, program);
  addReset(run, program);
}
