/**
 * English: one word for every state of anything, wherever it is shown.
 */
export const states = {
  states: {
    request: {
      sending: 'Sending',
      queued: 'Queued',
      accepted: 'Accepted',
      refused: 'Not accepted',
      expired: 'Expired',
      cancelled: 'Cancelled',
    },
    bid: { winning: 'Winning', outbid: 'Outbid', won: 'Won', lost: 'Lost', sealed: 'Sealed', open: 'Open' },
    lot: {
      draft: 'Draft',
      ready: 'Ready',
      waiting: 'Waiting',
      live: 'Live',
      paused: 'Paused',
      closing: 'Closing',
      sold: 'Sold',
      notSold: 'Not sold',
      cancelled: 'Cancelled',
      void: 'Void',
    },
    peer: {
      alive: 'Alive',
      oneWay: 'One way',
      suspected: 'Suspected',
      failed: 'Failed',
      crashed: 'Crashed (simulated)',
      joining: 'Joining',
      left: 'Left',
    },
    stock: { ok: 'OK', low: 'Low', out: 'Out' },
    offer: { soldOut: 'Sold out', inAuction: 'In an auction', notForSale: 'Not for sale' },
    market: { open: 'Trading', electing: 'Electing', closed: 'No trading', offline: 'Offline' },
  },
};
