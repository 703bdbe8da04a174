/**
 * What happened, one line an event: time in seconds, desktop, and what it did, in words.
 *
 * Recorded only when somebody wants to read it: golden transcripts keep the story (elections, promises, views), the transcript of a
 * failure keeps the log traffic as well. The same words said to several desktops at once make one line.
 */
import type { View } from '../core/frames.ts';
import { viewSchema } from '../core/frames.ts';
import type { Frame } from '../core/frames.ts';
import { decode } from '../core/schema.ts';
import type { Effects, Role } from '../core/types.ts';
import type { PeerId } from '../../shared/ids.ts';
import type { Before } from './checkers/facts.ts';
import { pulse, sentence } from './sentences.ts';

interface Line {
  readonly at: number;
  readonly who: string;
  readonly to: string[];
  readonly what: string;
}
interface Named {
  readonly id: PeerId;
  readonly name: string;
}
interface Now {
  readonly role: Role | 'isolated';
  readonly leader: PeerId | null;
  readonly term: number;
  readonly commit: number;
}

const ROLE: { readonly [R in Role | 'isolated']: string } = {
  joining: 'waits to be let in',
  observer: 'watches',
  follower: 'follows',
  electing: 'holds an election',
  preparing: 'collects promises',
  syncing: 'adopts a better log',
  leader: 'leads',
  isolated: 'is cut off from a quorum',
};

export class Transcript {
  readonly names = new Map<PeerId, string>();
  readonly #detailed: boolean;
  readonly #lines: Line[] = [];
  readonly #roles = new Map<PeerId, string>();
  #muted = false;

  constructor(detail: 'story' | 'detailed') {
    this.#detailed = detail === 'detailed';
  }

  /** Nothing is recorded while muted (the prologue of a golden transcript). */
  mute(muted: boolean): void {
    this.#muted = muted;
  }

  say(at: number, who: string, what: string, to: readonly string[] = []): void {
    if (this.#muted) return;
    const last = this.#lines.at(-1);
    if (last !== undefined && to.length > 0 && last.at === at && last.who === who && last.what === what) last.to.push(...to);
    else this.#lines.push({ at, who, to: [...to], what });
  }

  sends(at: number, from: Named, to: Named | undefined, frame: Frame): void {
    const what = this.#words(frame);
    if (what !== null) this.say(at, from.name, what, [to?.name ?? '?']);
  }

  /** Only detailed transcripts show arrivals: in the story a message is told once, when it is said. */
  receives(at: number, desk: Named, from: Named, frame: Frame): void {
    const what = this.#detailed ? this.#words(frame) : null;
    if (what !== null) this.say(at, desk.name, `hears ${from.name}: "${what}"`);
  }

  #words(frame: Frame): string | null {
    return sentence(frame, (id) => this.#name(id)) ?? (this.#detailed ? pulse(frame) : null);
  }

  #name(id: PeerId | null): string {
    return id === null ? 'nobody' : (this.names.get(id) ?? id.slice(0, 6));
  }

  stepped(at: number, desk: Named, effects: Effects): void {
    for (const persist of effects.persist) {
      if (persist.kind === 'entries') {
        for (const entry of persist.entries) {
          const view = entry.type === 'config' ? decode(viewSchema, entry.payload) : null;
          if (view?.ok === true) this.say(at, desk.name, `writes #${entry.index}: ${this.#viewText(view.value)}`);
          else if (this.#detailed) this.say(at, desk.name, `writes #${entry.index} of term ${entry.term} (${entry.type})`);
        }
      } else if (persist.kind === 'truncate') this.say(at, desk.name, `cuts its log from #${persist.from} on`);
      else if (persist.kind === 'snapshot')
        this.say(at, desk.name, `${persist.reset ? 'installs' : 'makes'} a snapshot up to #${persist.snapshot.index}`);
      else if (persist.kind === 'hard')
        this.say(at, desk.name, `writes down term ${persist.hard.term}, promised to ${this.#name(persist.hard.promisedTo)}`);
    }
    if (!this.#detailed) return;
    for (const update of effects.requests) this.say(at, desk.name, `request ${update.requestId} (${update.seq}) is ${update.state}`);
  }

  #viewText(view: View): string {
    const half = (v: Pick<View, 'voters' | 'anchor'>): string =>
      v.voters.map((m) => this.#name(m.peerId) + (v.voters.length % 2 === 0 && m.peerId === v.anchor ? ' (twice)' : '')).join(', ') ||
      'nobody';
    const old = view.old === null ? '' : `, jointly with the old view of ${half(view.old)}`;
    const watching = view.observers.length === 0 ? '' : `; watching: ${view.observers.map((m) => this.#name(m.peerId)).join(', ')}`;
    return `view ${view.viewNo} of ${half(view)}${old}${watching}`;
  }

  changed(at: number, desk: Named, before: Before, now: Now): void {
    const role = now.role === 'follower' || now.role === 'observer' ? `${ROLE[now.role]} ${this.#name(now.leader)}` : ROLE[now.role];
    const text = now.role === 'joining' ? role : `${role} in term ${now.term}`;
    if (this.#roles.get(desk.id) !== text) {
      this.#roles.set(desk.id, text);
      this.say(at, desk.name, text);
    }
    if (this.#detailed && now.commit !== before.commit) this.say(at, desk.name, `knows #${now.commit} committed`);
  }

  /** The lines as text; only the last `limit` when given. */
  text(limit = Number.POSITIVE_INFINITY): string {
    const shown = this.#lines.slice(-limit);
    const left = this.#lines.length - shown.length;
    const head = left > 0 ? [`(${left} earlier lines left out)`] : [];
    return [...head, ...shown.map(lineText)].join('\n');
  }
}

function lineText({ at, who, to, what }: Line): string {
  const time = (at / 1_000).toFixed(4).padStart(9);
  if (to.length > 0) return `${time}  ${who} to ${to.join(', ')}: "${what}"`;
  return `${time}  ${who === '' ? '--' : who} ${what}`;
}
