import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";
import { pow } from "./elementary/pow.ts";

/**
 * A gamma draw with rate 1, from streams of uniform and normal draws.
 *
 * Marsaglia and Tsang (2000), "A simple method for generating gamma variables".
 */
export function drawGamma(shape: number, uniform: () => number, normal: () => number): number {
  return shape < 1 ? exp(drawLogGamma(shape, uniform, normal)) : drawLargeGamma(shape, uniform, normal);
}

/** The log of a gamma draw: for small shapes the draw itself is often below the smallest double. */
export function drawLogGamma(shape: number, uniform: () => number, normal: () => number): number {
  if (shape >= 1) return ln(drawLargeGamma(shape, uniform, normal));
  // A gamma of shape a + 1 times U^(1/a) is a gamma of shape a.
  return ln(drawLargeGamma(shape + 1, uniform, normal)) + ln(uniform()) / shape;
}

function drawLargeGamma(shape: number, uniform: () => number, normal: () => number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const x = normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const cube = root * root * root;
    const u = uniform();
    const isInSqueeze = u < 1 - 0.0331 * pow(x, 4);
    if (isInSqueeze || ln(u) < 0.5 * x * x + d * (1 - cube + ln(cube))) return d * cube;
  }
  throw new ConvergenceError("a gamma draw that is accepted", MOST_ROUNDS);
}
