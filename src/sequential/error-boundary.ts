import type { BrownianLook } from "../numerics/brownian-look.ts";
import { exitBetween, exitDensity, lowerExit, reachProbability, upperExit } from "../numerics/look-exits.ts";
import { newtonRoot } from "../numerics/newton-root.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { INVERSE_SQRT_TWO_PI } from "../numerics/normal-tail.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Log probabilities that differ by so little are equal but for rounding. */
const ROUNDING = 4e-15;
/** What lies below the normal doubles is not spent. */
const SMALLEST_PROBABILITY = 2.3e-308;
/** Farther from its mean no double is left of a normal density. */
const WHOLE_LINE = 40;

// Each boundary starts where it would lie had the walk never been stopped. All three logs of probabilities are concave,
// so that Newton's steps come from that side and stay on it.

/** The z above which a walk lies at a look, not stopped before, with this probability; Infinity for none. */
export function upperBoundary(look: BrownianLook, probability: number): number {
  if (probability < SMALLEST_PROBABILITY) return Infinity;
  if (probability >= reachProbability(look)) return -Infinity;
  const path = look.drift * Math.sqrt(look.information);
  return -rootOfLog(probability, -path - normalUpperQuantile(probability), (z) => [
    upperExit(look, -z),
    exitDensity(look, -z),
  ]);
}

/** The z below which a walk with such a drift lies at a look, not stopped before, with this probability; −Infinity for none. */
export function lowerBoundary(look: BrownianLook, probability: number, drift: number): number {
  if (probability < SMALLEST_PROBABILITY) return -Infinity;
  if (probability >= reachProbability(look, drift)) return Infinity;
  const path = drift * Math.sqrt(look.information);
  return rootOfLog(probability, path - normalUpperQuantile(probability), (z) => [
    lowerExit(look, z, drift),
    exitDensity(look, z, drift),
  ]);
}

/** The |z| below which a walk with such a drift lies at a look, not stopped before, with this probability; 0 for none. */
export function innerBoundary(look: BrownianLook, probability: number, drift: number): number {
  if (probability < SMALLEST_PROBABILITY) return 0;
  if (probability >= reachProbability(look, drift)) return Infinity;
  // A narrow wedge holds a probability in proportion to its width: nearly a line in logs.
  const start = ln(probability / (2 * INVERSE_SQRT_TWO_PI));
  const widest = ln(Math.abs(drift) * Math.sqrt(look.information) + WHOLE_LINE);
  const inside = (logZ: number): readonly [number, number] => {
    const z = exp(logZ);
    const density = exitDensity(look, z, drift) + exitDensity(look, -z, drift);
    return [exitBetween(look, -z, z, drift), z * density];
  };
  return exp(rootOfLog(probability, start, inside, widest));
}

/** The z at which a probability that rises with z has a value, from a start below. */
function rootOfLog(
  probability: number,
  start: number,
  f: (z: number) => readonly [probability: number, density: number],
  upper = Infinity,
): number {
  const target = ln(probability);
  return newtonRoot(
    (z) => {
      const [value, density] = f(z);
      const distance = ln(value) - target;
      return [Math.abs(distance) <= ROUNDING ? 0 : distance, density / value];
    },
    -Infinity,
    upper,
    start,
  );
}
