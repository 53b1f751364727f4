import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

// The house from the ground up. A file imports only from its own floor and from floors below; the wings
// (inference, planning, bayesian, sequential) stand on one level and do not know each other.
const LEVELS: readonly (readonly string[])[] = [
  ["core"],
  ["numerics"],
  ["summaries"],
  ["models"],
  ["inference", "planning", "bayesian", "sequential"],
  ["proxy"],
  ["experiment"],
  ["report"],
  ["warehouse"],
  ["workers"],
  ["cli"],
];
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  jstat: ["numerics"],
  "pure-rand": ["numerics"],
  zod: ["experiment", "cli"],
  commander: ["cli"],
  node: ["workers", "cli"],
  vega: ["cli"],
  "vega-lite": ["cli"],
  "@duckdb": ["cli"],
  pg: ["cli"],
};

const root = resolve(import.meta.dirname, "../../src");

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8").replaceAll(/^\s*(\*|\/\/).*$/gm, "");
  const pattern =
    /\b(?:import|export)\s+(type\s)?[^;"']*?\bfrom\s*["']([^"']+)["']|\bimport\s*\(?\s*["']([^"']+)["']/g;
  return [...text.matchAll(pattern)].map((match) => ({
    from: file,
    specifier: match[2] ?? match[3]!,
    typeOnly: match[1] !== undefined,
  }));
}

const floorOf = (file: string): string => relative(root, file).split("/")[0]!;
const levelOf = (floor: string): number => LEVELS.findIndex((level) => level.includes(floor));
// The two pages that join the floors.
const pages = new Set([join(root, "index.ts"), join(root, "library.ts")]);
const files = sourceFiles(root);
const imports = files.flatMap(importsOf);
const local = imports.filter((entry) => entry.specifier.startsWith("."));

describe("the floors", () => {
  it("knows the floor of every file", () => {
    const strangers = files.filter((file) => !pages.has(file) && levelOf(floorOf(file)) < 0);
    expect(strangers).toEqual([]);
  });

  it("imports downwards only, and never from a wing into its neighbour", () => {
    const wrong = local
      .filter((entry) => !pages.has(entry.from))
      .map((entry) => ({ ...entry, to: resolve(dirname(entry.from), entry.specifier) }))
      .filter((entry) => floorOf(entry.from) !== floorOf(entry.to))
      .filter((entry) => levelOf(floorOf(entry.to)) >= levelOf(floorOf(entry.from)))
      .map((entry) => `${relative(root, entry.from)} -> ${relative(root, entry.to)}`);
    expect(wrong).toEqual([]);
  });

  it("reaches files, not contents pages: index.ts is for readers outside", () => {
    const wrong = local
      .filter((entry) => !pages.has(entry.from) && floorOf(entry.from) !== "cli")
      .filter((entry) => entry.specifier.endsWith("/index.ts"))
      .map((entry) => `${relative(root, entry.from)} -> ${entry.specifier}`);
    expect(wrong).toEqual([]);
  });

  it("keeps logic out of the contents pages", () => {
    const wrong = files
      .filter((file) => file.endsWith("/index.ts") || pages.has(file))
      .filter((file) =>
        /^(?!\s*(export (type )?\{|export \*|\}|\/\/|\/?\*|import |[\w\s,]*,?$|\} from))/m.test(
          readFileSync(file, "utf8"),
        ),
      );
    expect(wrong.map((file) => relative(root, file))).toEqual([]);
  });

  it("uses each package only on the floor that may", () => {
    const wrong = imports
      .filter((entry) => !entry.specifier.startsWith("."))
      .filter((entry) => {
        const name = entry.specifier.startsWith("node:") ? "node" : entry.specifier.split("/")[0]!;
        return !PACKAGES[name]?.includes(floorOf(entry.from));
      })
      .map((entry) => `${relative(root, entry.from)} -> ${entry.specifier}`);
    expect(wrong).toEqual([]);
  });

  // report/ turns results into words: it sees the types of results and the words of core, nothing that computes but the
  // elementary functions. Charts may ask where a curve lies: the distributions of numerics, and the one function that gives posteriors as points.
  it("keeps report/ to the types of results", () => {
    const wrong = local
      .filter((entry) => floorOf(entry.from) === "report" && !entry.typeOnly)
      .map((entry) => ({ ...entry, to: floorOf(resolve(dirname(entry.from), entry.specifier)) }))
      .filter((entry) => !["report", "core"].includes(entry.to))
      .filter((entry) => !entry.specifier.includes("/numerics/elementary/"))
      .filter(
        (entry) =>
          !entry.from.startsWith(join(root, "report/charts/")) ||
          !(entry.to === "numerics" || entry.specifier === "../../bayesian/effect-density.ts"),
      )
      .map((entry) => `${relative(root, entry.from)} -> ${entry.specifier}`);
    expect(wrong).toEqual([]);
  });

  // The language leaves the last digits of these to the engine, and engines differ: docs/decisions/0026.
  it("takes elementary functions from numerics/elementary, which gives the same bits on every engine", () => {
    const engines = /\bMath\.(?!abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|[A-Z])\w+/;
    // Squares and powers of 2 and of its half are exact everywhere.
    const power = /(?<!\b2|0\.5) \*\* (?!2\b)/;
    const wrong = files
      .filter((file) => floorOf(file) !== "cli")
      .filter((file) => {
        const code = readFileSync(file, "utf8").replaceAll(/^\s*(\/?\*|\/\/).*$/gm, "");
        return engines.test(code) || power.test(code);
      });
    expect(wrong.map((file) => relative(root, file))).toEqual([]);
  });

  it("is pure below the command line: no clock, no chance, no console, no environment", () => {
    const impure =
      /\b(Date\.now|new Date|performance\.|Math\.random|console\.|process\.|globalThis|setTimeout|fetch\()/;
    const wrong = files
      .filter((file) => floorOf(file) !== "cli")
      .filter((file) => impure.test(readFileSync(file, "utf8").replaceAll(/^\s*(\*|\/\/).*$/gm, "")));
    expect(wrong.map((file) => relative(root, file))).toEqual([]);
  });
});
