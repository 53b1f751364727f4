import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/**
 * A mixture of likelihood ratios: of each effect of a prior with variance τ² around the null value, against the null.
 *
 * All that the data say is the score y = z √(r / (1 + r)), where z is the estimate over its standard error and r, the
 * ratio of τ² to the squared standard error, grows as units arrive. The log of the mixture is evidence(y) − ½ ln(1 + r).
 * Under H0 the chance that it ever exceeds ln(1/α) is at most α (Ville 1939), however often one looks.
 */
export interface Mixture {
  /** Rises with the score, in size where there are two sides; −Infinity is legal. */
  readonly evidence: (score: number) => number;
  /** The score above 0 at which the evidence is `evidence` > 0. */
  readonly scoreAt: (evidence: number) => number;
  /** The ratio r at which an interval with the probability α of a miss is tightest, for the data that it then has. */
  readonly tightestRatio: (alpha: number) => number;
}

/** The |z| at which a mixture rejects at α where τ² is `ratio` times the squared standard error; Infinity at 0 and Infinity. */
export function mixtureCriticalValue({ scoreAt }: Mixture, ratio: number, alpha: number): number {
  if (ratio === 0 || ratio === Infinity) return Infinity;
  return scoreAt(0.5 * log1p(ratio) - ln(alpha)) * Math.sqrt(1 + 1 / ratio);
}

/** ln of the mixture likelihood ratio of a statistic z; above 0 where the data speak for an effect. */
export function logMixtureRatio({ evidence }: Mixture, ratio: number, z: number): number {
  // All effects of the mixture are 0, or none is of a size that a double holds.
  if (ratio === 0 || ratio === Infinity) return ratio === 0 ? 0 : -Infinity;
  return evidence(z / Math.sqrt(1 + 1 / ratio)) - 0.5 * log1p(ratio);
}
