/**
 * What a market is for, and what follows from it: timing, when a stronger desktop takes over, who may inject faults.
 */
export const kindNames = ['demo', 'event', 'shop'] as const;
export type Kind = (typeof kindNames)[number];

export const kinds = {
  demo: { preset: 'demo', takeover: 'never', faultsAllowed: true },
  event: { preset: 'event', takeover: 'onCaughtUp', faultsAllowed: false },
  shop: { preset: 'lan', takeover: 'onCaughtUp', faultsAllowed: false },
} as const satisfies Record<Kind, unknown>;
