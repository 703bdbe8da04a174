/**
 * German: how a lot stands, and the rules it runs by.
 */
import { clockText } from '../../../shared/clock.ts';
import type { TextFormat } from '../../../shared/errors.ts';
import { lotFacts } from '../../../shared/lotSaid.ts';
import type { LotFacts, LotKey, LotSaid } from '../../../shared/lotSaid.ts';
import type { LotView } from '../../../shared/views.ts';

/** Why a lot was not sold, as the log has it; anything else was written by a person. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['no bids', 'keine Gebote'],
  ['reserve not met', 'Mindestpreis nicht erreicht'],
  ['an account is at its limit', 'ein Konto ist an seiner Grenze'],
  ['the auctioneer did not start it within 60 seconds.', 'die Auktionsleitung hat nicht innerhalb von 60 Sekunden gestartet.'],
  ['the auctioneer\u2019s desktop did not come back.', 'der Rechner der Auktionsleitung kam nicht zurück.'],
]);
export const reasonText = (reason: string): string => REASONS.get(reason) ?? reason;

const stopped = (f: LotFacts): string => `(Uhr steht bei ${f.clock('clock')})`;
const round = (f: LotFacts): string => (f.count('rounds') > 1 ? `Runde ${f.count('round')} von ${f.count('rounds')}: ` : 'Läuft: ');
const list = (rows: readonly string[]): string => `${rows.slice(0, -1).join(', ')} und ${rows.at(-1) ?? ''}`;
const why = (f: LotFacts, otherwise: string): string => reasonText(f.word('reason') || otherwise);

const sentences: Readonly<Record<LotKey, (f: LotFacts) => string>> = {
  draft: () => 'Entwurf: Nur du siehst ihn',
  startsAt: (f) => `Beginnt um ${f.time()}`,
  startsWhen: (f) => `Beginnt, wenn ${f.count('needed')} Bietende beigetreten sind (jetzt ${f.count('joined')})`,
  readyMine: () => 'Bereit. Starte sie, wann du willst',
  readyWaiting: () => 'Bereit. Wartet auf die Auktionsleitung',
  readyUntil: (f) => `Bereit. Wartet auf die Auktionsleitung: ${f.clock('ms')}`,
  queued: () => 'Wartet: zurzeit kein Leiter. Es wird als Erstes gesendet, sobald einer gewählt ist.',
  sending: () => 'Dein Gebot wird gesendet…',
  pausedGone: (f) =>
    `Angehalten: Der Rechner der Auktionsleitung antwortet nicht. In ${f.clock('ms')} wird abgesagt, wenn er nicht zurückkehrt.`,
  pausedByAuctioneer: (f) => `Von der Auktionsleitung angehalten ${stopped(f)}`,
  pausedDark: (f) => `Die Uhr stand, während alles aus war. Wartet darauf, dass die Auktionsleitung fortsetzt ${stopped(f)}`,
  pausedElecting: (f) => `Angehalten: Ein Leiter wird gewählt ${stopped(f)}`,
  pausedCrashed: (f) => `Hier angehalten: Dieser Rechner simuliert einen Absturz ${stopped(f)}`,
  pausedFew: (f) => `Angehalten: Nur ${f.count('reachable')} von ${f.count('total')} Rechnern erreichbar ${stopped(f)}`,
  noBids: () => 'Läuft. Noch keine Gebote',
  belowReserve: () => 'Läuft. Mindestpreis nicht erreicht',
  winning: (f) => `Du führst mit ${f.money()}`,
  outbid: (f) => `Überboten: ${f.who()} führt mit ${f.money()}`,
  outbidMulti: (f) => `Überboten: Das niedrigste Gebot mit Zuschlag ist ${f.money()}`,
  extended: (f) => `Durch ein spätes Gebot auf ${f.clock('ms')} verlängert`,
  leads: (f) => `Läuft. ${f.who()} führt mit ${f.money()}`,
  taken: (f) => `Läuft. ${f.count('taken')} von ${f.count('units')} vergeben, das niedrigste zu ${f.money()}`,
  falling: (f) => `Läuft. ${f.money()}, fallend`,
  sealedIn: (f) => `${round(f)}${f.count('sealed')} ${f.count('sealed') === 1 ? 'verdecktes Gebot' : 'verdeckte Gebote'} abgegeben`,
  sealedOf: (f) => `${round(f)}${f.count('sealed')} von ${f.count('of')} verdeckten Geboten abgegeben`,
  roundDone: (f) => {
    const bids = f.rows((name, amount) => `${name} ${amount}`);
    return `Runde ${f.count('round')} von ${f.count('rounds')} beendet: ${bids.length === 0 ? 'keine Gebote' : bids.join(', ')}`;
  },
  awaitsConfirm: () => 'Zu Ende. Die Auktionsleitung muss das Ergebnis bestätigen',
  closing: () => 'Schließt, die letzten Gebote werden geprüft…',
  opening: (f) => `Schließt, die verdeckten Gebote werden geöffnet… (${f.count('open')} noch verdeckt)`,
  sold: (f) => `Verkauft an ${f.who()} für ${f.money()}`,
  soldMany: (f) => `Verkauft an ${list(f.rows((name, amount) => `${name} für ${amount}`))}`,
  soldRounds: (f) => `Zuschlag: ${f.who()} mit zusammen ${f.money()} (${f.word('parts').replaceAll('.', ',')})`,
  notSold: (f) => `Nicht verkauft: ${why(f, 'no bids')}`,
  cancelled: (f) => `Abgesagt: ${why(f, 'ohne Angabe eines Grundes')}`,
  void: (f) => `Ungültig: ${why(f, 'ohne Angabe eines Grundes')}`,
};

export const lotSentence = (said: LotSaid, format: TextFormat): string => sentences[said.key](lotFacts(said, format));

const TIE = 'Von gleichen Geboten gewinnt das früher abgegebene.';
const UNREVEALED = 'Wer ein verdecktes Gebot nicht öffnet, hat nicht geboten und verliert das Pfand an den Verkäufer.';

const ofKind: Readonly<Record<LotView['kind'], (lot: LotView) => string>> = {
  open: (lot) =>
    `Das höchste Gebot gewinnt und wird bezahlt. Von gleichen Höchstgeboten führt das frühere.${lot.autoBidAllowed ? ' Ein Höchstgebot wird niemandem gezeigt, steht aber im Protokoll, das jeder Rechner hat.' : ''}`,
  rounds: (lot) =>
    `${lot.rounds?.of ?? 0} verdeckte Runden; die höchste Summe gewinnt und wird bezahlt. Von gleichen Summen gewinnt die, deren letztes verdecktes Gebot früher kam. Wer nicht rechtzeitig bietet, hat in dieser Runde nicht geboten. Wer nicht öffnet, verliert das Pfand an den Verkäufer.`,
  sealed: () => `Das höchste verdeckte Gebot gewinnt und wird bezahlt. ${TIE} ${UNREVEALED}`,
  vickrey: () =>
    `Das höchste verdeckte Gebot gewinnt und zahlt das zweithöchste, oder den Mindestbetrag, wenn es keines gibt. ${TIE} Der Preis ist dann dieser Betrag. ${UNREVEALED}`,
  dutch: () => 'Der Preis fällt, bis ihn jemand nimmt; wer im Protokoll zuerst steht, gewinnt und zahlt den Preis dieses Augenblicks.',
  multi: (lot) =>
    `Die ${lot.quantity} höchsten Gebote gewinnen je ein Stück und zahlen ${lot.units?.pricing === 'own' ? 'ihr eigenes Gebot' : 'das niedrigste Gebot mit Zuschlag'}. Von gleichen Geboten steht das frühere höher.`,
};

const increments = ({ increments: rows, kind }: LotView, { money }: TextFormat): readonly string[] => {
  if (kind !== 'open' && kind !== 'multi') return [];
  const [first] = rows;
  if (rows.length === 1 && first !== undefined) return [`Ein Gebot erhöht um mindestens ${money(first.step.minor)}.`];
  return [`Ein Gebot erhöht um mindestens: ${rows.map(({ from, step }) => `${money(step.minor)} ab ${money(from.minor)}`).join(', ')}.`];
};

const ends = ({ softCloseMs, softCloseMaxMs, ticks }: LotView): readonly string[] => {
  const [soft, most] = [clockText(softCloseMs), clockText(softCloseMaxMs)];
  return [
    ...(softCloseMs > 0
      ? [`Ein Gebot in den letzten ${soft} verschiebt das Ende auf ${soft} danach, insgesamt um höchstens ${most}.`]
      : []),
    ...(ticks === null ? [] : [`Sie endet auch nach ${ticks.of} Ticks der logischen Uhr des Marktes.`]),
    'Es gilt die Zeit des Leiters im Protokoll. Solange kein Gebot angenommen werden kann, steht die Uhr, und die Zeit wird zurückgegeben.',
  ];
};

/** The rules box, one sentence each. */
export const lotRules = (lot: LotView, bps: number, format: TextFormat): readonly string[] => [
  ofKind[lot.kind](lot),
  ...increments(lot, format),
  ...(lot.hasReserve ? ['Es gibt einen Mindestpreis. Anderen wird nur gezeigt, ob er erreicht ist; er steht im Protokoll.'] : []),
  ...(lot.buyNow === null
    ? []
    : [`Sofortkauf beendet sie gleich; er entfällt ${lot.hasReserve ? 'mit dem Erreichen des Mindestpreises' : 'mit dem ersten Gebot'}.`]),
  ...(lot.rounds === null
    ? []
    : [
        `Pfand ${format.money(lot.rounds.deposit.minor)}. Verdeckte Gebote werden geöffnet, wenn die Runde vorbei ist; vorher kann auch der Leiter sie nicht lesen.`,
      ]),
  ...ends(lot),
  ...(lot.confirm ? ['Die Auktionsleitung bestätigt das Ergebnis oder öffnet wieder.'] : []),
  'Ein angenommenes Gebot wird nicht zurückgenommen; die Auktionsleitung kann die Auktion für ungültig erklären, mit einem Grund, den alle sehen.',
  `Der Verkäufer zahlt ${String(bps / 100).replace('.', ',')} % Provision.`,
];
