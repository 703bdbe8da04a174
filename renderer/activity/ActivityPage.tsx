/**
 * What this desktop asked for, what others told it, what it has.
 */
import { PageTitle } from '../parts/PageTitle.tsx';
import { RouteTabs, tabOf } from '../parts/RouteTabs.tsx';
import { useRoute } from '../state/route.ts';
import { t } from '../text/t.ts';
import { BalancePanel } from './BalancePanel.tsx';
import { BidList } from './BidList.tsx';
import { GuestsPanel } from './GuestsPanel.tsx';
import { NoticeList } from './NoticeList.tsx';
import { OrderList } from './OrderList.tsx';
import { ReceiptList } from './ReceiptList.tsx';
import { RequestList } from './RequestList.tsx';
import { SettlePanel } from './SettlePanel.tsx';

const tabs = ['requests', 'queue', 'notices', 'bids', 'orders', 'receipts', 'balance', 'settle', 'guests'] as const;

export const ActivityPage = () => {
  const tab = tabOf(tabs, useRoute().rest[0]);
  return (
    <>
      <PageTitle title={t.rail.activity} />
      <RouteTabs page="activity" tabs={tabs} names={t.activity.tabs} current={tab} label={t.rail.activity}>
        {tab === 'requests' ? <RequestList waitingOnly={false} /> : null}
        {tab === 'queue' ? <RequestList waitingOnly /> : null}
        {tab === 'notices' ? <NoticeList /> : null}
        {tab === 'balance' ? <BalancePanel /> : null}
        {tab === 'bids' ? <BidList /> : null}
        {tab === 'orders' ? <OrderList /> : null}
        {tab === 'receipts' ? <ReceiptList /> : null}
        {tab === 'settle' ? <SettlePanel /> : null}
        {tab === 'guests' ? <GuestsPanel /> : null}
      </RouteTabs>
    </>
  );
};
