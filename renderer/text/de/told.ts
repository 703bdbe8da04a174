/**
 * German: notices, requests and their results, and why stock changed.
 */
import type { TextFormat } from '../../../shared/errors.ts';
import type { LedgerRowView, NoticeView, RequestView } from '../../../shared/views.ts';
import { guestLabel } from '../../../shared/guests.ts';
import { many } from './many.ts';
import { reasonText } from './lots.ts';

type Facts = Readonly<Record<string, unknown>>;
type Sentence = (d: Facts, f: TextFormat, ref: string) => string;

const text = (d: Facts, key: string): string => String(d[key] ?? '');
const count = (d: Facts, key: string): number => (typeof d[key] === 'number' ? d[key] : 0);
const money = (d: Facts, key: string, f: TextFormat): string => f.money(count(d, key));
const peer = (d: Facts, key: string, f: TextFormat): string => f.nameOf(text(d, key));
const percent = (d: Facts): string => `${String(count(d, 'bps') / 100).replace('.', ',')} %`;
const number = (ref: string): string => `#${ref.slice(ref.lastIndexOf('-') + 1)}`;

const sellers = (d: Facts, f: TextFormat): string => {
  const names = text(d, 'sellers')
    .split(',')
    .map((peerId) => f.nameOf(peerId));
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} und ${names.at(-1) ?? ''}`;
};
const bought: Sentence = (d, f) => `${text(d, 'quantity')} × ${text(d, 'item')} von ${sellers(d, f)} für ${money(d, 'total', f)} gekauft.`;

const notices: ReadonlyMap<string, Sentence> = new Map<string, Sentence>([
  ['bought', bought],
  [
    'sold',
    (d, f) =>
      `${text(d, 'quantity')} × ${text(d, 'item')} an ${peer(d, 'buyer', f)} verkauft: ${money(d, 'net', f)} nach ${percent(d)} Provision.`,
  ],
  ['commission', (d, f, ref) => `Provision ${money(d, 'amount', f)} aus ${ref.startsWith('lot-') ? 'Auktion' : 'Verkauf'} ${number(ref)}.`],
  ['outbid', (d, f) => `Überboten: ${peer(d, 'leader', f)} führt mit ${money(d, 'price', f)}`],
  ['won', (d, f) => `Du hast ${text(d, 'title')} für ${money(d, 'price', f)} ersteigert.`],
  ['lost', (d, f) => `${text(d, 'title')} ging an jemand anderen. Endpreis ${money(d, 'price', f)}.`],
  ['lotSold', (d, f) => `${text(d, 'title')} an ${peer(d, 'buyer', f)} verkauft: ${money(d, 'net', f)} nach ${percent(d)} Provision.`],
  ['lotNotSold', (d) => `${text(d, 'title')} wurde nicht verkauft: ${reasonText(text(d, 'reason'))}.`],
  ['lotCancelled', (d) => `${text(d, 'title')} wurde abgesagt: ${reasonText(text(d, 'reason'))}`],
  ['lotPaused', (d) => `${text(d, 'title')} ist angehalten: Die Uhr stand. Setze fort, wenn du so weit bist.`],
  ['lotReady', (d) => `${text(d, 'bidders')} Bietende sind ${text(d, 'title')} beigetreten. Auktion starten?`],
  ['lotStarted', (d) => `Auf ${text(d, 'title')} kann geboten werden.`],
  ['lotVoid', (d) => `${text(d, 'title')} ist ungültig: ${text(d, 'reason')}`],
  ['roundOver', (d) => `${text(d, 'title')}: Runde ${text(d, 'round')} von ${text(d, 'rounds')} ist beendet.`],
  ['toConfirm', (d) => `Die Zeit für ${text(d, 'title')} ist um. Bestätige das Ergebnis oder öffne sie wieder.`],
  [
    'forfeited',
    (d, f) => `Dein verdecktes Gebot auf ${text(d, 'title')} wurde nicht geöffnet: Das Pfand von ${money(d, 'amount', f)} ist verloren.`,
  ],
  ['paid', (d, f) => `${peer(d, 'creditor', f)} hat ${money(d, 'amount', f)} von dir erhalten.`],
  ['ending', (d) => `Endet bald: ${text(d, 'title')}, noch ${text(d, 'seconds')} s.`],
  ['low', (d) => `${text(d, 'item')} wird knapp: noch ${text(d, 'onHand')}.`],
  ['credited', (d, f) => `${money(d, 'amount', f)} gutgeschrieben: ${text(d, 'reason')}`],
  [
    'operator',
    (d, f) => `Du verwaltest jetzt diesen Markt, nach ${peer(d, 'before', f)}. Seine Regeln kannst du in den Einstellungen ändern.`,
  ],
]);

export const noticeText = ({ kind, data, ref, text: given }: NoticeView, f: TextFormat): string =>
  notices.get(kind)?.(data, f, ref) ?? given;

const created: Sentence = (d) => {
  if (d['state'] === 'open') return `Auf ${text(d, 'title')} kann geboten werden.`;
  return d['state'] === 'draft' ? `${text(d, 'title')} ist ein Entwurf: Nur du siehst ihn.` : `${text(d, 'title')} wartet auf den Beginn.`;
};
const stands: Sentence = (d, f) => {
  const guest = d['bidder'] !== undefined;
  if (d['leading'] !== false) return `${guest ? `${peer(d, 'bidder', f)} führt` : 'Du führst'} mit ${money(d, 'price', f)}`;
  return `${guest ? `${peer(d, 'bidder', f)} ist überboten` : 'Überboten'}: ${peer(d, 'leader', f)} führt mit ${money(d, 'price', f)}`;
};
const onHand: Sentence = (d) => `${text(d, 'item')}: ${text(d, 'onHand')} vorhanden.`;

const results: ReadonlyMap<string, Sentence> = new Map<string, Sentence>([
  ['order.buy', bought],
  ['offer.place', (d, f) => `${text(d, 'quantity')} × ${text(d, 'item')} zu ${money(d, 'price', f)} angeboten.`],
  ['offer.withdraw', (d) => `Angebot zurückgezogen, ${text(d, 'quantity')} wieder im Lager.`],
  ['item.create', (d) => `${text(d, 'item')} angelegt.`],
  ['item.edit', (d) => `${text(d, 'item')} geändert.`],
  ['item.picture', (d) => `${text(d, 'item')}: Bild ${d['removed'] === true ? 'entfernt' : 'gespeichert'}.`],
  ['stock.in', onHand],
  ['stock.out', onHand],
  ['stock.adjust', onHand],
  [
    'stock.count',
    (d) =>
      d['differences'] === 0
        ? 'Gezählt: Alles ist, wie es im Buch steht.'
        : `Gezählt: ${text(d, 'differences')} von ${text(d, 'counted')} weichen ab, ${text(d, 'found')} gefunden und ${text(d, 'missing')} vermisst.`,
  ],
  ['account.credit', (d, f) => `${peer(d, 'peerId', f)} wurden ${money(d, 'amount', f)} gutgeschrieben.`],
  ['settle.pay', (d, f) => `${money(d, 'amount', f)} von ${peer(d, 'debtor', f)} erhalten.`],
  ['guest.add', (d) => `${guestLabel(count(d, 'paddle'), text(d, 'name'))} kann jetzt bieten.`],
  ['guest.rename', (d) => `Bietertafel ${text(d, 'paddle')} ist ${text(d, 'name')}.`],
  ['receipt.ask', (d) => `Beleg #${text(d, 'no')} ist ausgestellt. Die Rechner unterschreiben ihn jetzt.`],
  ['auction.create', created],
  ['auction.relist', created],
  ['auction.publish', (d) => `Man kann ${text(d, 'title')} beitreten.`],
  ['auction.start', (d) => `Auf ${text(d, 'title')} kann geboten werden.`],
  ['auction.join', (d) => `Du bist dabei: ${text(d, 'title')}.`],
  ['auction.bid', stands],
  ['auction.autobid', stands],
  [
    'auction.buyNow',
    (d, f) => `${text(d, 'title')} für ${money(d, 'price', f)} gekauft${d['bidder'] === undefined ? '' : `, von ${peer(d, 'bidder', f)}`}.`,
  ],
  ['auction.seal', (d) => `Dein Gebot auf ${text(d, 'title')} ist verdeckt abgegeben.`],
  ['auction.reveal', (d, f) => `Dein verdecktes Gebot auf ${text(d, 'title')} ist offen: ${money(d, 'amount', f)}.`],
  ['auction.void', (d) => `Ungültig: ${text(d, 'reason')}`],
  ['auction.pause', (d) => `${text(d, 'title')} ist angehalten.`],
  ['auction.extend', (d) => `${text(d, 'title')} hat mehr Zeit.`],
  ['auction.close', (d) => `${text(d, 'title')} ist beendet.`],
  ['auction.endAll', (d) => `${many(count(d, 'closed'), 'Auktion ist', 'Auktionen sind')} beendet.`],
  ['auction.confirm', (d) => `Das Ergebnis von ${text(d, 'title')} gilt.`],
  ['auction.reopen', (d) => `${text(d, 'title')} ist wieder offen.`],
  ['auction.cancel', (d) => `Abgesagt: ${text(d, 'reason')}`],
  ['auction.resume', (d) => `${text(d, 'title')} läuft weiter.`],
  ['market.rules', () => 'Die Regeln des Marktes sind geändert.'],
  ['market.operator', (d, f) => `${peer(d, 'peerId', f)} verwaltet jetzt den Markt.`],
  [
    'profile.set',
    (d) =>
      d['name'] === d['wanted']
        ? `Du heißt ${text(d, 'name')}.`
        : `Ein anderer Rechner heißt schon ${text(d, 'wanted')}. Du heißt vorerst ${text(d, 'name')}.`,
  ],
]);

