/**
 * German: refusals, by their code.
 */
import type { ErrorCode, ErrorDetails, TextFormat } from '../../../shared/errors.ts';
import type { Said } from '../said.ts';
import { eventLine } from './events.ts';
import { logEntryText } from './logEntry.ts';
import { lotRules, lotSentence } from './lots.ts';
import { askedText, ledgerReason, noticeText, resultText } from './told.ts';
import { doctorText } from './doctor.ts';

type Sentence = (d: ErrorDetails, f: TextFormat) => string;

const text = (d: ErrorDetails, key: string, otherwise: string): string => String(d[key] ?? otherwise);
const count = (d: ErrorDetails, key: string): number => {
  const value = d[key];
  return typeof value === 'number' ? value : 0;
};
const money = (d: ErrorDetails, key: string, f: TextFormat): string => f.money(count(d, key));
const peer = (d: ErrorDetails, key: string, f: TextFormat, otherwise: string): string => {
  const value = d[key];
  return typeof value === 'string' && value !== '' ? f.nameOf(value) : otherwise;
};
const item = (d: ErrorDetails): string => text(d, 'item', 'dieser Artikel');
const comma = (n: number): string => n.toFixed(1).replace('.', ',');

const WORDS = ['null', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf', 'zwölf'];
const word = (digits: string): string => WORDS[Number(digits)] ?? digits;
/** "eintausend", "zweitausend". */
const thousand = (digits: string): string => (digits === '1' ? 'eintausend' : `${word(digits)}tausend`);

const ambiguous: Sentence = (d) => {
  const typed = text(d, 'typed', '1,234');
  const [whole = '1', rest = '2'] = typed.split(/[.,]/);
  const reading = `${thousand(whole)} oder ${word(whole)} Komma ${word(rest.slice(0, 1))}`;
  return `Ist ${typed} ${reading}? Schreibe ${text(d, 'thousands', '1234')} oder ${text(d, 'fraction', '1.23').replace('.', ',')}.`;
};

/** What a bound of the market is called there, after its number. */
const LIMITS: ReadonlyMap<string, string> = new Map([
  ['pieces', 'Stück'],
  ['items', 'Artikel'],
  ['offers of one item', 'Angebote eines Artikels'],
  ['bids', 'Gebote'],
  ['bidders', 'Bietende'],
  ['auctions at once', 'Auktionen zugleich'],
  ['receipts', 'Belege'],
  ['guests', 'Gäste'],
  ['pictures', 'Bilder'],
  ['bots', 'Bots'],
  ['amount of one order', 'der Betrag eines Kaufs'],
  ['amount of one bid', 'der Betrag eines Gebots'],
  ['debt', 'die Schulden eines Kontos'],
  ['balance', 'das Guthaben eines Kontos'],
  ['money of one market', 'das Geld eines Marktes'],
  ['changes of the commission', 'Änderungen der Provision'],
]);
const limitText = (limit: string): string => {
  const [, number = '', what = limit] = /^(\d+ )?(.*)$/.exec(limit) ?? [];
  return `${number}${LIMITS.get(what) ?? what}`;
};

const minutes = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
};

