import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Row } from "./run.ts";

// Bytes of a bundle that imports one name from the built root, minified and gzipped. A budget moves only in the commit
// that says why.
export const BUDGETS: readonly (readonly [string, number])[] = [
  // Fisher, Boschloo and Barnard are reached by name, and so every bundle of it carries them: 10 kB before them.
  ["compareProportions", 14_000],
  // Next to nothing of its own: what a module at its top level keeps alive shows here.
  ["normal", 3000],
  // Dunnett's critical value and the optimal allocation are reached by name: 4 kB before them.
  ["sampleSizeForProportions", 12_000],
  ["compareMeans", 10_000],
  // Odds ratio, shortest intervals and quantiles: 9 kB before them. Nodes farther out and a density with its constants
  // computed once, which made posteriors of means twice as fast, were the last 0.1 kB. Then the words that were meant by
  // misspelt ones, 0.3 kB of every bundle that checks one.
  ["compareBetaBinomial", 14_600],
  ["assessProxy", 40_000],
  // Parts of documents that need no schema: zod would be seen here.
  ["analyzeFunnel", 22_000],
  ["analyzeSegments", 34_000],
  ["analyzeDays", 33_000],
  ["conversionCatalog", 12_000],
];

export async function benchSizes(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, budget] of BUDGETS) {
    const { bytes, packages } = await bundle(name);
    rows.push({
      what: `bundle of ${name}`,
      figure: `${(bytes / 1000).toPrecision(3)} kB gzipped`,
      yardstick: packages.length === 0 ? "reaches no package" : `reaches ${packages.join(", ")}`,
      limit: `${budget / 1000} kB`,
      within: bytes <= budget && packages.length === 0,
    });
  }
  return rows;
}

/** What a bundler makes of one name of the built root: its code, its weight, and the packages it takes in. */
export async function bundle(
  name: string,
): Promise<{ readonly code: string; readonly bytes: number; readonly packages: readonly string[] }> {
  const result = await build({
    stdin: { contents: `export { ${name} } from "microlift";`, resolveDir: process.cwd() },
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    metafile: true,
    tsconfigRaw: {},
  });
  const inputs = Object.values(result.metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  const packages = inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
  const output = result.outputFiles[0]!;
  return { code: output.text, bytes: gzipSync(output.contents).length, packages: [...new Set(packages)] };
}