/** What an accepted request says. */
export const resultText = ({ type, data, text: given }: RequestView, f: TextFormat): string | null =>
  results.get(type)?.(data, f, '') ?? given;

const goods = (d: Facts): string => text(d, d['name'] === undefined ? 'goods' : 'name');
/** " für #101 Anna Berg". */
const forGuest = (d: Facts): string => (d['guest'] === undefined ? '' : ` für ${text(d, 'guest')}`);
const signed = (n: number): string => (n < 0 ? `−${-n}` : `+${n}`);

const asked: ReadonlyMap<string, Sentence> = new Map<string, Sentence>([
  ['market.rules', () => 'Regeln des Marktes ändern'],
  ['market.operator', (d, f) => `Verwaltung an ${peer(d, 'peerId', f)} übergeben`],
  ['profile.set', (d) => `In ${text(d, 'name')} umbenennen`],
  ['item.create', (d) => `${text(d, 'name')} anlegen`],
  ['item.edit', (d) => `${text(d, 'goods')} bearbeiten`],
  ['item.picture', (d) => `Bild von ${text(d, 'goods')} ${d['removed'] === true ? 'entfernen' : 'speichern'}`],
  ['offer.place', (d, f) => `${text(d, 'quantity')} × ${goods(d)} zu ${money(d, 'price', f)} anbieten`],
  ['offer.withdraw', (d) => `${text(d, 'offerId')} zurückziehen`],
  ['stock.in', (d) => `${text(d, 'quantity')} × ${text(d, 'goods')} einlagern`],
  ['stock.out', (d) => `${text(d, 'quantity')} × ${text(d, 'goods')} auslagern`],
  ['stock.adjust', (d) => `${text(d, 'goods')} um ${signed(count(d, 'delta'))} berichtigen`],
  ['stock.count', (d) => `${many(count(d, 'rows'), 'Artikel', 'Artikel')} zählen`],
  ['order.buy', (d) => `${text(d, 'quantity')} × ${text(d, 'goods')} kaufen`],
  ['account.credit', (d, f) => `${peer(d, 'peerId', f)} ${money(d, 'amount', f)} gutschreiben`],
  ['settle.pay', (d, f) => `${money(d, 'amount', f)} von ${peer(d, 'debtor', f)} erhalten`],
  ['guest.add', (d) => `Gast ${text(d, 'name')} anmelden`.replace('  ', ' ')],
  ['guest.rename', (d) => `Bietertafel ${text(d, 'paddle')} ist ${text(d, 'name')}`],
  ['receipt.ask', (d) => `Beleg für ${text(d, 'ref')}`],
  ['receipt.sign', (d) => `Beleg für ${text(d, 'ref')} unterschreiben`],
  ['auction.create', (d) => `${goods(d)} versteigern`],
  ['auction.bid', (d, f) => `${money(d, 'amount', f)} auf ${text(d, 'title')} bieten${forGuest(d)}`],
  ['auction.autobid', (d, f) => `Höchstgebot ${money(d, 'amount', f)} auf ${text(d, 'title')}${forGuest(d)}`],
  ['auction.seal', (d) => `Verdeckt auf ${text(d, 'title')} bieten`],
  ['auction.reveal', (d, f) => `${money(d, 'amount', f)} auf ${text(d, 'title')} öffnen`],
  ['auction.endAll', () => 'Alle Auktionen beenden'],
  ['auction.publish', (d) => `${text(d, 'title')} veröffentlichen`],
  ['auction.start', (d) => `${text(d, 'title')} starten`],
  ['auction.join', (d) => `${text(d, 'title')} beitreten`],
  ['auction.buyNow', (d) => `${text(d, 'title')} sofort kaufen${forGuest(d)}`],
  ['auction.cancel', (d) => `${text(d, 'title')} absagen`],
  ['auction.void', (d) => `${text(d, 'title')} für ungültig erklären`],
  ['auction.pause', (d) => `${text(d, 'title')} anhalten`],
  ['auction.resume', (d) => `${text(d, 'title')} fortsetzen`],
  ['auction.extend', (d) => `${text(d, 'title')} verlängern`],
  ['auction.close', (d) => `${text(d, 'title')} beenden`],
  ['auction.confirm', (d) => `${text(d, 'title')} bestätigen`],
  ['auction.reopen', (d) => `${text(d, 'title')} wieder öffnen`],
  ['auction.relist', (d) => `${text(d, 'title')} neu einstellen`],
]);

