import { type Box, type Curved, type Maximum, maximizeInBox } from "./maximize-in-box.ts";
import type { Vector } from "./matrix.ts";
import { newtonRoot } from "./newton-root.ts";

/** In units of the first step, about half the interval: Newton's last step, which leaves about its square. */
const TOLERANCE = 1e-6;
/** The value at a maximum errs by what a step could still gain. */
const LEAST_GAIN = 1e-14;

/**
 * Where the profile likelihood of one coordinate, maximised over the others, has fallen so far from its maximum that the
 * root of twice the fall is `score`; null where it does not fall so far up to the end of the box.
 *
 * @param sign −1 for the lower limit, 1 for the upper
 * @param boxAt the box of the other coordinates, which may depend on the value of this one
 */
export function profileLimit(
  f: (x: Vector) => Curved,
  maximum: Maximum,
  coordinate: number,
  sign: -1 | 1,
  score: number,
  boxAt: (value: number) => Box,
): number | null {
  const top = maximum.at[coordinate]!;
  const box = boxAt(top);
  const end = sign < 0 ? box.lower[coordinate]! : box.upper[coordinate]!;
  if (top === end) return null;
  const enough = 0.5 * score * score;
  // Where the next search starts: the last point above the line. Beyond it the others may have run into an end of the
  // box, from which there is no way back.
  let inside = maximum;
  const profile = (value: number): Maximum => {
    const { lower, upper } = boxAt(value);
    const start = [...inside.at];
    const held = { lower: [...lower], upper: [...upper] };
    start[coordinate] = held.lower[coordinate] = held.upper[coordinate] = value;
    const found = maximizeInBox(f, start, held, LEAST_GAIN);
    if (maximum.value - found.value < enough) inside = found;
    return found;
  };
  const fallAt = (value: number): number => Math.max(0, maximum.value - profile(value).value);

  // Outward in growing steps, from about where a parabola would end.
  const curvature = -maximum.hessian[coordinate]![coordinate]!;
  let step = curvature > 0 ? score / Math.sqrt(curvature) : 1;
  const tolerance = TOLERANCE * step;
  let inner = top;
  let outer = top;
  for (;;) {
    outer = sign < 0 ? Math.max(end, outer - step) : Math.min(end, outer + step);
    if (fallAt(outer) >= enough) break;
    if (outer === end) return null;
    inner = outer;
    step *= 2;
  }
  const root = newtonRoot(
    (distance) => {
      const { value, gradient } = profile(sign * distance);
      const depth = Math.sqrt(2 * Math.max(0, maximum.value - value));
      return [depth - score, depth > 0 ? (-sign * gradient[coordinate]!) / depth : 1];
    },
    sign * inner,
    sign * outer,
    0.5 * (sign * inner + sign * outer),
    tolerance,
  );
  return sign * root;
}