const refusals: Readonly<Record<ErrorCode, Sentence>> = {
  BID_TOO_LOW: (d, f) =>
    d['leader'] === undefined
      ? `Nicht angenommen: Das erste Gebot muss mindestens ${money(d, 'next', f)} sein.`
      : `Nicht angenommen: ${peer(d, 'leader', f, 'Jemand')} führt schon mit ${money(d, 'price', f)}. Das nächste Gebot ist ${money(d, 'next', f)}.`,
  BID_OWN_LOT: () => 'Auf die eigene Auktion kannst du nicht bieten.',
  BID_ALREADY_LEADING: (d, f) =>
    d['bidder'] === undefined
      ? `Du führst schon mit ${money(d, 'price', f)}. Willst du stattdessen dein Höchstgebot erhöhen?`
      : `${peer(d, 'bidder', f, 'Der Gast')} führt schon mit ${money(d, 'price', f)}.`,
  AUCTION_CLOSED: (d, f) =>
    `Zu spät: Schluss war um ${f.time(count(d, 'closedAt'))} (Zeit des Leiters). Dein Gebot kam ${comma(count(d, 'lateMs') / 1000)} s danach an.`,
  AUCTION_NOT_STARTED: () => 'Diese Auktion hat noch nicht begonnen.',
  AUCTION_STARTED: () => 'Diese Auktion hat schon begonnen.',
  AUCTION_PAUSED: () => 'Angehalten: Die Uhr steht, bis die Auktionsleitung fortsetzt.',
  AUCTION_NOT_PAUSED: () => 'Diese Auktion ist nicht angehalten.',
  AUCTION_CANCELLED: (d) => `Abgesagt: ${text(d, 'reason', 'ohne Angabe eines Grundes')}`,
  NOT_FOUND: () => 'Diese Auktion gibt es nicht mehr.',
  ALREADY_JOINED: () => 'Du nimmst an dieser Auktion schon teil.',
  JOIN_CLOSED: () => 'Diese Auktion nimmt niemanden mehr auf.',
  READY_TIMEOUT: () => 'Abgesagt: Die Auktionsleitung hat nicht innerhalb von 60 Sekunden gestartet.',
  AUCTIONEER_GONE: (d) =>
    `Angehalten: Der Rechner der Auktionsleitung antwortet nicht. In ${minutes(count(d, 'leftMs'))} wird abgesagt, wenn er nicht zurückkehrt.`,
  NO_STANDBY: () => 'Kein freier Rechner kann diese Auktion führen. Beende eine andere oder füge einen Rechner hinzu.',
  NOT_AUCTIONEER: () => 'Das darf nur die Auktionsleitung.',
  HAS_BIDS: () => 'Auf diese Auktion wurde schon geboten, sie kann nicht mehr abgesagt werden.',
  AUCTION_VOID: (d) => `Ungültig: ${text(d, 'reason', 'ohne Angabe eines Grundes')}`,
  GUEST_NOT_FOUND: (d) =>
    `Bietertafel ${count(d, 'paddle')} hat kein Gast. Gäste meldet an, wer den Markt verwaltet: unter Aktivität, Gäste.`,
  GUEST_DESK_ONLY: () => 'Gebote von Gästen trägt ein, wer die Auktion leitet oder den Markt verwaltet.',
  PADDLE_TAKEN: (d) =>
    `Bietertafel ${count(d, 'paddle')} ist vergeben. Nimm eine andere Nummer, oder lass sie weg: dann ist es die nächste freie.`,
  AUTO_BID_OFF: () => 'Diese Auktion nimmt keine Höchstgebote an. Biete einen Betrag.',
  AUTO_BID_LOW: (d, f) => {
    const whose = d['bidder'] === undefined ? 'Dein Höchstgebot' : `Das Höchstgebot von ${peer(d, 'bidder', f, 'diesem Gast')}`;
    return `${whose} reicht schon ${d['limit'] === undefined ? 'so weit' : `bis ${money(d, 'limit', f)}`}. Setze ein höheres.`;
  },
  BUY_NOW_GONE: () => 'Sofortkauf ist nicht mehr möglich. Du kannst noch bieten.',
  BID_SEALED: () => 'Diese Auktion nimmt nur verdeckte Gebote an.',
  BID_OPEN: () => 'Diese Auktion nimmt nur offene Gebote an.',
  BID_BELOW_MINIMUM: (d, f) => `Das Mindestgebot ist ${money(d, 'minimum', f)}.`,
  NOT_JOINED: () => 'In dieser Auktion bietet nur, wer vor dem Beginn beigetreten ist.',
  NOT_ENOUGH_BIDDERS: (d) => `Sie beginnt, wenn ${count(d, 'needed')} Bietende beigetreten sind (jetzt ${count(d, 'bidders')}).`,
  ALREADY_SEALED: (d) => `Dein Gebot für Runde ${count(d, 'round')} ist schon abgegeben. Es lässt sich nicht ändern.`,
  ALREADY_REVEALED: () => 'Dieses verdeckte Gebot ist schon geöffnet.',
  ROUND_OVER: (d) =>
    count(d, 'round') > 1 ? `Diese Runde ist vorbei. Jetzt läuft Runde ${count(d, 'round')}.` : 'Diese Runde ist vorbei.',
  REVEAL_EARLY: () => 'Verdeckte Gebote werden geöffnet, wenn die Runde vorbei ist.',
  REVEAL_BAD: () => 'Das passt zu keinem verdeckten Gebot dieses Rechners.',
  LOT_HOSTED: () => 'Diese Auktion hat einen eigenen Ausrichter, und dein Rechner schickt den Auftrag dorthin.',
  POD_STALE: () => 'Diese Auktion richtet inzwischen ein anderer Rechner aus.',
  NOT_RUNNING: () => 'Eine solche Auktion läuft nicht.',
  NOT_OVER: () => 'Nur eine Auktion, die ohne Verkauf endete, lässt sich neu einstellen.',
  NOTHING_TO_CONFIRM: () => 'Diese Auktion wartet auf keine Bestätigung.',
  NOT_REOPENED: () =>
    'Die Gebote dieser Auktion sind bekannt, sie lässt sich nicht wieder öffnen. Erkläre sie für ungültig und stelle sie neu ein.',
  VOID_TOO_LATE: () => 'Ware oder Geld sind schon weitergegangen, dieser Verkauf lässt sich nicht zurücknehmen.',

  OUT_OF_STOCK: (d, f) =>
    d['first'] === undefined
      ? `Nicht gekauft: ${item(d)} wird zurzeit nicht angeboten.`
      : `Nicht gekauft: ${item(d)} ist seit einem Augenblick ausverkauft (${peer(d, 'first', f, 'Jemand')} war schneller).`,
  INSUFFICIENT: (d) => `Nur ${count(d, 'available')} × ${item(d)} verfügbar. ${count(d, 'available')} kaufen?`,
  OWN_GOODS: () => 'Das ist deine eigene Ware. Du kannst nicht bei dir selbst kaufen.',
  PRICE_TOO_HIGH: (d, f) =>
    `Nicht gekauft: Nur ${count(d, 'available')} × ${item(d)} werden zu höchstens ${money(d, 'maxPrice', f)} angeboten.`,
  ITEM_NOT_FOUND: () => 'Diesen Artikel gibt es nicht.',
  ITEM_EXISTS: (d) => `Einen Artikel namens ${item(d)} gibt es schon.`,
  OFFER_NOT_FOUND: () => 'Dieses Angebot gibt es nicht mehr.',
  STOCK_SHORT: (d) =>
    `Du hast nur ${count(d, 'available')} × ${item(d)} frei. Der Rest ist angeboten, in einer Auktion oder nicht vorhanden.`,
  NO_COVER: (d, f) =>
    d['bidder'] === undefined
      ? `Du brauchst ${money(d, 'needed', f)}, hast aber nur ${money(d, 'available', f)} frei.`
      : `${peer(d, 'bidder', f, 'Der Gast')} braucht ${money(d, 'needed', f)}, hat aber ${d['available'] === undefined ? 'weniger' : `nur ${money(d, 'available', f)}`} frei. Was am Tisch bezahlt wird, schreibt gut, wer den Markt verwaltet.`,
  NOT_OWNER: () => 'Das gehört einem anderen Rechner.',
  AUCTIONS_OPEN: (d) =>
    `Die Provision kann sich nicht ändern, solange eine Auktion offen ist (zurzeit ${count(d, 'open')}). Ändere sie, wenn sie beendet sind.`,
  NOT_OPERATOR: () => 'Das darf nur, wer diesen Markt verwaltet.',
  BOT_NOT_FOUND: () => 'Einen solchen Bot gibt es auf diesem Rechner nicht.',
  NOT_CREDITOR: () => 'Das darf nur, wer das Geld bekommen hat, oder wer diesen Markt verwaltet.',
  NOT_OWED: (d, f) => `Zwischen diesen beiden sind nur ${money(d, 'owed', f)} offen.`,
  NAME_TAKEN: (d) => `Ein anderer Rechner heißt schon ${text(d, 'wanted', 'so')}. Du heißt vorerst ${text(d, 'name', 'anders')}.`,
  NAME_MISSING: () => 'Gib ihm einen Namen.',
  QUANTITY_BAD: (d) => (d['tooMany'] === true ? `Höchstens ${count(d, 'max')}.` : 'Mindestens 1.'),
  AMOUNT_AMBIGUOUS: ambiguous,
  AMOUNT_BAD: () => 'Gib einen Betrag wie 45 oder 45,50 ein.',
  LIMIT_REACHED: (d) => `Die Grenze ist erreicht: ${limitText(text(d, 'limit', 'zu viel'))}.`,
  PICTURE_BAD: () => 'Ein Bild muss WebP, JPEG oder PNG sein, höchstens 16 KB groß und höchstens 1024 Pixel breit und hoch.',
  BARCODE_BAD: () =>
    'Dieser Strichcode ist falsch gelesen oder vertippt: Seine Prüfziffer stimmt nicht. Scanne noch einmal oder vergleiche die Ziffern. Ein Strichcode hat höchstens 48 Zeichen.',
  BARCODE_TAKEN: (d) => `Der Strichcode ${text(d, 'barcode', '')} gehört zu ${item(d)}. Ein Strichcode steht für einen Artikel.`,
  SKU_TAKEN: (d) => `Die Artikelnummer ${text(d, 'sku', '')} hat bei dir schon ${item(d)}. Wähle eine andere.`,
  PEER_NOT_FOUND: () => 'Diesen Rechner gibt es in diesem Markt nicht.',
  CSV_ROWS: (d) =>
    `${count(d, 'ready')} Zeilen bereit, ${count(d, 'bad')} nicht: ${text(d, 'rows', 'siehe Liste')}. Noch ist nichts geändert.`,

  NO_LEADER: () => 'Zurzeit kein Leiter. Dein Auftrag wartet und wird als Erstes gesendet.',
  NO_MAJORITY: (d) =>
    `Nur ${count(d, 'reachable')} von ${count(d, 'total')} Rechnern erreichbar. Du kannst zusehen, aber nicht kaufen oder bieten.`,
  UNKNOWN_OUTCOME: () => 'Ob das angekommen ist, wissen wir noch nicht. Wiederhole es nicht: Der neue Leiter wird gefragt…',
  NOT_MEMBER: () => 'Dieser Rechner gehört nicht zu diesem Markt.',
  BUSY: () => 'Zu viele Aufträge warten. Versuche es gleich noch einmal.',
  EXPIRED: () => 'Dieser Auftrag ist zu alt, um wiederholt zu werden. Sieh zuerst nach dem Ergebnis.',
  CANCELLED: () => 'Du hast diesen Auftrag abgebrochen, bevor er gesendet wurde.',
  TIMEOUT: () => 'Keine Antwort in der vorgesehenen Zeit.',
  NO_MARKET: () => 'Dieser Rechner ist noch in keinem Markt. Lege einen an oder tritt einem bei.',
  ALREADY_IN_MARKET: () => 'Dieser Rechner ist schon in einem Markt. Verlasse ihn zuerst.',
  WRONG_MARKET_CODE: () => 'Dieser Beitrittscode passt zu keinem Markt in diesem Netzwerk.',
  NO_ANSWER: (d) => `Unter ${text(d, 'address', 'dieser Adresse')} hat kein Rechner geantwortet. Prüfe die Zahl auf seiner Diagnoseseite.`,
  VERSION: (d, f) =>
    `${peer(d, 'peer', f, 'Ein anderer Rechner')} spricht Protokoll ${text(d, 'theirs', '?')}, du ${text(d, 'ours', '?')}. Du kannst zusehen; zum Handeln aktualisieren.`,
  DIVERGED: (d, f) =>
    `Dieser Markt hatte zwei Geschichten. Die von ${peer(d, 'leader', f, 'den anderen')} zählt. Was hier seit Eintrag #${text(d, 'base', '?')} geschah, liegt in ${text(d, 'file', 'dem Datenordner')} und steht auf der Netzwerkseite; dieser Rechner folgt wieder als neues Mitglied.`,
  NOT_REPLAYABLE: () =>
    'Das lässt sich nicht einfach wiederholen: Waren, Geld oder ein Gebot hängen daran, oder es ist schon hier. Entscheide, was richtig ist, und tu das.',
  THIS_CRASHED: () => 'Dieser Rechner simuliert einen Absturz. Er sendet und empfängt nichts.',
  FAULT_FORBIDDEN: () => 'In diesem Markt darf niemand fremde Rechner anhalten. Deinen eigenen kannst du anhalten.',

  PORT_BUSY: (d) =>
    `Port ${text(d, 'port', '?')} wird von einem anderen Programm benutzt (oder von einer zweiten Kopie). Es wird ${text(d, 'used', 'ein anderer')} benutzt.`,
  NO_INTERFACE: () => 'Kein brauchbares Netzwerk. Schließe ein Kabel an oder verbinde WLAN; der Markt auf diesem PC funktioniert trotzdem.',
  MULTICAST_BLOCKED: (d) =>
    `Dieses Netzwerk sperrt Gruppennachrichten (üblich im Gäste-WLAN). Füge einen Rechner über seine Adresse hinzu: Deine ist ${text(d, 'address', 'unbekannt')}.`,
  ONE_WAY: (d, f) => {
    const name = peer(d, 'peer', f, 'einen anderen Rechner');
    return `Wir hören ${name}, aber er hört uns nicht. Erlaube dort das Programm in der Firewall für private Netzwerke.`;
  },
  MAC_DENIED: () =>
    'macOS sperrt den Zugriff auf das lokale Netzwerk. Systemeinstellungen › Datenschutz & Sicherheit › Lokales Netzwerk › einschalten, dann neu starten.',
  SNAPSHOT_BAD: (d, f) =>
    d['previousAt'] === undefined
      ? 'Der gespeicherte Zustand ist beschädigt (Prüfsumme). Die anderen werden danach gefragt.'
      : `Der gespeicherte Zustand ist beschädigt (Prüfsumme). Der vorige (${f.time(count(d, 'previousAt'))}) ist geladen, der Rest wird bei den anderen erfragt.`,
  CANNOT_CONTINUE_ALONE: (d) => `Allein weiterzuhandeln ist gerade nicht möglich: ${text(d, 'why', 'Ein Leiter ist zu hören')}.`,
  CANNOT_LEAVE: () => 'Niemand konnte diesen Rechner von der Liste nehmen. Versuch es wieder, wenn es einen Leiter gibt.',
  NOT_PUT_ASIDE: () => 'Dieser Rechner wurde nicht zurückgesetzt: Seine Daten lassen sich nicht beiseitelegen. Er macht weiter wie bisher.',
  CONFIRMATION_WRONG: (d) => `Um es zu tun, tippe ${text(d, 'phrase', 'die angezeigten Wörter')}.`,
  EVICTED: (d) =>
    `Dieser Rechner wurde von der Verwaltung aus der Liste von ${text(d, 'market', 'seinem Markt')} genommen. Was er hatte, liegt in ${text(d, 'kept', 'seinem Datenordner')}. Du kannst als neues Mitglied wieder beitreten.`,
  STORE_ROLLED_BACK: (d) =>
    `Der Datenordner war älter als das, was dieser Rechner den anderen schon gesagt hatte (eine zurückgespielte Sicherung oder eine Kopie). Er liegt jetzt in ${text(d, 'kept', 'dem Datenordner')}, und dieser Rechner folgt wieder als neues Mitglied. Nichts Angenommenes ist verloren.`,
  STORE_TWIN: (d) =>
    `Dieser Datenordner ist die Kopie eines anderen, der gerade auf einem anderen Rechner läuft. Zwei Gedächtnisse dürfen nicht mit einer Stimme sprechen, darum hat dieser angehalten. Schließe den anderen Rechner oder starte hier mit einem neuen Datenordner${text(d, 'hint', '')}.`,
  COPY_RUNS: () =>
    'Tradepost läuft auf diesem Rechner schon mit diesem Datenordner oder einer Kopie davon. Schließe das andere zuerst oder starte mit einem anderen Profil: Zwei mit einem Schlüssel würden für einen gehalten.',
  STORE_DAMAGED: (d) =>
    `Das Protokoll war beschädigt (${text(d, 'what', 'es ist nicht lesbar')}). Es liegt jetzt in ${text(d, 'kept', 'dem Datenordner')}, und dieser Rechner folgt wieder als neues Mitglied.`,
  DISK_FULL: () => 'Speichern geht nicht. Dieser Rechner handelt nicht mehr, damit nichts verloren geht. Schaffe Platz, dann [Fortsetzen].',
  SALE_NOT_FOUND: (d) => `Einen Verkauf ${text(d, 'ref', 'mit dieser Nummer')} gibt es nicht.`,
  RECEIPT_BAD: (d) => `Dieser Beleg stimmt nicht: ${text(d, 'why', 'er wurde nach dem Unterschreiben geändert')}.`,
  STOPPED: (d) => `Dieser Rechner hat angehalten: ${text(d, 'why', 'etwas, das gelten muss, galt nicht')}.`,
  BAD_REQUEST: (d) => (d['why'] === undefined ? 'Diese Anfrage ist ungültig.' : `Diese Anfrage ist ungültig: ${text(d, 'why', '')}.`),
  UNAUTHORIZED: () => 'Dafür ist das Kennwort des Rechners nötig. Öffne die ausgegebene Adresse noch einmal.',
  INTERNAL: () => 'In diesem Rechner ist etwas schiefgegangen. Speichere einen Bericht auf der Diagnoseseite.',
};

export const said: Said = {
  asPeer: false,
  doctor: doctorText,
  refusal: (code, details, format) => refusals[code](details, format),
  lot: ({ said: facts }, format) => lotSentence(facts, format),
  rules: lotRules,
  notice: noticeText,
  asked: askedText,
  result: resultText,
  logEntry: logEntryText,
  event: eventLine,
  ledger: ledgerReason,
};
