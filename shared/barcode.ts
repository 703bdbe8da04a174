/**
 * Barcodes as scanners type them.
 *
 * The codes of the retail trade carry a check digit, so a misread or mistyped one is found out before anybody labels goods with it:
 * EAN-8 (8 digits), UPC-A (12) and EAN-13 (13), and UPC-E, which is a UPC-A written in 8 digits. Anything else (Code 128, Code 39,
 * ITF-14, a QR code) has no check digit that could be known here and is taken as it is.
 */

/** Longest barcode, in characters: longer ones are no labels, but documents. */
export const MAX_BARCODE = 48;
const RETAIL = /^(?:\d{8}|\d{12}|\d{13})$/;

/** Is the last digit the check digit of those before it (GS1: weights 3 and 1 from the right)? */
function checks(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, weight = 1; at >= 0; at -= 1, weight = 4 - weight) sum += Number(digits[at]) * weight;
  return sum % 10 === 0;
}

/** The 12 digits that a UPC-E of 8 stands for. Its sixth digit after the first says where the zeros were left out. */
function expanded(digits: string): string {
  const [system, a, b, c, d, e, how, check] = digits;
  if (how === '0' || how === '1' || how === '2') return `${system}${a}${b}${how}0000${c}${d}${e}${check}`;
  if (how === '3') return `${system}${a}${b}${c}00000${d}${e}${check}`;
  if (how === '4') return `${system}${a}${b}${c}${d}00000${e}${check}`;
  return `${system}${a}${b}${c}${d}${e}0000${how}${check}`;
}

const isUpcE = (code: string): boolean => /^[01]\d{7}$/.test(code) && checks(expanded(code));

/** May this be a barcode? A text of 8, 12 or 13 digits only with the right check digit. */
export function isBarcode(code: string): boolean {
  if (code.length > MAX_BARCODE) return false;
  return !RETAIL.test(code) || checks(code) || isUpcE(code);
}

/** What two readings of the same code have in common: a UPC-A is the EAN-13 that begins with 0, and scanners give either. */
export function barcodeKey(code: string): string {
  return /^\d{12}$/.test(code) ? `0${code}` : code;
}