/** What was asked for. */
export const askedText = ({ type, asked: d, summary }: Pick<RequestView, 'type' | 'asked' | 'summary'>, f: TextFormat): string =>
  asked.get(type)?.(d, f, '') ?? summary;

/** Reasons the market writes itself; anything else was written by a person. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['Stock in', 'Eingelagert'],
  ['Stock out', 'Ausgelagert'],
  ['Stock in (new item)', 'Eingelagert (neuer Artikel)'],
  ['Stock in (offer)', 'Eingelagert (Angebot)'],
  ['Stock in (auction)', 'Eingelagert (Auktion)'],
]);
const TRADES: ReadonlyMap<string, string> = new Map([
  ['Sale', 'Verkauf'],
  ['Purchase', 'Kauf'],
  ['Auction sale', 'Versteigert'],
  ['Auction purchase', 'Ersteigert'],
  ['Auction void, back', 'Auktion ungültig, zurück'],
]);

/** Why stock changed: "Verkauf #1 an Desk-3", or the reason somebody gave. */
export const ledgerReason = ({ what, ref, change, by }: LedgerRowView): string => {
  const trade = TRADES.get(what);
  if (trade === undefined || !/^(order|lot)-/.test(ref)) return REASONS.get(what) ?? what;
  return `${trade} ${number(ref)} ${change < 0 ? 'an' : 'von'} ${by.name}`;
};
