import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import { checkedConfidence, type Confidence, type ConfidenceOptions } from "./confidence.ts";

/** Two arms, and how sure an interval on their effect must be. */
export interface TwoProportionsOptions extends ConfidenceOptions {
  readonly control: Proportion;
  readonly treatment: Proportion;
}

export function checkedTwoProportions({
  control,
  treatment,
  alternative,
  confidenceLevel,
}: TwoProportionsOptions): Confidence {
  checkProportion("control", control);
  checkProportion("treatment", treatment);
  return checkedConfidence(alternative, confidenceLevel);
}
