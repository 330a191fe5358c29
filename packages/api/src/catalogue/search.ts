/** Words beyond these narrow nothing that anybody would notice, and each costs a look-up. */
const MOST_WORDS = 8;

/**
 * What somebody types, as a full-text query in boolean mode over pairs of characters: every word has to be there, wherever in a word of
 * the text it stands. A single character finds the pairs that begin with it. Null when nothing is left to look for.
 */
export function toFullText(typed: string): string | null {
  const words = typed
    .normalize('NFC')
    // Whatever the query language could take for an operator parts words.
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
  if (words.length === 0) return null;
  return words.map((word) => ([...word].length === 1 ? `+${word}*` : `+"${word}"`)).join(' ');
}
