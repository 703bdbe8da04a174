/** Words that must not be in a text that goes to others: a report, the lines of the log. */

type Word = readonly [word: string, instead: string];

/** In JSON a quote or a backslash of a name is written with another one before it. */
function spellings([word, by]: Word): Word[] {
  const escaped = JSON.stringify(word).slice(1, -1);
  return escaped === word
    ? [[word, by]]
    : [
        [word, by],
        [escaped, by],
      ];
}

/** Longest first, so that no half of a longer word stays. Nothing is no word: it stands between all letters. */
export function without(text: string, words: readonly Word[]): string {
  const all = words.filter(([word]) => word !== '').flatMap(spellings);
  return all.toSorted(([a], [b]) => b.length - a.length).reduce((left, [word, by]) => left.replaceAll(word, () => by), text);
}
