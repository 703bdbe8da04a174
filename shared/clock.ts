/** "00:41" from ms, rounded up, so that 00:00 means over; "1:02:03" from an hour on. */
export const clockText = (ms: number): string => {
  const two = (n: number): string => String(n).padStart(2, '0');
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${rest}` : rest;
};
