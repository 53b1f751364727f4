import type { Proportion } from "../summaries/proportion.ts";
import { binomialDeviance } from "./binomial-deviance.ts";
import { devianceRoot } from "./deviance-root.ts";
import { shiftedOddsRatio } from "./shifted-odds-ratio.ts";

// Profile-likelihood limits of the odds ratio: where twice the log-likelihood, at its highest under the ratio, has fallen
// by χ². As for the score limits (odds-ratio-score-limit.ts) the unknown is a shift of m conversions from one arm to the
// other, margins fixed.

/** Lower limit: the smallest odds ratio whose deviance is at most chiSquared > 0. */
export function lowerOddsRatioProfileLimit(
  control: Proportion,
  treatment: Proportion,
  chiSquared: number,
): number {
  const { n: n1, conversions: x1 } = control;
  const { n: n2, conversions: x2 } = treatment;
  const y1 = n1 - x1;
  const y2 = n2 - x2;
  const most = Math.min(y1, x2);
  if (most === 0) return 0;
  const m = devianceRoot(
    (shift) => [
      binomialDeviance(control, shift / n1, (x1 + shift) / n1, (y1 - shift) / n1) +
        binomialDeviance(treatment, -shift / n2, (x2 - shift) / n2, (y2 + shift) / n2),
      2 * shift * (n1 / (x1 + shift) / (y1 - shift) + n2 / (x2 - shift) / (y2 + shift)),
    ],
    chiSquared,
    0,
    most,
    Math.sqrt(chiSquared / (n1 / (x1 + 0.5) / y1 + n2 / (y2 + 0.5) / x2)),
  );
  return shiftedOddsRatio(control, treatment, m);
}

/** Upper limit: the largest odds ratio whose deviance is at most chiSquared > 0. */
export function upperOddsRatioProfileLimit(
  control: Proportion,
  treatment: Proportion,
  chiSquared: number,
): number {
  return 1 / lowerOddsRatioProfileLimit(treatment, control, chiSquared);
}
