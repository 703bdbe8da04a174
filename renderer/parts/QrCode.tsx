/**
 * A text as a QR code, drawn as one path: black on white in either scheme and on paper, with the quiet zone that readers need.
 */
import { useMemo } from 'react';
import { encode } from 'uqr';

/** White modules around it that the standard asks for (ISO/IEC 18004). */
const QUIET = 4;

interface Props {
  readonly text: string;
  /** What it is and what is in it, for those who do not see it. */
  readonly label: string;
  /** Edge in CSS pixels. */
  readonly size: number;
}

export const QrCode = ({ text, label, size }: Props) => {
  // Level M survives a fold and a stain on 15 % of it.
  const code = useMemo(() => encode(text, { ecc: 'M', border: 0 }), [text]);
  const path = code.data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  const edge = code.size + 2 * QUIET;
  return (
    <svg
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <img> needs an address; this drawing has none
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`${-QUIET} ${-QUIET} ${edge} ${edge}`}
      shapeRendering="crispEdges"
    >
      <rect x={-QUIET} y={-QUIET} width={edge} height={edge} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
};
