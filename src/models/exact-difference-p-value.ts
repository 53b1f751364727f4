import { findRoot } from "../numerics/find-root.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { regionProbability } from "./region-probability.ts";
import { scoreAt } from "./score-at.ts";
import { sin } from "../numerics/elementary/trigonometric.ts";

/** Relative room for the rounding of a statistic that equals the one seen. */
const TIE = 1e-9;
const NEGLIGIBLE = 1e-17;
/** Of the nuisance rate, relative to the stretch it lies in: at a maximum the probability is off by the square. */
const PEAK_TOLERANCE = 1e-7;
/** So close to the ends of the stretch, where a rate would be 0 or 1, that the square of it is nothing. */
const END_ANGLE = 1e-7;

/**
 * The largest probability, whatever the control rate, of a score statistic at least as high as the one seen if the
 * difference were `difference`, in (−1, 1): exact and unconditional (Chan and Zhang 1999). At 0 it is Barnard's.
 *
 * The probability is smooth on the scale of a standard deviation of the counts; it is followed along the control rate in
 * steps of half of one, and its peaks are found between them.
 */
export function exactDifferencePValue(
  control: Proportion,
  treatment: Proportion,
  difference: number,
): number {
  const n1 = control.n;
  const n2 = treatment.n;
  const probability = regionProbability({ n1, n2, edge: edgeOf(control, treatment, difference) }, NEGLIGIBLE);
  const from1 = Math.max(0, -difference);
  const from2 = Math.max(0, difference);
  const width = 1 - Math.abs(difference);
  let highest = 0;
  const slopeAt = (angle: number): number => {
    const along = width * sin(angle) ** 2;
    const { value, slope1, slope2 } = probability(from1 + along, from2 + along);
    highest = Math.max(highest, value);
    return slope1 + slope2;
  };
  const count = Math.ceil(2 * Math.PI * Math.sqrt(n1 + n2));
  const angleAt = (i: number): number => END_ANGLE + ((0.5 * Math.PI - 2 * END_ANGLE) * i) / count;
  let slope = slopeAt(angleAt(0));
  for (let i = 1; i <= count; i++) {
    const next = slopeAt(angleAt(i));
    if (slope > 0 && next < 0) {
      findRoot(slopeAt, angleAt(i - 1), angleAt(i), { tolerance: PEAK_TOLERANCE / count });
    }
    slope = next;
  }
  return highest;
}

/** For each number of control conversions, the fewest of the treatment whose statistic is as high as the one seen. */
function edgeOf(control: Proportion, treatment: Proportion, difference: number): Int32Array {
  const seen = scoreAt("difference", control, treatment, difference);
  const least = seen - TIE * Math.max(1, Math.abs(seen));
  const edge = new Int32Array(control.n + 1);
  let x2 = 0;
  for (let x1 = 0; x1 <= control.n; x1++) {
    const other = { n: control.n, conversions: x1 };
    while (
      x2 <= treatment.n &&
      scoreAt("difference", other, { n: treatment.n, conversions: x2 }, difference) < least
    ) {
      x2++;
    }
    edge[x1] = x2;
  }
  return edge;
}
