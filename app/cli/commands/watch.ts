/** Commands that stay and follow: an auction, the event log. They end with the thing they follow, or when the person stops them. */
import type { Push, Result } from '../../../shared/contract.ts';
import type { Context } from '../context.ts';
import { EXIT, type Exit } from '../exit.ts';
import { clean } from '../output.ts';

type Event = Result<'events'>[number];

/** Calls `see` with every push until it gives an exit code or the person stops it. */
async function follow(context: Context, stop: AbortSignal, see: (push: Push) => Exit | null): Promise<Exit> {
  const client = await context.client();
  return new Promise((resolve) => {
    let unsubscribe = (): void => {};
    let ended = false;
    const end = (exit: Exit): void => {
      if (ended) return;
      ended = true;
      unsubscribe();
      stop.removeEventListener('abort', interrupted);
      resolve(exit);
    };
    const interrupted = (): void => end(EXIT.interrupted);
    unsubscribe = client.subscribe((push) => {
      const exit = see(push);
      if (exit !== null) end(exit);
    });
    if (ended) unsubscribe();
    if (stop.aborted) interrupted();
    else stop.addEventListener('abort', interrupted);
  });
}

const over: ReadonlySet<string> = new Set(['sold', 'notSold', 'cancelled', 'void']);

/** One line per change of price or sentence, until the auction has ended. */
export function watchLot(context: Context, lotId: string, stop: AbortSignal): Promise<Exit> {
  let last = '';
  return follow(context, stop, (push) => {
    if (push.topic !== 'auctions') return null;
    const lot = push.data.value.find((row) => row.lotId === lotId);
    if (lot === undefined) return null;
    const line = context.options.json
      ? JSON.stringify({
          lotId,
          state: lot.state,
          sentence: lot.sentence,
          price: lot.price?.text ?? null,
          leading: lot.leading?.name ?? null,
          bids: lot.bidCount,
          endsAt: lot.endsAt,
        })
      : `${clean(lot.title)}: ${clean(lot.sentence)}${lot.price === null ? '' : ` (${lot.price.text}, ${lot.bidCount} bids)`}`;
    if (line !== last) context.output.data(line);
    last = line;
    return over.has(lot.state) ? EXIT.ok : null;
  });
}

export function eventLine(context: Context, event: Event): string {
  if (context.options.json) return JSON.stringify(event);
  const time = new Date(event.wall).toLocaleTimeString();
  return `${time}  term ${event.term}  #${event.entry}  ${clean(event.desk.name)}  ${event.group}: ${clean(event.text)}`;
}

/** Prints events as they come. `groups`: only these, when given. */
export function followEvents(context: Context, stop: AbortSignal, groups: ReadonlySet<string> | null): Promise<Exit> {
  let seen = 0;
  return follow(context, stop, (push) => {
    if (push.topic !== 'events') return null;
    for (const event of push.data) {
      // After a reconnect the stream starts with everything again.
      if (event.seq <= seen) continue;
      seen = event.seq;
      if (groups === null || groups.has(event.group)) context.output.data(eventLine(context, event));
    }
    return null;
  });
}
