/** Share of a word's letters that may differ from the one that was meant. */
const LARGEST_SHARE = 1 / 3;
/** Longer texts are not misspelt words, and comparing two takes time in the product of their lengths. */
const LONGEST_WORD = 60;

/** ` (did you mean "baseline"?)` where a word is nearly one of those known; nothing where it is far from all of them. */
export function didYouMean(word: unknown, known: Iterable<string>): string {
  const meant = nearest(word, known);
  return meant === null ? "" : ` (did you mean "${meant}"?)`;
}

/** What was expected where a word had to be one of those known. */
export function expectOneOf(given: unknown, known: readonly string[]): string {
  const quoted = known.map((word) => `"${word}"`);
  if (quoted.length === 1) return `must be ${quoted[0]}`;
  return `must be one of ${quoted.join(", ")}${didYouMean(given, known)}`;
}

/** The known word that is nearest to a misspelt one; null where none is near. */
export function nearest(word: unknown, known: Iterable<string>): string | null {
  if (typeof word !== "string" || word.length > LONGEST_WORD) return null;
  const letters = lettersOf(word);
  let best: string | null = null;
  let smallest = Infinity;
  for (const candidate of known) {
    const others = lettersOf(candidate);
    const allowed = LARGEST_SHARE * Math.max(letters.length, others.length);
    if (candidate.length > LONGEST_WORD || Math.abs(letters.length - others.length) > allowed) continue;
    const distance = editDistance(letters, others);
    if (distance > allowed || distance >= smallest) continue;
    best = candidate;
    smallest = distance;
  }
  return best;
}

/** A word without what people write in one way or another: capitals, and what stands between parts. */
function lettersOf(word: string): string {
  return word.toLowerCase().replace(/[\s_-]+/g, "");
}

/** Letters added, left out, replaced or swapped with their neighbour: optimal string alignment. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? beforeLast[j - 2]! + 1 : Infinity;
      row.push(Math.min(replaced, swapped, last[j]! + 1, row[j - 1]! + 1));
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
