/**
 * May this desktop change the market's rules? Only its operator may; the others are told who that is.
 */
import { useClosed } from '../parts/useTrading.ts';
import { useView } from '../state/store.ts';
import { t } from '../text/t.ts';

/** Null when it may; else why not. */
export const useWhyNotOperator = (): string | null => {
  const closed = useClosed();
  const operator = useView((view) => view.status?.market?.operator);
  const me = useView((view) => view.status?.desk.peerId);
  if (operator === undefined) return t.settings.noMarket;
  return operator.peerId === me ? closed : t.settings.onlyOperator(operator.name);
};
