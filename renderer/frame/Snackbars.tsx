/**
 * Results of my own actions, said once at the foot of the window; where the refusal names what would work, a button does it.
 */
import { forwardRef, useLayoutEffect } from 'react';
import type { ReactNode } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { SnackbarProvider, closeSnackbar, enqueueSnackbar } from 'notistack';
import type { CustomContentProps } from 'notistack';
import { plainRefusal, refusalText } from '../format/refusal.ts';
import { askedText, requestText } from '../format/requestText.ts';
import { moneyOf } from '../format/useMoney.ts';
import { onTidings } from '../state/tell.ts';
import type { Tidings } from '../state/tell.ts';
import { retryOf } from '../state/retry.ts';
import { useView } from '../state/store.ts';

const READ_MS = 5000;
const REFUSED_MS = 10_000;

const content = (severity: 'success' | 'error' | 'warning' | 'info') =>
  forwardRef<HTMLDivElement, CustomContentProps>(function Content({ id, message, action, className }, ref) {
    return (
      <Alert
        ref={ref}
        className={className}
        severity={severity}
        variant="filled"
        sx={{ alignItems: 'center', maxWidth: 560, boxShadow: 6 }}
        onClose={typeof action === 'object' && action !== null ? undefined : () => closeSnackbar(id)}
        action={typeof action === 'function' ? undefined : action}
      >
        {message}
      </Alert>
    );
  });

const Components = { success: content('success'), error: content('error'), warning: content('warning'), info: content('info') };

const show = (tidings: Tidings): void => {
  switch (tidings.kind) {
    case 'said':
      enqueueSnackbar(tidings.text, { variant: 'success' });
      return;
    case 'accepted':
      closeSnackbar(tidings.request.requestId);
      enqueueSnackbar(requestText(tidings.request) ?? askedText(tidings.request), { variant: 'success' });
      return;
    case 'queued':
      enqueueSnackbar(requestText(tidings.request) ?? plainRefusal('NO_LEADER'), {
        variant: 'warning',
        key: tidings.request.requestId,
      });
      return;
    case 'failed':
      enqueueSnackbar(refusalText(tidings.error), { variant: 'error', autoHideDuration: REFUSED_MS });
      return;
    case 'refused': {
      closeSnackbar(tidings.request.requestId);
      const key = `${tidings.request.requestId}/refused`;
      const market = useView.getState().status?.market;
      const retry = retryOf(tidings.request, tidings.ref, moneyOf(market?.currency ?? 'EUR', market?.decimals ?? 2));
      const action: ReactNode =
        retry === null ? undefined : (
          <Button
            color="inherit"
            size="small"
            sx={{ whiteSpace: 'nowrap' }}
            onClick={() => {
              closeSnackbar(key);
              retry.run();
            }}
          >
            {retry.label}
          </Button>
        );
      enqueueSnackbar(requestText(tidings.request) ?? askedText(tidings.request), {
        variant: 'error',
        autoHideDuration: REFUSED_MS,
        action,
        key,
      });
    }
  }
};

export const Snackbars = ({ children }: { readonly children: ReactNode }) => {
  // Before any effect of a page: what one of them tells at once must be heard.
  useLayoutEffect(() => onTidings(show), []);
  return (
    <SnackbarProvider
      Components={Components}
      maxSnack={4}
      autoHideDuration={READ_MS}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
    >
      {children}
    </SnackbarProvider>
  );
};
