/**
 * English: the Activity page.
 */
export const activity = {
  activity: {
    tabs: { requests: 'Requests', queue: 'Queue', notices: 'Notices', balance: 'Balance', orders: 'Orders' },
    requests: 'Requests',
    request: 'Request',
    result: 'Result',
    noRequests: 'You have not asked for anything yet.',
    noQueue: 'Nothing is waiting.',
    noNotices: 'No notices yet.',
    cancelRequest: (summary: string) => `Cancel: ${summary}`,
    concurrentWith: (others: string) => `concurrent with ${others}`,
  },
  balance: {
    balance: 'Balance',
    held: 'Held by winning bids',
    commission: 'Commission earned',
    account: 'Account',
    accounts: 'Accounts',
    minted: (amount: string) => `Credits put into this market: ${amount}. All accounts add up to it. These are credits; settle outside.`,
  },
  orders: {
    empty: 'Nothing has been sold yet.',
    table: 'Orders',
    what: 'Goods',
    buyer: 'Buyer',
    sellers: 'Filled by',
    total: 'Total',
    commission: 'Commission',
    concurrent: 'concurrent',
    goods: (count: number, name: string) => `${count} × ${name}`,
    fill: (count: number, seller: string, price: string) => `${count} from ${seller} at ${price}`,
  },
};
