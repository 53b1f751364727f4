import { besideLine, type Side } from "../numerics/beside-line.ts";
import type { BetaDensity } from "../numerics/beta-density.ts";
import { contrastQuantile, QUANTILE_PRECISION } from "./contrast-quantile.ts";
import { differenceCumulants, logBetaCumulants } from "./cumulants.ts";
import { ratioLine } from "../numerics/line.ts";

/** Up to here, in ln ratio, both rates stay within what a double holds; beyond, both tails are pure powers. */
const FARTHEST = 280;

/** A tail reaches beyond only for a power below this: 1e-17 = exp(−FARTHEST · 0.14). */
const POWER_THAT_REACHES_FARTHEST = 0.15;

/** The value that ln(treatment rate / control rate) stays below (`lower`) or above (`upper`) with probability `tail`. */
export function logRatioQuantile(
  control: BetaDensity,
  treatment: BetaDensity,
  side: Side,
  tail: number,
): number {
  const logTail = Math.log(tail);
  const logRest = Math.log1p(-tail);
  const beyond =
    valueBeyond(control, treatment, "lower", side === "lower" ? logTail : logRest) ??
    valueBeyond(control, treatment, "upper", side === "upper" ? logTail : logRest);
  if (beyond !== null) return beyond;
  const cumulants = differenceCumulants(
    logBetaCumulants(treatment.a, treatment.b),
    logBetaCumulants(control.a, control.b),
  );
  const contrast = { line: ratioLine, lowest: -FARTHEST, highest: FARTHEST, cumulants };
  return contrastQuantile(control, treatment, contrast, side, tail);
}

/** The quantile, where it lies beyond the farthest ratio on this side: read off the power with which the tail falls. */
function valueBeyond(
  control: BetaDensity,
  treatment: BetaDensity,
  side: Side,
  logTail: number,
): number | null {
  const power = side === "lower" ? treatment.a : control.a;
  if (power > POWER_THAT_REACHES_FARTHEST) return null;
  const line = ratioLine(side === "upper" ? FARTHEST : -FARTHEST);
  const { logProbability } = besideLine(control, treatment, line, side, QUANTILE_PRECISION);
  if (logProbability <= logTail) return null;
  const distance = FARTHEST + (logProbability - logTail) / power;
  return side === "upper" ? distance : -distance;
}
