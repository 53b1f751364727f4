// `npm run bench`: what each thing costs, as a ratio to a yardstick timed in the same run. Limits are those of the
// project; a figure beyond its limit is printed as such and fails the command.
import { benchBatch } from "./batch.ts";
import { benchBayesianArms } from "./bayesian-arms.ts";
import { benchBayesianModels } from "./bayesian-models.ts";
import { benchBayesian } from "./bayesian.ts";
import { benchComparisons } from "./comparisons.ts";
import { benchDocuments } from "./documents.ts";
import { benchExactTests } from "./exact-tests.ts";
import { benchFunctions } from "./functions.ts";
import { benchImports } from "./imports.ts";
import { benchMultiplicity } from "./multiplicity.ts";
import { benchProxyHistory } from "./proxy-history.ts";
import { benchProxyJoint } from "./proxy-joint.ts";
import { benchProxyLikelihood } from "./proxy-likelihood.ts";
import { benchProxyPosterior } from "./proxy-posterior.ts";
import { benchProxyDecisions } from "./proxy-decisions.ts";
import { benchProxyProgramme } from "./proxy-programme.ts";
import { benchSequential } from "./sequential.ts";
import { benchSizes } from "./sizes.ts";

export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly yardstick: string;
  readonly limit: string;
  readonly within: boolean;
}

const rows: Row[] = [
  ...benchFunctions(),
  ...benchBatch(),
  ...benchBayesian(),
  ...benchBayesianArms(),
  ...benchBayesianModels(),
  ...benchComparisons(),
  ...benchDocuments(),
  ...benchExactTests(),
  ...benchMultiplicity(),
  ...benchProxyHistory(),
  ...benchProxyJoint(),
  ...benchProxyLikelihood(),
  ...benchProxyPosterior(),
  ...benchProxyDecisions(),
  ...benchProxyProgramme(),
  ...benchSequential(),
  ...benchImports(),
  ...(await benchSizes()),
];
const columns = ["what", "figure", "yardstick", "limit"] as const;
const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => row[column].length)));
const line = (cells: readonly string[]): string => cells.map((cell, i) => cell.padEnd(widths[i]!)).join("  ");

console.log(line(columns));
for (const row of rows)
  console.log(line(columns.map((column) => row[column])) + (row.within ? "" : "  BEYOND"));
process.exitCode = rows.every((row) => row.within) ? 0 : 1;
