import type { Confidence } from "../core/confidence.ts";
import type { Estimate } from "../core/estimate.ts";
import { studentTUpperQuantile } from "../numerics/student-t.ts";

/** How far estimates scatter about a line, beside what their own errors explain. */
export interface Scatter {
  /** Chi-squared over its degrees of freedom: 1 where the errors explain all. */
  readonly dispersion: number;
  /** What the errors are multiplied by: √dispersion, and 1 where that is less. */
  readonly factor: number;
  /** By which a multiplied error is judged; Infinity for one as it was. */
  readonly degreesOfFreedom: number;
}

/**
 * Errors are those of the days themselves, unless the days scatter more than these explain: then they are multiplied by
 * the Birge ratio and judged by Student's t (Birge 1932; Thompson and Sharp 1999), as R's `lm` with weights does.
 */
export function scatterOf(q: number, degreesOfFreedom: number): Scatter {
  const dispersion = degreesOfFreedom > 0 ? q / degreesOfFreedom : 1;
  return dispersion > 1
    ? { dispersion, factor: Math.sqrt(dispersion), degreesOfFreedom }
    : { dispersion, factor: 1, degreesOfFreedom: Infinity };
}

/** How an estimate is judged. */
export interface Judgement {
  readonly method: string;
  /** Infinity, the normal distribution, unless said. */
  readonly degreesOfFreedom?: number | undefined;
  /** Whether the test of no effect stands beside it. */
  readonly dualToTest?: boolean | undefined;
}

/** An estimate with the interval of its standard error. */
export function judgedEstimate(
  estimate: number,
  standardError: number,
  { alternative, confidenceLevel, tail }: Confidence,
  { method, degreesOfFreedom = Infinity, dualToTest = false }: Judgement,
): Estimate {
  const reach = standardError === 0 ? 0 : studentTUpperQuantile(tail, degreesOfFreedom) * standardError;
  return {
    estimate,
    standardError,
    interval: {
      lower: alternative === "less" ? -Infinity : estimate - reach,
      upper: alternative === "greater" ? Infinity : estimate + reach,
      confidenceLevel,
      method,
      dualToTest,
      excluded: null,
    },
    status: "ok",
  };
}
