/**
 * Stopping and reviving desktops from this window, and what the window remembers about it: whom it stopped, and whether they shall
 * come back by themselves.
 */
import { create } from 'zustand';
import { client } from '../carrier/current.ts';
import { attempt } from './requests.ts';

/** How long a simulated crash lasts: as a lesson needs it, or as long as the contract allows. */
const SHORT_MS = 30_000;
const LONG_MS = 600_000;

export const useFaults = create<{ readonly stopped: string | null; readonly selfRecovery: boolean }>(() => ({
  stopped: null,
  selfRecovery: true,
}));

export const setSelfRecovery = (selfRecovery: boolean): void => useFaults.setState({ selfRecovery });

/** Simulates a crash of the leader's desktop, of this one ('self') or of a peer. */
export const crash = async (target: string): Promise<void> => {
  const forMs = useFaults.getState().selfRecovery ? SHORT_MS : LONG_MS;
  const done = await attempt(client().call('fault.crash', { target, forMs }));
  if (done !== null) useFaults.setState({ stopped: done.peerId });
};

/** Ends a simulated crash. */
export const recover = async (target: string): Promise<void> => {
  const done = await attempt(client().call('fault.recover', { target }));
  if (done !== null) useFaults.setState({ stopped: null });
};
