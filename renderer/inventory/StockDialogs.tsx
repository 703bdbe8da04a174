/**
 * What opens when something is done with an item of a warehouse.
 */
import type { StockView } from '../../shared/views.ts';
import { NewAuctionDialog } from '../auctions/NewAuctionDialog.tsx';
import { OfferDialog } from '../market/OfferDialog.tsx';
import { EditItemDialog } from './EditItemDialog.tsx';
import { LedgerDrawer } from './LedgerDrawer.tsx';
import type { StockAction } from './StockActions.tsx';
import { StockDialog } from './StockDialog.tsx';

export interface Doing {
  readonly row: StockView;
  readonly action: StockAction;
}

export const StockDialogs = ({ row, action, onClose }: Doing & { onClose(): void }) => {
  switch (action) {
    case 'ledger':
      return <LedgerDrawer row={row} onClose={onClose} />;
    case 'edit':
      return <EditItemDialog row={row} onClose={onClose} />;
    case 'offer':
      return <OfferDialog from={row} onClose={onClose} />;
    case 'auction':
      return <NewAuctionDialog itemId={row.itemId} onClose={onClose} />;
    default:
      return <StockDialog row={row} change={action} onClose={onClose} />;
  }
};
