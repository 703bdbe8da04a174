/**
 * Frames in plain words, for transcripts: what one desktop says to another.
 *
 * Heartbeats, acknowledgements and the like are the pulse, not the story; they have no sentence and only show in a detailed transcript.
 */
import type { Frame } from '../core/frames.ts';
import type { PeerId } from '../../shared/ids.ts';

type Name = (id: PeerId | null) => string;

const WHY: { readonly [why: string]: string } = {
  stale: 'your term is over',
  taken: 'I have promised this term to another',
  alive: 'I hear the leader',
  bully: 'I am stronger and running myself',
  branch: 'you are on another branch',
  out: 'you are not in the view',
};

const ELECTION: { readonly [reason: string]: string } = {
  suspect: 'I miss the leader. Who is there?',
  bully: 'I am stronger, I run. Who misses the leader?',
  takeover: 'I am stronger and caught up. May I lead?',
  operator: 'somebody asks for an election. Who is there?',
};

const range = (from: number, count: number): string => (count === 1 ? `#${from}` : `#${from}..#${from + count - 1}`);

/** What a frame says, or null when it is only pulse. */
export function sentence(frame: Frame, name: Name): string | null {
  switch (frame.type) {
    case 'election':
      return `${ELECTION[frame.reason]} (my log ends #${frame.lastIndex} of term ${frame.lastTerm})`;
    case 'ok':
      if (frame.verdict === 'bully') return 'I am stronger, leave it to me';
      if (frame.verdict === 'assent') return 'I miss the leader too, you have my assent';
      return frame.out ? 'you are not in the view' : `no: ${name(frame.leader)} leads term ${frame.term}`;
    case 'prepare':
      return `promise me term ${frame.term}${frame.handover ? ', the leader hands over' : ''}`;
    case 'promise':
      return `I promise you term ${frame.term} (my log ends #${frame.lastIndex} of term ${frame.lastTerm})`;
    case 'refuse':
      return `no promise for term ${frame.about}: ${WHY[frame.why]}`;
    case 'fetch':
      return `give me your log from #${frame.at}`;
    case 'fetched':
      return frame.entries.length === 0 ? 'you have all of my log' : `here is ${range(frame.at, frame.entries.length)} of my log`;
    case 'coordinator':
      return `I lead term ${frame.term}`;
    case 'yield':
      return `I am too far behind, I leave term ${frame.term} to you`;
    case 'resign':
      return `I step down and rest for ${frame.cooldownMs / 1_000} s`;
    case 'handover':
      return `you are caught up to #${frame.lastIndex}, take over from me`;
    case 'forkPrepare':
      return `promise me term ${frame.term}: we go on without the others`;
    case 'branchInfo':
      return `my history is ${frame.branch % 10_000} after ${frame.forks.length} forks, decided up to #${frame.commit}, ${frame.leader === null ? 'nobody leads' : 'it has a leader'}${frame.answer === null ? '' : `; my #${frame.asked} is ${frame.answer.slice(0, 6)}`}`;
    case 'forked':
      return `we went on without the others from #${frame.index} on, come along`;
    case 'evict':
      return `take ${name(frame.peerId)} off the list`;
    case 'join':
      return 'let me into the market';
    case 'joinAck':
      return `admission: ${frame.status}`;
    case 'leave':
      return 'I want to leave the market';
    case 'goodbye':
      return `goodbye (${frame.reason})`;
    case 'notMember':
      return 'you are no member any more';
    case 'snapOffer':
      return `you are far behind, take my snapshot up to #${frame.index}`;
    case 'podReply':
      return frame.result === '' ? `${name(frame.host)} hosts ${frame.podId}` : `request ${frame.seq} for ${frame.podId} is decided`;
    case 'refused':
      return `I refuse your request ${frame.seq}: ${frame.code}`;
    default:
      return null;
  }
}

/** The pulse, in few words, for detailed transcripts. Null for what is never of interest. */
export function pulse(frame: Frame): string | null {
  switch (frame.type) {
    case 'seq':
      return frame.entries.length === 0
        ? `nothing after #${frame.prevIndex} of term ${frame.prevTerm}, commit #${frame.commit}, term ${frame.term}`
        : `entries ${range(frame.prevIndex + 1, frame.entries.length)} after term ${frame.prevTerm}, commit #${frame.commit}, term ${frame.term}`;
    case 'ack':
      return `I have #${frame.match} of term ${frame.matchTerm} (term ${frame.term})`;
    case 'nak':
      return `send again from #${frame.want} (term ${frame.term})`;
    case 'commit':
      return `committed up to #${frame.index} (term ${frame.term})`;
    case 'pingReq':
      return `what did you last hear of the leader? I have #${frame.next - 1}`;
    case 'relayed':
      return `heartbeat ${frame.seq} of term ${frame.term}, ${frame.ageMs} ms ago; ${frame.entries.length} entries after #${frame.prevIndex}`;
    case 'alive':
      return `I live (incarnation ${frame.incarnation})`;
    case 'snapGet':
      return `snapshot from byte ${frame.offset}`;
    case 'podBid':
      return `decide ${frame.items.length} of my requests for lots that you host`;
    case 'podRows':
      return `rows ${range(frame.prev + 1, frame.rows.length)} of ${frame.podId}, final up to ${frame.committed}, epoch ${frame.epoch}`;
    case 'podAck':
      return `I have row ${frame.match} of ${frame.podId}, epoch ${frame.epoch}`;
    case 'readIndex':
      return `read ${frame.id}: how far?`;
    case 'readIndexAck':
      return `read ${frame.id}: up to #${frame.index}`;
    default:
      return null;
  }
}
