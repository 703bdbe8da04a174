/**
 * Where the focus goes when something opens: into its first field, so that one can type at once. Used as refs, so they run once.
 */

export const focusFirstField = (form: HTMLElement | null): void => {
  form?.querySelector<HTMLElement>('input:not([type="hidden"]):not([aria-hidden="true"]), textarea:not([aria-hidden="true"])')?.focus();
};

export const focusIt = (element: HTMLElement | null): void => element?.focus();
