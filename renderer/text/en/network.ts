/**
 * English: the Network page: desktops, elections, failovers, events, the connection doctor.
 */
import { many } from './many.ts';

export const network = {
  network: {
    add: 'Add desktop by address',
    addTitle: 'Connect to another desktop',
    address: 'Address',
    yours: (address: string) => (address === '' ? '' : `The address of this desktop is ${address}.`),
    connect: 'Connect',
    connecting: 'Connecting…',
    alone: 'You are the only desktop here. The market works, but nobody can take over if this one stops.',
    looking: 'Looking for desktops on this network…',
    runDoctor: 'Run connection doctor',
    another: 'Open another desktop on this PC',
    desktops: (count: number) => many(count, 'desktop', 'desktops'),
  },
  alone: {
    button: 'Continue alone…',
    title: 'Continue without the others?',
    type: (phrase: string) => `Type: ${phrase}`,
    doIt: 'Continue alone',
  },
  history: {
    title: 'Done on a history that does not count',
    of: (time: string) => `History that ended at ${time}`,
    what: (leader: string, base: number, file: string) =>
      `The history of ${leader === '' ? 'the others' : leader} counts. This desktop had gone its own way after entry #${base}. Everything is in ${file}.`,
    entry: 'Entry',
    by: 'By',
    command: 'What',
    state: 'State',
    again: 'Do again',
    states: {
      same: 'Here as well',
      replayable: 'Missing, can be done again',
      conflict: 'Missing, decide yourself',
      refused: 'Was refused, nothing is missing',
    },
  },
  peer: {
    leader: 'Leader',
    you: 'You',
    voter: 'Voter',
    observer: 'Observer',
    host: (lots: number) => (lots === 1 ? 'Host of 1 lot' : `Host of ${lots} lots`),
    backup: (lots: number) => (lots === 1 ? 'Backup of 1 lot' : `Backup of ${lots} lots`),
    lastHeard: 'Last heard',
    now: 'this desktop',
    never: 'never',
    roundTrip: 'Round trip',
    offset: 'Clock offset',
    priority: 'Priority',
    crash: 'Simulate crash',
    crashNamed: (name: string) => `Simulate crash of ${name}`,
    address: 'Address',
  },
  election: {
    title: 'Election',
    nobody: 'No leader',
    leads: (name: string) => `${name} leads`,
    facts: (term: number, since: string | null, reachable: number, voters: number, majority: number) =>
      [
        `Term ${term}`,
        ...(since === null ? [] : [`since ${since}`]),
        `${reachable} of ${voters} voters reachable, ${majority} are a majority`,
      ].join(' · '),
    elect: 'Hold election now',
    stepDown: 'Step down',
    history: 'Leaders so far',
    line: (name: string, term: number, at: string, reason: string) => `${name}, term ${term}, ${at}: ${reason}`,
  },
  failover: {
    title: 'Last failover',
    none: 'No change of leader so far.',
    head: (from: string | null, to: string, term: number, at: string, reason: string) =>
      `${from === null ? '' : `${from} → `}${to}, term ${term}, ${at}: ${reason}`,
    detected: 'Detected after',
    elected: 'Elected in',
    recovered: 'Recovered in',
    stopped: 'Trading stopped',
    accepted: 'Accepted entries',
    beforeAfter: (before: number, after: number) => `before ${before}, after ${after}`,
    waiting: 'Waiting bids sent',
    lost: 'Accepted bids lost',
    messages: (desk: string) => `Messages seen by ${desk}`,
    bully: 'The textbook needs',
    predicted: (p: { election: number; ok: number; coordinator: number }, starter: string, dead: string | null) =>
      `ELECTION ${p.election} · OK ${p.ok} · COORDINATOR ${p.coordinator} in all, when ${starter} starts${dead === null ? '' : ` and ${dead} is dead`}`,
    chart: 'Failover times',
    term: 'Term',
    who: 'From → to',
    table: 'Table of failover times',
    counts: (m: { election: number; ok: number; prepare: number; promise: number; coordinator: number }) =>
      `ELECTION ${m.election} · OK ${m.ok} · PREPARE ${m.prepare} · PROMISE ${m.promise} · COORDINATOR ${m.coordinator}`,
  },
  events: {
    title: 'Events',
    filter: 'Kinds of events',
    empty: 'No events of these kinds yet.',
    where: (desk: string, term: number, entry: number) => `${desk} · term ${term} · entry #${entry}`,
    group: {
      election: 'Election',
      auction: 'Auction',
      stock: 'Stock',
      fault: 'Fault',
      network: 'Network',
      membership: 'Membership',
      system: 'System',
    },
  },
};
