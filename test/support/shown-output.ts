// What a page shows of an output: all of it, or parts of it with lines of `…` between.

const CUT = "…";

function linesOf(text: string): string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.trimEnd());
}

/** The shown lines as runs without a cut; a cut at either end leaves an empty run there. */
function runsOf(shown: string): string[][] {
  const runs: string[][] = [[]];
  for (const line of linesOf(shown)) {
    if (line.trim() === CUT) runs.push([]);
    else runs.at(-1)!.push(line);
  }
  return runs;
}

/** The first line of what is shown that the output lacks where it should stand, or null if they agree. */
export function firstMissing(shown: string, printed: string): string | null {
  const lines = linesOf(printed);
  const runs = runsOf(shown);
  if (runs.every((run) => run.length === 0)) return CUT;
  let from = 0;
  for (const [i, run] of runs.entries()) {
    const last = i === runs.length - 1;
    const latest = last && run.length > 0 ? lines.length - run.length : lines.length - 1;
    const earliest = last && run.length > 0 ? Math.max(from, latest) : from;
    const at = run.length === 0 ? from : find(run, lines, earliest, i === 0 ? 0 : latest);
    if (at === null) return run.find((line) => !lines.slice(from).includes(line)) ?? run[0]!;
    from = at + run.length;
  }
  return null;
}

function find(
  run: readonly string[],
  lines: readonly string[],
  earliest: number,
  latest: number,
): number | null {
  for (let at = earliest; at <= latest; at++) {
    if (run.every((line, i) => lines[at + i] === line)) return at;
  }
  return null;
}

/**
 * The output cut as the page shows it: a line that is shown is found again by its words, whatever its figures are now;
 * all of the output where one of them is gone.
 */
export function recut(shown: string, printed: string): string {
  if (firstMissing(shown, printed) === null) return shown;
  const lines = linesOf(printed);
  const runs = runsOf(shown);
  if (runs.length === 1 || runs.every((run) => run.length === 0)) return `${lines.join("\n")}\n`;
  const cut: string[] = [];
  let from = 0;
  for (const [i, run] of runs.entries()) {
    if (i > 0) cut.push(CUT);
    if (run.length === 0) continue;
    const at = find(run.map(words), lines.map(words), from, lines.length - run.length);
    if (at === null) return `${lines.join("\n")}\n`;
    cut.push(...lines.slice(at, at + run.length));
    from = at + run.length;
  }
  return `${cut.join("\n")}\n`;
}

/** A line without its figures and what aligns them. */
function words(line: string): string {
  return line.replaceAll(/[-−+]?[\d.,]+(e[-+]?\d+)?/g, "#").replaceAll(/[\s─═]+/g, " ");
}
