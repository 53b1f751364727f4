import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, it } from "vitest";
import { root } from "../support/pages.ts";

// Every call has to end. Loops whose end does not stand in their head are listed with what ends them, so that a new one
// is thought about. `for (let …; …; …)` counts; ConvergenceError has the cap of searches that count their rounds.
const ENDS: Readonly<Record<string, string>> = {
  "bayesian/highest-density": "each round shortens the bracket by the golden ratio",
  "bayesian/log-normal-value": "doubles, and the log weight falls at least linearly",
  "bayesian/most-valuable":
    "doubles up to the largest size; then each round shortens the bracket by the golden ratio",
  "bayesian/quantile-curve": "takes points off a list",
  "bayesian/rate-groups": "walks along a list",
  "bayesian/shares-with-floor": "each round raises one share more",
  "bayesian/slice-integral": "halves down to 1",
  "bayesian/stopping-edges": "walks along the counts of an arm",
  "bayesian/success-probability": "walks along a list",
  "bayesian/tabulated-logs": "halves down to the shortest panel",
  "core/json-fault": "walks along a text",
  "inference/graphical-procedure": "each round takes one hypothesis out",
  "models/critical-counts": "walks along the counts of an arm",
  "models/empirical-curve": "halves a range of whole numbers",
  "models/exact-difference-p-value": "walks along the counts of an arm",
  "models/fisher-counts": "walks along the counts of a table while they have probability",
  "models/joint-fisher-sizes": "walks along the counts of a table, or a list",
  "models/null-supremum": "halves cells, whose bounds fall with the cube of their width",
  "models/posterior-rate": "steps of the peak's width out to the farthest log-odds",
  "models/region-probability": "walks along a list",
  "models/rejection-probability": "doubles up to the size of an arm",
  "models/traffic": "walks along a list",
  "models/traffic-growth": "walks along the days",
  "models/upper-region": "each round adds a conversion to one arm",
  "numerics/binomial-sampler": "each round takes one cell off a list",
  "numerics/bracket-root": "doubles up to the largest double",
  "numerics/draw-binomial": "walks along the counts up to n",
  "numerics/importance-draws": "adds a share of the draws up to the most",
  "numerics/integrate": "a piece more each round, up to maxIntervals",
  "numerics/kolmogorov": "each round passes one limit of 2n",
  "numerics/log-gamma": "subtracts 1, from below the start of Stirling's series",
  "numerics/log-gamma-increment": "adds 1 up to the start of Stirling's series",
  "numerics/log-integrals": "each panel is counted against its cap",
  "numerics/look-densities": "walks along a list",
  "numerics/nested-nodes": "places run away to infinity, where weights are 0",
  "numerics/non-negative-solution": "each pass is counted against its cap",
  "numerics/outside-lattice": "takes nodes off a list",
  "numerics/peak-integral": "halves a step so many times at most",
  "numerics/peaks-integrals": "halves a step so many times at most",
  "numerics/profile-limit": "doubles up to the end of the box",
  "numerics/smallest-true": "doubles up to the highest size; then halves a range of whole numbers",
  "numerics/thin-weights": "walks along a list",
  "planning/exact-sample-size-for-proportions": "halves down to 1",
  "numerics/trapezoidal": "halves a step so many times at most",
  "proxy/covariance-lattice": "each round is counted against its cap",
  "proxy/known-crossings": "walks along a list",
  "proxy/maximize-likelihood": "each round takes one metric off a list",
  "proxy/prior-scores": "halves a range of whole numbers",
  "proxy/simulate-programme": "halves a range of whole numbers",
  "proxy/simulated-crossings": "walks along a list",
  "proxy/thin-posterior": "walks along a list whose sum is 1",
  "proxy/true-effect-line": "walks along a list whose sum is 1",
  "summaries/quantile-ranks": "halves a range of whole numbers",
  "warehouse/step-prefix": "adds a letter until no name begins with the prefix",
  "workers/run-in-workers": "walks along the blocks",
};

const LOOP = /^\s*(?:while \(|for \(;;\)|for \([^;]*; ;|do \{|do \w+ = )/m;

it("every loop without an end in its head is known to end", () => {
  const source = join(root, "src");
  const found = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith("cli"))
    .filter((file) => LOOP.test(readFileSync(join(source, file), "utf8")))
    .map((file) => relative(source, join(source, file)).replaceAll("\\", "/").replace(/\.ts$/, ""));
  expect(found.toSorted()).toEqual(Object.keys(ENDS).toSorted());
});
