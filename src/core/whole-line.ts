import type { Estimate } from "./estimate.ts";
import type { Interval } from "./interval.ts";
import type { Confidence } from "./confidence.ts";

/** The interval that makes no claim. */
export function wholeLine(method: string, { confidenceLevel }: Confidence): Interval {
  return { lower: -Infinity, upper: Infinity, confidenceLevel, method, dualToTest: false, excluded: null };
}

/** An estimate that knows nothing. */
export function undeterminedEstimate(method: string, confidence: Confidence): Estimate {
  return {
    estimate: null,
    standardError: null,
    interval: wholeLine(method, confidence),
    status: "undetermined",
  };
}
