// What Stryker is given of ours: the runner of tests, the sample, and the keeping of results.
import { appendFileSync } from "node:fs";
import type { Ignorer } from "@stryker-mutator/api/ignore";
import { declareFactoryPlugin, declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";
import type { Reporter } from "@stryker-mutator/api/report";
import { readChosen } from "./chosen.ts";
import type { Logged } from "./kept-results.ts";
import { placeOf, type Range, rangeOf } from "./mutants.ts";
import { OneProcessRunner } from "./one-process-runner.ts";

const chosen = readChosen();
const idsOf = new Map(chosen.files.map(({ file, ids }) => [file, ids]));
const rangesOf = new Map(
  chosen.files.map(({ file, ids }) => [file, Object.keys(ids).map((place) => rangeOf(place))]),
);

function oneProcess(): OneProcessRunner {
  return new OneProcessRunner(chosen);
}
// Stryker is to hand over nothing.
oneProcess.inject = [] as const;

/** Leaves alone each piece of code in which no mutant was chosen, so that what is not tested costs no time either. */
const sample: Ignorer = {
  shouldIgnore(path) {
    const { node, hub } = path as unknown as Visited;
    const ranges = rangesOf.get(fileIn(hub.file.opts.filename));
    const { loc } = node;
    if (ranges === undefined || !loc) return undefined;
    const around: Range = [loc.start.line, loc.start.column, loc.end.line, loc.end.column];
    return ranges.some((range) => contains(around, range)) ? undefined : "not in the sample";
  },
};

/** Keeps each result at once, so that a run may be stopped at any time. */
const kept: Reporter = {
  onMutantTested(result) {
    const file = fileIn(result.fileName);
    const id = idsOf.get(file)?.[placeOf(result)];
    if (id === undefined || result.status === "Ignored") return;
    const { source } = chosen.files.find((one) => one.file === file)!;
    appendFileSync(
      chosen.log,
      `${JSON.stringify({ file, source, id, status: result.status } satisfies Logged)}\n`,
    );
  },
};

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, "one process", oneProcess),
  declareValuePlugin(PluginKind.Ignore, "sample", sample),
  declareValuePlugin(PluginKind.Reporter, "kept", kept),
];

/** A path inside the floor's folder. */
function fileIn(path: string): string {
  return path.replace(new RegExp(`^.*src/${chosen.floor}/`), "");
}

/** What Babel knows of a piece of code. Stryker's type of it is empty where Babel's own types are not installed. */
interface Visited {
  readonly node: { readonly loc?: { readonly start: Position; readonly end: Position } | null };
  readonly hub: { readonly file: { readonly opts: { readonly filename: string } } };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

function contains([fromLine, fromColumn, toLine, toColumn]: Range, inner: Range): boolean {
  const startsBefore = fromLine < inner[0] || (fromLine === inner[0] && fromColumn <= inner[1]);
  const endsAfter = toLine > inner[2] || (toLine === inner[2] && toColumn >= inner[3]);
  return startsBefore && endsAfter;
}
