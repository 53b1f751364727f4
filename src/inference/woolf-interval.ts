import type { Interval } from "../core/interval.ts";
import { logOddsRatioStandardError } from "../models/effect-standard-errors.ts";
import { oddsRatio } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { NormalConfidence } from "./two-proportions.ts";

/** The odds ratio times e to ± z standard errors of its log (Woolf 1955); with an empty cell it knows nothing. */
export function woolfInterval(
  control: Proportion,
  treatment: Proportion,
  { alternative, confidenceLevel, z }: NormalConfidence,
): Interval {
  const standardError = logOddsRatioStandardError(control, treatment);
  const ratio = standardError < Infinity ? oddsRatio(control, treatment) : null;
  const factor = Math.exp(z * standardError);
  return {
    lower: alternative === "less" || ratio === null ? 0 : ratio / factor,
    upper: alternative === "greater" || ratio === null ? Infinity : ratio * factor,
    confidenceLevel,
    method: "woolf",
    dualToTest: false,
    excluded: null,
  };
}
