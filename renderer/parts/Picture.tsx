/**
 * The picture of an item, in a square of its own. Nothing at all where there is none.
 */
import { useEffect, useState } from 'react';
import Box from '@mui/material/Box';
import { pictureUrl } from '../state/pictures.ts';

interface Props {
  readonly itemId: string;
  /** As the views say it. */
  readonly hash: string | null;
  readonly name: string;
  /** Of one side: pixels, or any CSS length. */
  readonly size: number | string;
}

export const usePicture = (itemId: string, hash: string | null): string | null => {
  const [shown, setShown] = useState<{ readonly hash: string; readonly url: string } | null>(null);
  useEffect(() => {
    if (hash === null) return undefined;
    let stale = false;
    void pictureUrl(itemId, hash).then((url) => {
      if (!stale && url !== null) setShown({ hash, url });
    });
    return () => {
      stale = true;
    };
  }, [itemId, hash]);
  return shown?.hash === hash ? shown.url : null;
};

export const Picture = ({ itemId, hash, name, size }: Props) => {
  const url = usePicture(itemId, hash);
  if (hash === null) return null;
  return (
    <Box sx={{ width: size, height: size, flexShrink: 0, borderRadius: 1, overflow: 'hidden', bgcolor: 'action.hover' }}>
      {url === null ? null : (
        <Box component="img" src={url} alt={name} sx={{ display: 'block', width: '100%', height: '100%', objectFit: 'contain' }} />
      )}
    </Box>
  );
};
