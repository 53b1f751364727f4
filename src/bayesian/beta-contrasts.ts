import type { BetaDensity } from "../numerics/beta-density.ts";
import { besideLine, type Side } from "../numerics/beside-line.ts";
import { differenceLine, type Line, ratioLine } from "../numerics/line.ts";
import type { Contrast } from "./contrast.ts";
import { betaCumulants, differenceCumulants, logBetaCumulants } from "./cumulants.ts";

/** Of the integrals behind a quantile: it leaves the quantile right to about 1e-12 posterior standard deviations. */
const QUANTILE_PRECISION = 30;

/** Up to here, in ln ratio, both rates stay within what a double holds; beyond, both tails are pure powers. */
const FARTHEST = 280;

/** A tail reaches beyond only for a power below this: 1e-17 = exp(−FARTHEST · 0.14). */
const POWER_THAT_REACHES_FARTHEST = 0.15;

/** Treatment rate − control rate. */
export function differenceContrast(control: BetaDensity, treatment: BetaDensity): Contrast {
  return {
    beside: besideLines(control, treatment, differenceLine),
    lowest: -1,
    highest: 1,
    cumulants: differenceCumulants(
      betaCumulants(treatment.a, treatment.b),
      betaCumulants(control.a, control.b),
    ),
  };
}

/** ln(treatment rate / control rate). */
export function logRatioContrast(control: BetaDensity, treatment: BetaDensity): Contrast {
  const beside = besideLines(control, treatment, ratioLine);
  return {
    beside,
    lowest: -FARTHEST,
    highest: FARTHEST,
    quantileBeyond: (side, tail) => {
      const logTail = Math.log(tail);
      const logRest = Math.log1p(-tail);
      return (
        valueBeyond(beside, "lower", treatment.a, side === "lower" ? logTail : logRest) ??
        valueBeyond(beside, "upper", control.a, side === "upper" ? logTail : logRest)
      );
    },
    cumulants: differenceCumulants(
      logBetaCumulants(treatment.a, treatment.b),
      logBetaCumulants(control.a, control.b),
    ),
  };
}

function besideLines(
  control: BetaDensity,
  treatment: BetaDensity,
  line: (parameter: number) => Line,
): Contrast["beside"] {
  return (value, side) => {
    const at = besideLine(control, treatment, line(value), side, QUANTILE_PRECISION);
    return { logProbability: at.logProbability, logDensity: at.logCrossing };
  };
}

/** The quantile, where it lies beyond the farthest ratio on this side: read off the power with which the tail falls. */
function valueBeyond(beside: Contrast["beside"], side: Side, power: number, logTail: number): number | null {
  if (power > POWER_THAT_REACHES_FARTHEST) return null;
  const { logProbability } = beside(side === "upper" ? FARTHEST : -FARTHEST, side);
  if (logProbability <= logTail) return null;
  const distance = FARTHEST + (logProbability - logTail) / power;
  return side === "upper" ? distance : -distance;
}
