import { type AboveLine, aboveLine } from "./above-line.ts";
import { type BetaDensity, mirroredDensity } from "./beta-density.ts";
import { invertedLine, type Line, mirroredLine } from "./line.ts";

/** Which tail of a contrast: what lies below a value, or above it. */
export type Side = "lower" | "upper";

/**
 * How T lies above (`upper`) or below (`lower`) a line over X, integrated over the narrower of the two: X or, unless
 * the caller knows better, what has the smaller deviation along the line.
 */
export function besideLine(
  x: BetaDensity,
  t: BetaDensity,
  line: Line,
  side: Side,
  precision: number,
  isXNarrower: boolean = x.deviation * line.slope <= t.deviation,
): AboveLine {
  // T below the line over X is 1 − T above the line over 1 − X; and it is X above the line over T.
  if (isXNarrower) {
    if (side === "upper") return aboveLine(x, t, line, precision);
    return aboveLine(mirroredDensity(x), mirroredDensity(t), mirroredLine(line), precision);
  }
  const inverse = invertedLine(line);
  if (side === "lower") return aboveLine(t, x, inverse, precision);
  return aboveLine(mirroredDensity(t), mirroredDensity(x), mirroredLine(inverse), precision);
}
