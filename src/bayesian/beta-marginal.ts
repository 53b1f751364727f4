import { type BetaDensity, logDensity } from "../numerics/beta-density.ts";
import { betaExcess } from "../numerics/beta-excess.ts";
import { betaDeviation } from "../numerics/beta-prefix.ts";
import { logIncompleteBeta } from "../numerics/incomplete-beta.ts";
import { log1mexp } from "../numerics/log1mexp.ts";
import type { Tails } from "../numerics/tails.ts";
import { LOG_ODDS_AXIS, type Marginal } from "./marginal.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Beyond these log-odds no double holds the rate or its complement, and density and tail are pure powers. */
const FARTHEST = 700;

/** The posterior of a conversion rate along its log-odds. */
export function betaMarginal(density: BetaDensity): Marginal {
  const { a, b, total, deviation } = density;
  const logDensityWithin = (u: number): number => {
    const x = 1 / (1 + exp(-u));
    const y = 1 / (1 + exp(u));
    return logDensity(density, x, y, betaDeviation(x, y, a, b));
  };
  const logTailsWithin = (u: number): Tails => {
    const x = 1 / (1 + exp(-u));
    const y = 1 / (1 + exp(u));
    const lambda = betaDeviation(x, y, a, b);
    if (a <= 1 || b <= 1) return logIncompleteBeta(x, y, a, b, lambda);
    const log = logDensity(density, x, y, lambda);
    if (lambda >= 0) {
      const lower = log + ln(betaExcess(x, y, a, b, lambda).tail);
      return { lower, upper: log1mexp(lower) };
    }
    const upper = log + ln(betaExcess(y, x, b, a, -lambda).tail);
    return { lower: log1mexp(upper), upper };
  };
  return {
    axis: LOG_ODDS_AXIS,
    // With shapes below 1 the density bends where the powers of the other shape set in, not at its peak.
    center: ln((a + 1) / (b + 1)),
    width: Math.sqrt(1 / (a + 1) + 1 / (b + 1)),
    mean: a / total,
    standardDeviation: deviation,
    logDensity(u) {
      if (u < -FARTHEST) return logDensityWithin(-FARTHEST) + a * (u + FARTHEST);
      if (u > FARTHEST) return logDensityWithin(FARTHEST) - b * (u - FARTHEST);
      return logDensityWithin(u);
    },
    logTails(u) {
      if (u < -FARTHEST) {
        const lower = logTailsWithin(-FARTHEST).lower + a * (u + FARTHEST);
        return { lower, upper: log1mexp(lower) };
      }
      if (u > FARTHEST) {
        const upper = logTailsWithin(FARTHEST).upper - b * (u - FARTHEST);
        return { lower: log1mexp(upper), upper };
      }
      return logTailsWithin(u);
    },
  };
}
