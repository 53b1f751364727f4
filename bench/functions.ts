import jStat from "jstat";
import { cumulativeStdNormalProbability, probit } from "simple-statistics";
import {
  beta,
  binomial,
  chiSquared,
  compareMeans,
  compareProportions,
  gamma,
  normal,
  studentT,
} from "microlift";
import type { Row } from "./run.ts";
import { timeInTurns } from "./stopwatch.ts";

const control = { n: 21306, conversions: 122 };
const treatment = { n: 21307, conversions: 267 };

/** What people call most, beside the cheapest thing a competitor could do: one pooled z-test on jstat's normal. */
export function benchFunctions(): Row[] {
  const ns = timeInTurns({
    yardstick: jstatPooledTest,
    score: () => compareProportions({ control, treatment }),
    wald: () => compareProportions({ control, treatment, test: "wald" }),
    means: () =>
      compareMeans({
        control: { n: 21306, mean: 0.65, variance: 134 },
        treatment: { n: 21307, mean: 1.42, variance: 315 },
      }),
  });
  const row = (what: string, name: keyof typeof ns, limitMicroseconds: number): Row => ({
    what,
    figure: `${(ns[name] / 1000).toPrecision(3)} µs`,
    yardstick: `${(ns[name] / ns.yardstick).toPrecision(3)} × a bare z-test on jstat`,
    limit: `${limitMicroseconds} µs`,
    within: ns[name] <= 1000 * limitMicroseconds,
  });
  return [
    row("compareProportions, score, three intervals", "score", 20),
    row("compareProportions, wald", "wald", 1.5),
    row("compareMeans", "means", 20),
    ...benchDistributions(),
  ];
}

function jstatPooledTest(): number {
  const pooled = (control.conversions + treatment.conversions) / (control.n + treatment.n);
  const se = Math.sqrt(pooled * (1 - pooled) * (1 / control.n + 1 / treatment.n));
  const z = (treatment.conversions / treatment.n - control.conversions / control.n) / se;
  return 2 * jStat.normal.cdf(-Math.abs(z), 0, 1);
}

/** Where a peer is right to its own digits, a kernel that is right to all of them may take twice as long. */
function benchDistributions(): Row[] {
  return [
    ...besidePeer("jstat", JSTAT_PAIRS),
    ...besidePeer("simple-statistics", [
      ["normal.cdf(-1.3)", () => normal.cdf(-1.3), () => cumulativeStdNormalProbability(-1.3)],
      ["normal.quantile(0.975)", () => normal.quantile(0.975), () => probit(0.975)],
    ]),
  ];
}

type Pair = readonly [what: string, ours: () => number, theirs: () => number];

const JSTAT_PAIRS: readonly Pair[] = [
  ["normal.cdf(-1.3)", () => normal.cdf(-1.3), () => jStat.normal.cdf(-1.3, 0, 1)],
  ["normal.quantile(0.975)", () => normal.quantile(0.975), () => jStat.normal.inv(0.975, 0, 1)],
  ["studentT.cdf(-1.3, 30)", () => studentT.cdf(-1.3, 30), () => jStat.studentt.cdf(-1.3, 30)],
  ["studentT.quantile(0.975, 30)", () => studentT.quantile(0.975, 30), () => jStat.studentt.inv(0.975, 30)],
  ["beta.cdf(0.3, 20, 40)", () => beta.cdf(0.3, 20, 40), () => jStat.beta.cdf(0.3, 20, 40)],
  ["beta.quantile(0.3, 20, 40)", () => beta.quantile(0.3, 20, 40), () => jStat.beta.inv(0.3, 20, 40)],
  ["gamma.cdf(8, 10)", () => gamma.cdf(8, 10), () => jStat.gamma.cdf(8, 10, 1)],
  ["gamma.quantile(0.3, 10)", () => gamma.quantile(0.3, 10), () => jStat.gamma.inv(0.3, 10, 1)],
  ["chiSquared.cdf(12, 10)", () => chiSquared.cdf(12, 10), () => jStat.chisquare.cdf(12, 10)],
  ["binomial.pmf(28, 100, 0.3)", () => binomial.pmf(28, 100, 0.3), () => jStat.binomial.pdf(28, 100, 0.3)],
  ["binomial.cdf(28, 100, 0.3)", () => binomial.cdf(28, 100, 0.3), () => jStat.binomial.cdf(28, 100, 0.3)],
];

function besidePeer(peer: string, pairs: readonly Pair[]): Row[] {
  return pairs.map(([what, ours, theirs]) => {
    const ns = timeInTurns({ ours, theirs });
    const ratio = ns.ours / ns.theirs;
    const error = Math.abs(theirs() / ours() - 1);
    const isRight = error < RIGHT;
    return {
      what,
      figure: `${ns.ours.toPrecision(3)} ns`,
      yardstick: `${ratio.toPrecision(2)} × ${peer}, whose error here is ${error.toExponential(0)}`,
      limit: isRight ? `2 × ${peer}` : `none: ${peer} is wrong`,
      within: !isRight || ratio <= 2,
    };
  });
}

/** An error that this library would not let pass: where a peer has a larger one, its time is no yardstick. */
const RIGHT = 1e-12;
