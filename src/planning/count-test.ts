import { checkOneOf } from "../core/checks.ts";
import type { Warning } from "../core/warning.ts";
import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import { type CountEffect, type CountMetric, isCountRate } from "./count-effect.ts";
import type { EffectSearch } from "./detectable-effect.ts";
import { distanceBeyond, type NormalTest, requiredDistance } from "./normal-test.ts";
import { fewExpected, POWER_ASSUMPTIONS } from "./planning-cautions.ts";
import type { ArmUnits } from "./sizes.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/**
 * The test that a plan on counts is for: `score` (the pooled rate), which `compareCounts` runs, `wald` (a rate for each
 * arm) or `log` (Wald's test of the log of the ratio).
 */
export type CountTest = "score" | "wald" | "log";

const COUNT_TESTS: readonly CountTest[] = ["score", "wald", "log"];

/** What a power calculation on counts rests on. */
export const COUNT_ASSUMPTIONS: readonly string[] = [
  ...POWER_ASSUMPTIONS,
  "The variance of a unit's events is the same multiple of their mean in both arms, and known.",
  "The estimated rates are close to normal, which fails where few events are expected.",
];

/** The test asked for, `score` unless said. */
export function checkedCountTest(test: CountTest = "score"): CountTest {
  checkOneOf("test", test, COUNT_TESTS);
  return test;
}

/** Effect and deviations of a test of two rates of events. */
export function normalCountTest(
  test: CountTest,
  { baseline, treatmentRate, difference, exposure, dispersion }: Omit<CountEffect, "lift">,
  allocation: number,
): NormalTest {
  // The variance of the rate of one unit, over the rate.
  const unit = dispersion / exposure;
  if (test === "log") {
    const deviation = logDeviation({ baseline, exposure, dispersion }, treatmentRate, allocation);
    return { effect: log1p(difference / baseline), nullDeviation: deviation, deviation, correction: 0 };
  }
  const deviation = Math.sqrt(unit * (baseline + treatmentRate / allocation));
  if (test === "wald") return { effect: difference, nullDeviation: deviation, deviation, correction: 0 };
  const pooled = baseline / (1 + allocation) + treatmentRate / (1 + 1 / allocation);
  const nullDeviation = Math.sqrt(unit * pooled * (1 + 1 / allocation));
  return { effect: difference, nullDeviation, deviation, correction: 0 };
}

/** The smallest difference of rates that is detected with the power asked for; null for none. */
export function smallestCountDifference(
  test: CountTest,
  metric: CountMetric,
  search: EffectSearch,
): number | null {
  const size = test === "log" ? smallestLogLift(metric, search) : smallestDifference(test, metric, search);
  return size !== null && isCountRate(metric.baseline + search.sign * size) ? size : null;
}

function smallestDifference(
  test: "score" | "wald",
  metric: CountMetric,
  { sign, n, allocation, design, power }: EffectSearch,
): number | null {
  const { baseline } = metric;
  // It has one root where the power asked for is at least one half: it is below 0 at 0 and convex, as the effect is
  // linear and the deviations concave in the rate.
  const excess = (size: number): number => {
    const treatmentRate = Math.max(0, baseline + sign * size);
    const effect = { ...metric, treatmentRate, difference: sign * size };
    return distanceBeyond(normalCountTest(test, effect, allocation), design, n, power);
  };
  if (!(excess(0) < 0)) return 0;
  if (sign === -1) return excess(baseline) > 0 ? findRoot(excess, 0, baseline) : null;
  const bracket = bracketRoot(excess, 0, baseline, { minimum: 0 });
  return bracket === null ? null : findRoot(excess, ...bracket);
}

/**
 * The same for the test of the log of the ratio, whose deviation grows without limit as the treatment's rate falls to 0:
 * a decrease may be too large to be detected.
 */
function smallestLogLift(
  metric: CountMetric,
  { sign, n, allocation, design, power }: EffectSearch,
): number | null {
  const { baseline, exposure, dispersion } = metric;
  const rootN = Math.sqrt(n);
  const factor = requiredDistance({ nullDeviation: 1, deviation: 1 }, design, power);
  if (factor === 0) return 0;
  const excess = (logSize: number): number =>
    rootN * logSize - factor * logDeviation(metric, baseline * exp(sign * logSize), allocation);
  let bracket: readonly [number, number] | null;
  if (sign === 1) {
    bracket = bracketRoot(excess, 0, 1, { minimum: 0 });
  } else {
    // Concave, and highest where the treatment's part w of the squared deviation a + w satisfies w² = 4 q (a + w).
    const q = n / factor / factor;
    const a = dispersion / exposure / baseline;
    const top = ln(2 * (q + Math.sqrt(q * (q + a)))) - ln(a / allocation);
    bracket = top > 0 && excess(top) > 0 ? [0, top] : null;
  }
  if (bracket === null) return null;
  const size = baseline * Math.abs(expm1(sign * findRoot(excess, ...bracket)));
  return size < Infinity ? size : null;
}

function logDeviation(
  { baseline, exposure, dispersion }: CountMetric,
  treatmentRate: number,
  allocation: number,
): number {
  return Math.sqrt((dispersion / exposure) * (1 / baseline + 1 / (treatmentRate * allocation)));
}

/** Warns where an arm is expected to hold too few events. */
export function fewEvents(
  effect: Omit<CountEffect, "lift" | "difference">,
  sizes: ArmUnits,
): readonly Warning[] {
  const fewest =
    effect.exposure * Math.min(sizes.control * effect.baseline, sizes.treatment * effect.treatmentRate);
  return fewExpected(fewest, "events");
}
