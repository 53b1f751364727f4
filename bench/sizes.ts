import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Row } from "./run.ts";

// Bytes of a bundle that imports one name from the built root, minified and gzipped. A budget moves only in the commit
// that says why. The last that moved them all: elementary functions of our own, 0.6 to 0.9 kB (docs/decisions/0026);
// caps of all searches, with an error that says which one was reached, 0.1 kB.
export const BUDGETS: readonly (readonly [string, number])[] = [
  // Fisher, Boschloo and Barnard are reached by name, and so every bundle of it carries them: 10 kB before them.
  ["compareProportions", 15_700],
  // Next to nothing of its own: what a module at its top level keeps alive shows here.
  ["normal", 3300],
  // Dunnett's critical value and the optimal allocation are reached by name: 4 kB before them.
  ["sampleSizeForProportions", 13_200],
  ["compareMeans", 10_800],
  // Odds ratio, shortest intervals and quantiles: 9 kB before them. Nodes farther out and a density with its constants
  // computed once, which made posteriors of means twice as fast, were the last 0.1 kB. Then the words that were meant by
  // misspelt ones, 0.3 kB of every bundle that checks one.
  ["compareBetaBinomial", 16_100],
  // A walk outward for tipping correlations, which made it twice as fast, was the last 0.1 kB.
  ["assessProxy", 40_800],
  // Parts of documents that need no schema: zod would be seen here.
  ["analyzeFunnel", 24_000],
  ["analyzeSegments", 35_400],
  ["analyzeDays", 34_200],
  ["conversionCatalog", 12_200],
];

/** What a page loads that takes the whole of a subpath, minified: bytes as they are, and gzipped. */
export const SUBPATH_BUDGETS: readonly (readonly [specifier: string, raw: number, gzipped: number])[] = [
  ["microlift", 1_180_000, 412_000],
  ["microlift/distributions", 55_000, 22_500],
  ["microlift/summaries", 38_500, 15_500],
  ["microlift/inference", 171_000, 63_800],
  ["microlift/planning", 110_000, 42_000],
  ["microlift/bayesian", 188_000, 72_000],
  ["microlift/sequential", 131_000, 49_500],
  ["microlift/proxy", 327_000, 122_000],
  ["microlift/experiment", 580_000, 201_000],
  ["microlift/report", 282_000, 100_000],
  // The statements of seven dialects and of rows that are read back; it is the youngest, and still grows.
  ["microlift/warehouse", 90_000, 33_000],
  // What starts threads; what runs in them is not of the bundle.
  ["microlift/workers", 5000, 2500],
  // The same as the root, in one file that needs no bundler.
  ["microlift/browser", 1_180_000, 412_000],
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
  for (const [specifier, rawBudget, budget] of SUBPATH_BUDGETS) {
    const { raw, bytes } = await bundleSubpath(specifier);
    rows.push({
      what: `bundle of all of ${specifier}`,
      figure: `${(bytes / 1000).toPrecision(3)} kB gzipped`,
      yardstick: `${(raw / 1000).toPrecision(3)} kB minified`,
      limit: `${budget / 1000} kB`,
      within: bytes <= budget && raw <= rawBudget,
    });
  }
  return rows;
}

export interface Bundle {
  readonly code: string;
  /** Minified. */
  readonly raw: number;
  /** Minified and gzipped. */
  readonly bytes: number;
  readonly packages: readonly string[];
}

/** What a bundler makes of one name of the built root: its code, its weight, and the packages it takes in. */
export function bundle(name: string): Promise<Bundle> {
  return bundleOf(`export { ${name} } from "microlift";`);
}

/** The same of a whole subpath. */
export function bundleSubpath(specifier: string): Promise<Bundle> {
  return bundleOf(`export * from "${specifier}";`);
}

async function bundleOf(contents: string): Promise<Bundle> {
  const result = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    metafile: true,
    external: ["node:*"],
    tsconfigRaw: {},
  });
  const inputs = Object.values(result.metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  const packages = inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
  const output = result.outputFiles[0]!;
  return {
    code: output.text,
    raw: output.contents.length,
    bytes: gzipSync(output.contents).length,
    packages: [...new Set(packages)],
  };
}
