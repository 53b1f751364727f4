import type { Interval } from "../core/interval.ts";
import type { Confidence } from "../core/confidence.ts";

interface Ends {
  readonly lower: number;
  readonly upper: number;
}

/** An interval that inverts no test here; a one-sided one is open where the parameter itself ends. */
export function intervalWithoutTest(
  method: string,
  { alternative, confidenceLevel }: Confidence,
  limits: Ends,
  parameter: Ends,
): Interval {
  return {
    lower: alternative === "less" ? parameter.lower : limits.lower,
    upper: alternative === "greater" ? parameter.upper : limits.upper,
    confidenceLevel,
    method,
    dualToTest: false,
    excluded: null,
  };
}
