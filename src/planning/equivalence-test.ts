import { bivariateNormalSf } from "../numerics/bivariate-normal.ts";
import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import { integrate } from "../numerics/integrate.ts";
import { logChiConstant, logChiKernel } from "../numerics/log-chi-mixture.ts";
import { normalBetween } from "../numerics/normal-between.ts";
import { type Contrast, contrastAt, contrastDeviation } from "./contrast.ts";
import { drift } from "./drift.ts";
import type { MarginMetric } from "./margin-metric.ts";
import { errorEstimate } from "./mean-test.ts";
import { plannedMarginTest } from "./planned-margin-test.ts";
import type { PlannedTest } from "./planned-test.ts";
import { criticalAt, type ErrorEstimate, isTooSmall } from "./t-test.ts";
import type { TestDesign } from "./test-design.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/**
 * Two one-sided tests of an effect against bounds below and above no effect, of which both have to reject.
 *
 * Both statistics come from the same arms: their joint distribution is bivariate normal, and on the scale of the
 * difference they depend on one number. A standard error that is estimated divides both: its distribution is integrated
 * over (Phillips 1990).
 */
export function plannedEquivalenceTest(
  metric: MarginMetric,
  [lowerBound, upperBound]: readonly [lower: number, upper: number],
  allocation: number,
): PlannedTest {
  const pair: Pair = {
    lower: contrastAt(metric, lowerBound, allocation),
    upper: contrastAt(metric, upperBound, allocation),
    isOneNumber: metric.scale === "difference",
  };
  const estimate = "spread" in metric ? errorEstimate(metric.spread, allocation) : null;
  const bothReject = (design: TestDesign, n: number): number =>
    estimate === null
      ? powerGivenError(pair, n, design.criticalValue)
      : powerOverErrors(pair, n, estimate, design);
  return {
    requiredUnits(design, power) {
      const least = Math.max(
        plannedMarginTest(metric, lowerBound, allocation).requiredUnits(design, power),
        plannedMarginTest(metric, upperBound, allocation).requiredUnits(
          { ...design, alternative: "less" },
          power,
        ),
      );
      if (least === Infinity) return Infinity;
      const excess = (n: number): number => bothReject(design, n) - power;
      if (excess(least) >= 0) return least;
      const bracket = bracketRoot(excess, least, 1.5 * least, { minimum: least });
      return bracket === null ? Infinity : findRoot(excess, ...bracket);
    },
    nearTailPower: bothReject,
    farTailPower: () => 0,
  };
}

interface Pair {
  readonly lower: Contrast;
  readonly upper: Contrast;
  /** Whether both contrasts are the same estimate less two bounds. */
  readonly isOneNumber: boolean;
}

/** P(both reject) where the standard errors are `critical` / z times the null deviations. */
function powerGivenError({ lower, upper, isOneNumber }: Pair, n: number, critical: number): number {
  const lowerDeviation = contrastDeviation(lower);
  const upperDeviation = contrastDeviation(upper);
  // Both statistics are counted into the direction in which they reject.
  const correlation = isOneNumber
    ? -1
    : -(lower.control * upper.control + lower.treatment * upper.treatment) / lowerDeviation / upperDeviation;
  const first = (critical * lower.nullDeviation - drift(lower.effect, n)) / lowerDeviation;
  const second = (critical * upper.nullDeviation + drift(upper.effect, n)) / upperDeviation;
  const rho = Math.max(-1, correlation);
  // The sum of both varies by √(2 + 2ρ) only, so that one of them nearly tells the other: the common case, and cheaper.
  const reach = FARTHEST * Math.sqrt(2 + 2 * rho);
  if (first + second >= reach) return 0;
  return first + second <= -reach ? normalBetween(first, -second) : bivariateNormalSf(first, second, rho);
}

/** Beyond it a normal tail is below the smallest double. */
const FARTHEST = 39;

/** The log of a density that has fallen by so much no longer counts. */
const NEGLIGIBLE = 40;

/** The same, averaged over the estimated standard error: S times the true one, with df · S² chi-squared. */
function powerOverErrors(pair: Pair, n: number, estimate: ErrorEstimate, design: TestDesign): number {
  if (isTooSmall(estimate, design, n)) return 0;
  const { value, df } = criticalAt(estimate, design, n);
  if (df === Infinity) return powerGivenError(pair, n, value);
  const constant = logChiConstant(df);
  const density = (u: number): number =>
    exp(logChiKernel(u, df) + constant) * powerGivenError(pair, n, value * exp(u));
  const spread = Math.sqrt(NEGLIGIBLE / df);
  const error = partingError(pair, n, value);
  if (pair.isOneNumber && !(error > 0)) return 0;
  const parting = error > 0 ? ln(error) : 0;
  const lowest = Math.min(0, parting) - spread - spread * spread;
  const highest = pair.isOneNumber ? Math.min(spread, parting) : spread;
  const cuts = parting > lowest && parting < highest ? [parting] : [];
  // A sum of rounded parts may pass 1 by its last digit.
  return Math.min(1, integrate(density, lowest, highest, { cuts }).value);
}

/** The S from which on the two tests do not reject at once, if both look at one number. */
function partingError({ lower, upper }: Pair, n: number, critical: number): number {
  const [lowerDeviation, upperDeviation] = [contrastDeviation(lower), contrastDeviation(upper)];
  const room = lower.effect / lowerDeviation - upper.effect / upperDeviation;
  const taken = lower.nullDeviation / lowerDeviation + upper.nullDeviation / upperDeviation;
  return (room / taken / critical) * Math.sqrt(n);
}
