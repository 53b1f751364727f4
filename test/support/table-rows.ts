/**
 * The rows of the first table under the heading of a page that ends with the given words, as lists of cells; without
 * the head.
 */
export function tableRows(page: string, heading: string): string[][] {
  const lines = page.split("\n");
  const start = lines.findIndex((line) => line.startsWith("#") && line.toLowerCase().endsWith(heading));
  if (start < 0) throw new Error(`no heading ends with "${heading}"`);
  const first = lines.findIndex((line, i) => i > start && line.startsWith("|"));
  const after = lines.findIndex((line, i) => i > first && !line.startsWith("|"));
  return lines.slice(first + 2, after).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}
