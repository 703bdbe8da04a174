/**
 * German: one word for every state of anything, wherever it is shown.
 */
import type { states as english } from '../en/states.ts';

export const states: typeof english = {
  states: {
    request: {
      sending: 'Wird gesendet',
      queued: 'Wartet',
      accepted: 'Angenommen',
      refused: 'Nicht angenommen',
      expired: 'Abgelaufen',
      cancelled: 'Abgebrochen',
    },
    bid: { winning: 'Führt', outbid: 'Überboten', won: 'Zuschlag', lost: 'Kein Zuschlag', sealed: 'Verdeckt', open: 'Offen' },
    lot: {
      draft: 'Entwurf',
      ready: 'Bereit',
      waiting: 'Wartet',
      live: 'Läuft',
      paused: 'Angehalten',
      closing: 'Schließt',
      sold: 'Verkauft',
      notSold: 'Nicht verkauft',
      cancelled: 'Abgesagt',
      void: 'Ungültig',
    },
    peer: {
      alive: 'Erreichbar',
      oneWay: 'Nur eine Richtung',
      suspected: 'Verdächtig',
      failed: 'Ausgefallen',
      crashed: 'Abgestürzt (simuliert)',
      joining: 'Tritt bei',
      left: 'Gegangen',
    },
    stock: { ok: 'OK', low: 'Knapp', out: 'Leer' },
    offer: { soldOut: 'Ausverkauft', inAuction: 'In einer Auktion', notForSale: 'Nicht im Angebot' },
    market: { open: 'Handel läuft', electing: 'Wahl läuft', closed: 'Kein Handel', offline: 'Getrennt' },
  },
};
