/**
 * What the Diagnostics page and the network settings show of this desktop's own network.
 */
import { z } from 'zod';

export const MIN_PORT = 1_024;
export const MAX_PORT = 65_535;
export const port = z.int().min(MIN_PORT).max(MAX_PORT);
export const MAX_IGNORED = 32;
export const adapterName = z.string().min(1).max(64);

/** A person's choices; `fixed`: what the command line decided for this start. */
export const networkChoice = z.object({
  /** Null: the first free one from 47100 up. */
  port: port.nullable(),
  multicast: z.boolean(),
  /** Adapters on which nobody is looked for. */
  ignored: z.array(adapterName),
  fixed: z.object({ port: z.boolean(), multicast: z.boolean() }),
});
export type NetworkChoice = z.infer<typeof networkChoice>;

const count = z.int().min(0);
const ago = z.int().min(0).nullable();

export const networkView = z.object({
  /** False while a crash is simulated or the desktop has stopped: then nothing below is known. */
  open: z.boolean(),
  address: z.string(),
  /** The wanted port that another program has. */
  busyPort: z.int().nullable(),
  choice: networkChoice,
  multicast: z.enum(['off', 'ok', 'blocked', 'unknown']),
  mdns: z.string(),
  receiveBuffer: count,
  traffic: z.object({ datagramsIn: count, datagramsOut: count, bytesIn: count, bytesOut: count, messagesIn: count, messagesOut: count }),
  /** Datagrams that were not used, by reason. */
  refused: z.array(z.object({ why: z.string(), count })),
  /** Every adapter of this machine, the unused ones as well. Times are ms ago. */
  interfaces: z.array(
    z.object({
      name: z.string(),
      address: z.string(),
      used: z.boolean(),
      virtual: z.boolean(),
      internal: z.boolean(),
      beaconsOut: count,
      beaconsIn: count,
      sendErrors: count,
      peerHeardMs: ago,
      ownHeardMs: ago,
    }),
  ),
  /** Where desktops were last reached; also of those that are not here now. */
  remembered: z.array(z.object({ peerId: z.string(), name: z.string(), address: z.string(), lastHeardAt: z.int().nullable() })),
});
export type NetworkView = z.infer<typeof networkView>;

/** What a scan of the subnets around found; `asked` addresses. */
export const scanView = z.object({
  subnets: z.array(z.string()),
  asked: count,
  found: z.array(z.object({ peerId: z.string(), name: z.string(), address: z.string(), market: z.string().nullable() })),
});
export type ScanView = z.infer<typeof scanView>;

/** What this program is and where it keeps its things. */
export const aboutView = z.object({
  version: z.string(),
  protocol: z.int(),
  dataDir: z.string(),
  runtime: z.string(),
  platform: z.string(),
  upSince: z.int(),
  /** Bytes in the data folder. */
  dataBytes: count,
  /** Newest snapshot of the log on the disk. */
  snapshot: z.object({ entry: z.int(), at: z.int() }).nullable(),
  logLevel: z.string(),
});
export type AboutView = z.infer<typeof aboutView>;

/** What others need to get in: for people to hand on, so the code is in it. */
export const invitation = z.object({ market: z.string(), code: z.string(), address: z.string(), link: z.string() });

/** Text files and what they are called together: a bug report, or a whole market. Nothing secret is in them. */
export const reportView = z.object({ name: z.string(), files: z.array(z.object({ name: z.string(), text: z.string() })) });
export type ReportView = z.infer<typeof reportView>;

/** One timing preset, ms. */
export const timingView = z.object({
  preset: z.string(),
  heartbeatMs: count,
  suspectMs: count,
  failMs: count,
  failJitterMs: count,
  okMs: count,
});
export type TimingView = z.infer<typeof timingView>;

export const doctorLine = z.object({
  check: z.string(),
  ok: z.enum(['yes', 'no', 'unknown']),
  text: z.string(),
  /** What the network layer observed has these as well: a code for programs, a state, and the values behind the sentence. */
  code: z.string().optional(),
  state: z.enum(['ok', 'warn', 'bad']).optional(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
export type DoctorLine = z.infer<typeof doctorLine>;
