/**
 * Light or dark before the first picture is drawn, so that a dark room is never lit up for a moment. The theme itself decides only
 * after its first picture, and its own early script would be an inline one, which the page's content policy forbids.
 */

/** Where the theme keeps the choice, and the attribute its styles look at. */
const KEY = 'mui-mode';
export const SCHEME_ATTRIBUTE = 'data-scheme';

const chosen = (): string | null => {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
};

export const showScheme = (): void => {
  const mode = chosen();
  const dark = mode === 'dark' || (mode !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute(SCHEME_ATTRIBUTE, dark ? 'dark' : 'light');
};
