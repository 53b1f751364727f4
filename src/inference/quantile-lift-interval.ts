import type { Interval } from "../core/interval.ts";
import type { QuantileSummary } from "../summaries/quantile-summary.ts";
import type { Confidence } from "../core/confidence.ts";
import { quantileSpread, type QuantileTestName } from "./quantile-spread.ts";
import { twoSidedFieller, twoSidedInterval, twoSidedLevels } from "./two-sided-levels.ts";
import { wholeLine } from "../core/whole-line.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** How the interval of a lift of quantiles is made. */
export type QuantileLiftMethod = "fieller" | "log";

/**
 * An interval for treatment/control − 1 of two quantiles, the control's above 0.
 *
 * - `fieller`: the lifts that the test does not reject.
 * - `log`: the difference of the logs with the errors of the logs of the order statistics (Price and Bonett 2002), for
 *   order statistics above 0.
 */
export function quantileLiftInterval(
  control: QuantileSummary,
  treatment: QuantileSummary,
  test: QuantileTestName,
  critical: number,
  confidence: Confidence,
  method: QuantileLiftMethod,
): Interval {
  if (method === "fieller") {
    const [first, second] = [quantileSpread(control, test), quantileSpread(treatment, test)];
    return twoSidedFieller(first, second, critical, confidence);
  }
  if (!(control.lower.value > 0 && treatment.lower.value > 0)) return wholeLine("log", confidence);
  const levels = twoSidedLevels(quantileSpread(control, test, ln), quantileSpread(treatment, test, ln));
  const { lower, upper } = twoSidedInterval(levels, critical, confidence, "log");
  return { ...wholeLine("log", confidence), lower: liftOf(lower), upper: liftOf(upper) };
}

/** An open end stays open. */
function liftOf(log: number): number {
  return log === -Infinity ? log : expm1(log);
}
