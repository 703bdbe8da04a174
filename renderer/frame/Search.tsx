/**
 * One field for everything that has a name here: items, auctions, desktops, pages; items by their codes too. `/` leads to it from anywhere.
 */
import { useMemo, useState } from 'react';
import SearchIcon from '@mui/icons-material/SearchOutlined';
import Autocomplete from '@mui/material/Autocomplete';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { found, type Found } from '../parts/codes.ts';
import { href, pages } from '../state/route.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

interface Place {
  readonly key: string;
  readonly group: string;
  readonly name: string;
  /** What else it is found by. */
  readonly found?: Found;
  readonly to: string;
}

const none: readonly never[] = [];
/** Nobody looks through more. */
const MAX_SHOWN = 100;

const foundBy = (place: Place): Found => place.found ?? { barcode: '', skus: [], words: [place.name] };

/** Everything with a name; nothing while nobody is looking, so that a busy market costs this field nothing. */
const usePlaces = (looking: boolean): readonly Place[] => {
  const items = useView((view) => (looking ? view.items : none));
  const lots = useView((view) => (looking ? view.lots : none));
  const peers = useView((view) => (looking ? view.peers : none));
  return useMemo(
    () => [
      ...items.map((item) => ({
        key: `item/${item.itemId}`,
        group: t.search.items,
        name: item.name,
        found: { barcode: item.barcode, skus: [item.mySku], words: [item.name] },
        to: href('market', 'item', item.itemId),
      })),
      ...lots.map((lot) => ({ key: `lot/${lot.lotId}`, group: t.rail.auctions, name: lot.title, to: href('auctions', 'lot', lot.lotId) })),
      ...peers.map((peer) => ({ key: `peer/${peer.peerId}`, group: t.search.desktops, name: peer.name, to: href('network') })),
      ...pages.map((page) => ({ key: `page/${page}`, group: t.rail.label, name: t.rail[page], to: href(page) })),
    ],
    [items, lots, peers],
  );
};

export const Search = () => {
  const [typed, setTyped] = useState('');
  const places = usePlaces(typed.trim() !== '');
  return (
    <Autocomplete<Place>
      options={places}
      filterOptions={(all, { inputValue }) => [...found(all, inputValue, foundBy)].slice(0, MAX_SHOWN)}
      value={null}
      inputValue={typed}
      onInputChange={(_, text, reason) => setTyped(reason === 'selectOption' || reason === 'reset' ? '' : text)}
      onChange={(_, place) => {
        if (place === null) return;
        setTyped('');
        window.location.hash = place.to;
      }}
      getOptionLabel={(place) => place.name}
      getOptionKey={(place) => place.key}
      groupBy={(place) => place.group}
      open={typed.trim() !== ''}
      autoHighlight
      blurOnSelect
      size="small"
      forcePopupIcon={false}
      noOptionsText={t.search.nothing}
      sx={{ flex: '0 1 26rem', minWidth: 0, mx: { xs: 0.5, md: 'auto' } }}
      renderInput={(params) => (
        <TextField
          {...params}
          placeholder={t.search.hint}
          slotProps={{
            ...params.slotProps,
            input: {
              ...params.slotProps.input,
              startAdornment: (
                <InputAdornment position="start">
                  <SearchIcon fontSize="small" />
                </InputAdornment>
              ),
            },
            htmlInput: { ...params.slotProps.htmlInput, 'aria-label': t.search.label, 'data-search': '' },
          }}
        />
      )}
    />
  );
};
