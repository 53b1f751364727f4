import type { Interval } from "../core/interval.ts";
import { logOddsRatioStandardError } from "../models/effect-standard-errors.ts";
import { oddsRatio } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { ratioIntervalOnLogScale } from "./log-scale-estimate.ts";
import type { NormalConfidence } from "./two-proportions.ts";

/** The odds ratio times e to ± z standard errors of its log (Woolf 1955); with an empty cell it knows nothing. */
export function woolfInterval(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
  method = "woolf",
): Interval {
  const ratio = oddsRatio(control, treatment);
  return ratioIntervalOnLogScale(ratio, logOddsRatioStandardError(control, treatment), confidence, method);
}

/** Woolf's interval after half a unit is added to each of the four cells, which leaves none empty. */
export function haldaneAnscombeInterval(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
): Interval {
  return woolfInterval(withHalves(control), withHalves(treatment), confidence, "haldane-anscombe");
}

function withHalves({ n, conversions }: Proportion): Proportion {
  return { n: n + 1, conversions: conversions + 0.5 };
}
