/**
 * German: what happened, by the kind of the event. Names stand in its data as peer ids.
 */
import type { TextFormat } from '../../../shared/errors.ts';
import type { EventView } from '../../../shared/views.ts';

interface Facts {
  readonly self: string;
  who(key: string): string;
  word(key: string): string;
}

const seconds = (ms: string): string => (Number(ms) / 1000).toFixed(1).replace('.', ',');

const lines: ReadonlyMap<string, (f: Facts) => string> = new Map<string, (f: Facts) => string>([
  ['suspected', (f) => `${f.who('peerId')} verdächtig`],
  ['failed', (f) => `${f.who('peerId')} ausgefallen (kein Lebenszeichen seit ${seconds(f.word('silentMs'))} s)`],
  ['leaderHeard', (f) => `${f.who('leader')} ist wieder zu hören`],
  ['oneWay', (f) => `${f.who('peerId')} lebt, gehört über ${f.who('via')}: Die Verbindung hierher ist tot`],
  ['unheard', (f) => `${f.who('peerId')} hört ${f.self} nicht`],
  ['electionStarted', (f) => `${f.self} beginnt eine Wahl, Amtszeit ${f.word('nextTerm')}`],
  ['electionAnswered', (f) => `${f.self} antwortet auf die Wahl von ${f.who('to')}: ${f.word('verdict')}`],
  ['strongerAnswered', (f) => `${f.who('by')} ist stärker und übernimmt die Wahl`],
  ['prepares', (f) => `${f.self} beansprucht die Leitung, Amtszeit ${f.word('term')}`],
  ['promised', (f) => `${f.self} verspricht Amtszeit ${f.word('term')} an ${f.who('to')}`],
  ['adoptsLog', (f) => `${f.self} liest den neuesten Stand von ${f.who('from')}: #${f.word('have')} von #${f.word('want')}`],
  ['forfeits', (f) => `${f.self} gibt den Anspruch auf`],
  ['coordinator', (f) => `${f.who('leader')} meldet sich als Koordinator, Amtszeit ${f.word('term')}`],
  ['leads', (f) => `${f.self} leitet, Amtszeit ${f.word('term')}`],
  ['leader', (f) => `${f.who('leader')} ist der neue Leiter (Amtszeit ${f.word('term')})`],
  ['following', (f) => `${f.self} folgt ${f.who('leader')}`],
  ['steppedDown', (f) => `${f.self} ist zurückgetreten: ${f.word('why') === 'no majority' ? 'keine Mehrheit' : f.word('why')}`],
  ['isolated', (f) => `${f.self} erreicht keine Mehrheit`],
  ['asksForLeadership', (f) => `${f.self} ist stärker als ${f.who('leader')} und bittet um die Leitung`],
  ['handsOver', (f) => `${f.self} übergibt die Leitung an ${f.who('to')}`],
  ['handoverFailed', (f) => `Die Übergabe an ${f.who('to')} gelang nicht`],
  ['probation', (f) => `${f.self} stand ${seconds(f.word('lateMs'))} s still und entscheidet einen Augenblick nichts`],
  ['probationOver', (f) => `${f.self} nimmt wieder teil`],
  ['woke', (f) => `${f.self} ist aus dem Schlaf erwacht`],
  ['joinRequested', (f) => `${f.word('name')} bittet um Aufnahme`],
  ['joinRefused', (f) => `Nicht aufgenommen: ${f.word('why')}`],
  ['joined', (f) => `${f.self} ist im Markt, als Nummer ${f.word('memberNo')}`],
  ['left', (f) => `${f.self} hat den Markt verlassen`],
  ['goodbye', (f) => `${f.who('peerId')} verabschiedet sich (${f.word('reason')})`],
  ['silent', (f) => `${f.who('peerId')} hat seit ${seconds(f.word('silentMs'))} s nicht geantwortet`],
  ['answersAgain', (f) => `${f.who('peerId')} antwortet wieder`],
  ['memberDown', (f) => `${f.who('peerId')} antwortet nicht`],
  ['viewProposed', (f) => `Neue Gruppensicht ${f.word('viewNo')} vorgeschlagen`],
  ['evicted', (f) => `${f.self} ist nicht mehr in der Gruppe`],
  ['continuesAlone', (f) => `${f.self} bittet die, die es hört, ohne die anderen weiterzumachen`],
  ['forks', (f) => `${f.self} macht ab #${f.word('base')} ohne die anderen weiter`],
  ['forked', (f) => `Ab #${f.word('entry')} beginnt eine eigene Geschichte: Manche Rechner gehören nicht dazu`],
  ['goesAlong', (f) => `${f.self} macht mit ${f.who('with')} weiter, ohne die anderen`],
  ['storeRefused', (f) => `${f.who('by')} weiß mehr vom Gedächtnis dieses Rechners als er selbst (${f.word('why')})`],
  ['oldMemory', (f) => `${f.who('peerId')} kam mit einem alten Gedächtnis und wurde abgewiesen (${f.word('why')})`],
  ['evictionAsked', (f) => `${f.who('by')} nimmt ${f.who('peerId')} von der Liste`],
  ['removed', (f) => `${f.self} wurde von der Verwaltung von der Liste genommen`],
  ['hosted', (f) => `${f.who('host')} richtet ${f.word('lotId')} aus, ab Eintrag #${f.word('epoch')}`],
  ['reported', (f) => `${f.self} vermisst ${f.who('peerId')} bei ${f.word('lotId')} und meldet es`],
  ['badSignature', (f) => `Ein Auftrag von ${f.who('clientId')} hatte eine falsche Unterschrift und wurde übergangen`],
  ['badChain', (f) => `Ein Eintrag, der nicht zur Geschichte passt, wurde übergangen (#${f.word('index')})`],
  ['digestDiffers', (f) => `${f.who('peerId')} hat bei #${f.word('at')} einen anderen Zustand`],
  ['crashed', (f) => `${f.who('peerId')} simuliert einen Absturz`],
  ['recovered', (f) => `${f.who('peerId')} ist zurück`],
  ['snapshot', (f) => `Schnappschuss bei #${f.word('index')} gespeichert`],
  ['snapshotOffered', (f) => `${f.who('from')} bietet einen Schnappschuss bei #${f.word('index')} an`],
  ['snapshotInstalled', (f) => `Schnappschuss bei #${f.word('index')} übernommen`],
  ['snapshotDamaged', (f) => `Der Schnappschuss von ${f.who('from')} war beschädigt`],
]);

/** The line of an event; one that is not known here is shown as the peer said it. */
export const eventLine = ({ kind, data, desk, text }: EventView, format: TextFormat): string => {
  const said = typeof data['text'] === 'string' && data['text'] !== '';
  const facts: Facts = {
    self: desk.name,
    who: (key) => {
      const value = data[key];
      return typeof value === 'string' && value !== '' ? format.nameOf(value) : 'Jemand';
    },
    word: (key) => String(data[key] ?? '?'),
  };
  return said ? text : (lines.get(kind)?.(facts) ?? text);
};
