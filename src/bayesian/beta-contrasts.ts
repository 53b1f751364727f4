import type { BetaDensity } from "../numerics/beta-density.ts";
import { besideLine, type Side } from "../numerics/beside-line.ts";
import { differenceLine, type Line, oddsRatioLine, ratioLine } from "../numerics/line.ts";
import type { Contrast } from "./contrast.ts";
import {
  betaCumulants,
  type Cumulants,
  differenceCumulants,
  logBetaCumulants,
  logOddsCumulants,
} from "./cumulants.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** Of the integrals behind a quantile: it leaves the quantile right to about 1e-12 posterior standard deviations. */
const QUANTILE_PRECISION = 30;

/** Up to here, in ln ratio, both rates stay within what a double holds; beyond, both tails are powers. */
const FARTHEST = 280;

/** Tails down to this one reach beyond only for a power below 0.15. */
const LOG_SMALLEST_TAIL = -39;

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
  return farContrast(
    besideLines(control, treatment, ratioLine),
    { lower: treatment.a, upper: control.a },
    // Up to the shape 1 a rate's density falls from 0 on, but for a rise to 1 of the prior of an arm without data.
    treatment.a <= 1 && treatment.b < 1 ? undefined : treatment.a <= 1,
    differenceCumulants(logBetaCumulants(treatment.a, treatment.b), logBetaCumulants(control.a, control.b)),
  );
}

/** ln(treatment odds / control odds). */
export function logOddsRatioContrast(control: BetaDensity, treatment: BetaDensity): Contrast {
  const isControlNarrower = 1 / control.a + 1 / control.b <= 1 / treatment.a + 1 / treatment.b;
  const powers = { lower: Math.min(treatment.a, control.b), upper: Math.min(control.a, treatment.b) };
  return farContrast(
    besideLines(control, treatment, oddsRatioLine, isControlNarrower),
    powers,
    powers.lower <= 1,
    differenceCumulants(logOddsCumulants(treatment.a, treatment.b), logOddsCumulants(control.a, control.b)),
  );
}

function besideLines(
  control: BetaDensity,
  treatment: BetaDensity,
  line: (parameter: number) => Line,
  isControlNarrower?: boolean,
): Contrast["beside"] {
  return (value, side) => {
    const at = besideLine(control, treatment, line(value), side, QUANTILE_PRECISION, isControlNarrower);
    return { logProbability: at.logProbability, logDensity: at.logCrossing };
  };
}

/** A contrast without ends, whose tails fall as the powers given. */
function farContrast(
  beside: Contrast["beside"],
  powers: Readonly<Record<Side, number>>,
  isHighestAtLowest: boolean | undefined,
  cumulants: Cumulants,
): Contrast {
  /** The quantile, where it lies beyond the farthest value on this side: read off the power with which the tail falls. */
  const valueBeyond = (side: Side, logTail: number): number | null => {
    if (powers[side] * FARTHEST > Math.max(-LOG_SMALLEST_TAIL, -logTail)) return null;
    const sign = side === "upper" ? 1 : -1;
    const { logProbability, logDensity } = beside(sign * FARTHEST, side);
    if (logProbability <= logTail) return null;
    return sign * (FARTHEST + (logProbability - logTail) / exp(logDensity - logProbability));
  };
  return {
    beside,
    lowest: -FARTHEST,
    highest: FARTHEST,
    // A mixture of densities that fall from the end on falls too.
    ...(isHighestAtLowest === undefined ? {} : { isHighestAtLowest }),
    quantileBeyond: (side, tail) => {
      const [logTail, logRest] = [ln(tail), log1p(-tail)];
      return (
        valueBeyond("lower", side === "lower" ? logTail : logRest) ??
        valueBeyond("upper", side === "upper" ? logTail : logRest)
      );
    },
    cumulants,
  };
}
