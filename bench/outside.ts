import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  adjustPValues,
  compareMeans,
  compareProportions,
  differenceInterval,
  liftInterval,
  oddsRatioInterval,
  probabilityToBeat,
} from "microlift";
import type { Row } from "./run.ts";
import { timeInTurns } from "./stopwatch.ts";

const sale = { control: { n: 21_306, conversions: 122 }, treatment: { n: 21_307, conversions: 267 } };
const hundred = { control: { n: 100, conversions: 7 }, treatment: { n: 100, conversions: 14 } };
const million = { control: { n: 1e6, conversions: 100_000 }, treatment: { n: 1e6, conversions: 101_000 } };

interface Pair {
  readonly theirs: string;
  readonly what: string;
  readonly ours: () => unknown;
  /** How many times faster this library must be; nothing where the figure is for information. */
  readonly atLeast?: number;
}

function pairs(): Pair[] {
  const pValues = evenlySpread(1e6);
  return [
    {
      theirs: "statsmodels score interval, diff",
      what: "differenceInterval, Mee",
      ours: () => differenceInterval(sale),
      atLeast: 150,
    },
    {
      theirs: "statsmodels score interval, ratio",
      what: "liftInterval, Koopman",
      ours: () => liftInterval(sale),
      atLeast: 150,
    },
    {
      theirs: "statsmodels score interval, odds-ratio",
      what: "oddsRatioInterval, score",
      ours: () => oddsRatioInterval(sale),
      atLeast: 150,
    },
    {
      theirs: "statsmodels proportions_ztest",
      what: "compareProportions, score",
      ours: () => compareProportions(sale),
    },
    {
      theirs: "scipy boschloo_exact, 100 per arm",
      what: "compareProportions, boschloo",
      ours: () => compareProportions({ ...hundred, test: "boschloo" }),
      atLeast: 20,
    },
    {
      theirs: "scipy barnard_exact, 100 per arm",
      what: "compareProportions, barnard",
      ours: () => compareProportions({ ...hundred, test: "barnard" }),
    },
    {
      theirs: "scipy fisher_exact, 1e6 per arm",
      what: "compareProportions, fisher",
      ours: () => compareProportions({ ...million, test: "fisher" }),
    },
    {
      theirs: "R fisher.test, 1e6 per arm",
      what: "compareProportions, fisher",
      ours: () => compareProportions({ ...million, test: "fisher" }),
    },
    { theirs: "R prop.test", what: "compareProportions, score", ours: () => compareProportions(sale) },
    {
      theirs: "numpy, 200,000 draws of both rates",
      what: "probabilityToBeat",
      ours: () => probabilityToBeat(sale),
      atLeast: 100,
    },
    {
      theirs: "scipy ttest_ind_from_stats",
      what: "compareMeans",
      ours: () =>
        compareMeans({
          control: { n: 21_306, mean: 0.65, variance: 134 },
          treatment: { n: 21_307, mean: 1.42, variance: 315 },
        }),
    },
    {
      theirs: "R p.adjust BH, 1e6 values",
      what: "adjustPValues, benjamini-hochberg",
      ours: () => adjustPValues(pValues, "benjamini-hochberg"),
    },
  ];
}

/** SciPy, statsmodels and R, where `python3` (or $PYTHON) and `Rscript` have them. */
export function benchOutside(): Row[] {
  const seconds = {
    ...outsideSeconds(process.env["PYTHON"] ?? "python3", "outside.py"),
    ...outsideSeconds("Rscript", "outside.R"),
  };
  return pairs().flatMap(({ theirs, what, ours, atLeast }) => {
    const other = seconds[theirs];
    if (other === undefined) return [];
    const ns = timeInTurns({ ours }).ours;
    const ratio = (1e9 * other) / ns;
    return [
      {
        what,
        figure: `${(ns / 1000).toPrecision(3)} µs`,
        yardstick: `${ratio.toPrecision(3)} times as fast as ${theirs}`,
        limit: atLeast === undefined ? "none" : `${atLeast} times`,
        within: atLeast === undefined || ratio >= atLeast,
      },
    ];
  });
}

function outsideSeconds(command: string, script: string): Record<string, number> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { status, stdout } = spawnSync(command, [path], { encoding: "utf8" });
  if (status !== 0) return {};
  return JSON.parse(stdout) as Record<string, number>;
}

function evenlySpread(n: number): number[] {
  // Multiples of the golden ratio: spread evenly, and in no order.
  return Array.from({ length: n }, (_, i) => ((i + 1) * 0.6180339887498949) % 1);
}
