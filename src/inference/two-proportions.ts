import type { Interval } from "../core/interval.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import { checkedConfidence, type Confidence, type ConfidenceOptions } from "../core/confidence.ts";

/** Two arms, and how sure an interval on their effect must be. */
export interface TwoProportionsOptions extends ConfidenceOptions {
  readonly control: Proportion;
  readonly treatment: Proportion;
}

/** How sure the interval must be, with the normal quantile of its tail: negative for a one-sided level below one half. */
export interface NormalConfidence extends Confidence {
  readonly z: number;
}

/** One way to make an interval for an effect of two proportions. */
export type TwoProportionsInterval = (
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
) => Interval;

export function checkedTwoProportions(options: TwoProportionsOptions): NormalConfidence {
  checkProportion("control", options.control);
  checkProportion("treatment", options.treatment);
  return checkedNormalConfidence(options);
}

/** The alternative and the confidence level, with the normal quantile that goes with them. */
export function checkedNormalConfidence(options: ConfidenceOptions): NormalConfidence {
  const { alternative, confidenceLevel, tail } = checkedConfidence(
    options.alternative,
    options.confidenceLevel,
  );
  return { alternative, confidenceLevel, tail, z: normalUpperQuantile(tail) };
}
