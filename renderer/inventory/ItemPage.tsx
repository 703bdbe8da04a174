/**
 * One item with everything that is known of it: who has it, who offers it, its auctions, and how the stock came to be what it is.
 */
import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import BackIcon from '@mui/icons-material/ArrowBackOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ItemDetail } from '../../shared/goodsViews.ts';
import { client } from '../carrier/current.ts';
import { refusalText } from '../format/refusal.ts';
import { useMoney } from '../format/useMoney.ts';
import { OfferTable } from '../market/OfferTable.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { Picture } from '../parts/Picture.tsx';
import { TableBox } from '../parts/TableBox.tsx';
import { StateChip } from '../parts/StateChip.tsx';
import { useRead } from '../parts/useRead.ts';
import { useClosed, useMe } from '../parts/useTrading.ts';
import { href } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';
import { LedgerTable } from './LedgerTable.tsx';
import { StockChart } from './StockChart.tsx';
import { StockDialogs } from './StockDialogs.tsx';
import type { Doing } from './StockDialogs.tsx';
import { StockTable } from './StockTable.tsx';
import type { StockAction } from './StockActions.tsx';
import type { StockView } from '../../shared/views.ts';

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Paper variant="outlined" component="section" aria-label={title} sx={{ p: 2 }}>
    <Typography component="h2" variant="h3" sx={{ mb: 1 }}>
      {title}
    </Typography>
    {children}
  </Paper>
);

const Lots = ({ lots }: { readonly lots: ItemDetail['lots'] }) => {
  const money = useMoney();
  if (lots.length === 0) return <Typography sx={{ color: 'text.secondary' }}>{t.item.noAuctions}</Typography>;
  return (
    <Stack component="ul" spacing={1} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {lots.map((lot) => (
        <Box component="li" key={lot.lotId} sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
          <Link href={href('auctions', 'lot', lot.lotId)} underline="hover" sx={{ fontWeight: 600 }}>
            {lot.quantity > 1 ? `${lot.quantity} × ` : ''}
            {lot.title}
          </Link>
          <StateChip of="lot" state={lot.state} />
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t.lot.soldBy(lot.seller.name)}
            {lot.price === null ? '' : ` · ${money.show(lot.price.minor)}`}
          </Typography>
        </Box>
      ))}
    </Stack>
  );
};

const Detail = ({ detail }: { readonly detail: ItemDetail }) => {
  const me = useMe();
  const closed = useClosed() !== null;
  const [doing, setDoing] = useState<Doing | null>(null);
  const onAction = useCallback((row: StockView, action: StockAction) => setDoing({ row, action }), []);
  const { item, maker, stock, ledger, lots } = detail;
  return (
    <>
      <PageTitle title={item.name} />
      <Picture itemId={item.itemId} hash={item.picture} name={item.name} size={160} />
      <Typography sx={{ color: 'text.secondary', mb: 2, overflowWrap: 'anywhere' }}>
        {[item.category, item.description, item.barcode === '' ? '' : t.codes.barcodeIs(item.barcode)]
          .flatMap((text) => (text === '' ? [] : [`${text} · `]))
          .join('')}
        {t.item.maker(maker.peerId === me ? t.common.you(maker.name) : maker.name)} (#{detail.entry})
      </Typography>
      <Stack spacing={2}>
        <StockTable rows={stock} me={me} withOwner oneItem closed={closed} onAction={onAction} />
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' } }}>
          <Part title={t.item.offers}>
            {item.offers.length === 0 ? (
              <Typography sx={{ color: 'text.secondary' }}>{t.item.noOffers}</Typography>
            ) : (
              <TableBox label={t.market.offersOf(item.name)} plain>
                <OfferTable item={item} withdraw />
              </TableBox>
            )}
          </Part>
          <Part title={t.item.auctions}>
            <Lots lots={lots} />
          </Part>
        </Box>
        <StockChart ledger={ledger} />
        <Part title={t.item.ledger}>
          <LedgerTable rows={ledger} withOwner maxHeight={480} />
        </Part>
      </Stack>
      {doing === null ? null : <StockDialogs {...doing} onClose={() => setDoing(null)} />}
    </>
  );
};

export const ItemPage = ({ itemId }: { readonly itemId: string }) => {
  const entry = useView((view) => view.status?.appliedIndex ?? 0);
  const { value, error } = useRead(`item/${itemId}/${entry}`, () => client().call('item', { itemId }));
  return (
    <>
      <Button component="a" href={href('inventory')} startIcon={<BackIcon />} sx={{ mb: 1 }}>
        {t.item.back}
      </Button>
      {error === null ? null : <Alert severity="error">{refusalText(error)}</Alert>}
      {value === null ? null : <Detail detail={value.value} />}
    </>
  );
};
