import { readFileSync } from "node:fs";

/** The rows of test/reference/`path`, each a record of column name to text. Lines that begin with # are comments. */
export function readCsv(path: string): Record<string, string>[] {
  const text = readFileSync(new URL(`../reference/${path}`, import.meta.url), "utf8");
  const [header, ...lines] = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const names = header!.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, i) => [name, cells[i]!]));
  });
}
