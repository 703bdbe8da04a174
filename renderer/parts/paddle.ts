/**
 * Everybody's bidding paddle: a colour and a short mark, the same on every desktop because both come from the peer's name and id.
 * Numbered desktops get neighbouring colours, so that a room of five never shows one twice.
 */

/** Dark enough for white text in both schemes. */
const colors = ['#0f5c50', '#7a3b00', '#1a5490', '#7b2d6b', '#445d14', '#8c1d2f', '#4a3f9c', '#5b4a3a'];

const hash = (text: string): number => [...text].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 65_521, 7);

const numberOf = (name: string): number | null => {
  // The paddle of the market, of a guest or of somebody who is shown by it.
  const paddle = /^#(\d{1,5})\b/.exec(name)?.[1];
  if (paddle !== undefined) return Number(paddle);
  if (name.includes('***')) return null;
  const digits = /(\d{1,2})$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** "Desk-5" -> "5", "Anna Berg" -> "AB". */
const markOf = (name: string): string => {
  const number = numberOf(name);
  if (number !== null) return String(number);
  const words = name.split(/\s+/).filter((word) => word !== '' && !word.startsWith('#'));
  return (
    words
      .slice(0, 2)
      .map((word) => [...word][0]?.toUpperCase() ?? '')
      .join('') || '?'
  );
};

export const paddleOf = (peerId: string, name: string): { readonly color: string; readonly mark: string } => ({
  color: colors[(numberOf(name) ?? hash(peerId)) % colors.length] ?? '#0f5c50',
  mark: markOf(name),
});
