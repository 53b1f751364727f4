import { checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { correlationBounds, correlationGivenMicro, nestedCorrelation } from "../models/user-correlation.ts";
import type { UnitCovarianceFromRates, UnitCovarianceResult } from "./unit-covariance.ts";

/** The correlation between users that rates and their overlap imply; rates in (0, 1) are taken as checked. */
export function correlationFromRates(
  input: UnitCovarianceFromRates,
): Pick<UnitCovarianceResult, "method" | "correlation" | "correlationRange" | "warnings" | "assumptions"> {
  const { microRate, macroRate, macroGivenMicro, nested = false } = input;
  const known = (method: string, correlation: number, assumptions: readonly string[]) => ({
    method,
    correlation,
    correlationRange: { lower: correlation, upper: correlation },
    warnings: [],
    assumptions,
  });
  if (nested) {
    checkNestedRates(microRate, macroRate);
    if (macroGivenMicro !== undefined) {
      throw new DomainError(
        "macroGivenMicro",
        macroGivenMicro,
        "must be left out when nested: it is macroRate / microRate",
      );
    }
    return known("nested", nestedCorrelation(microRate, macroRate), [NESTED]);
  }
  const bounds = correlationBounds(microRate, macroRate);
  if (macroGivenMicro !== undefined) {
    checkMacroGivenMicro(microRate, macroRate, macroGivenMicro);
    const correlation = correlationGivenMicro(microRate, macroRate, macroGivenMicro);
    return known("conditional-rate", Math.min(Math.max(correlation, bounds.lower), bounds.upper), []);
  }
  return {
    method: "frechet-bounds",
    correlation: bounds.upper,
    correlationRange: bounds,
    warnings: [
      {
        code: "CORRELATION_UNKNOWN",
        message:
          "The two rates do not say how often they meet in one user: the correlation is taken at its upper bound, the least favourable one for a proxy worth using; give joint counts, macroGivenMicro or nested.",
      },
    ],
    assumptions: [],
  };
}

/** Rates of a nested funnel: the step must be commoner than the sale. */
export function checkNestedRates(microRate: number, macroRate: number): void {
  if (microRate <= macroRate) {
    throw new DomainError(
      "microRate",
      microRate,
      `must be above macroRate = ${macroRate} in a nested funnel`,
    );
  }
}

function checkMacroGivenMicro(microRate: number, macroRate: number, macroGivenMicro: number): void {
  checkProbability("macroGivenMicro", macroGivenMicro);
  const lower = Math.max(0, macroRate + microRate - 1) / microRate;
  const upper = Math.min(1, macroRate / microRate);
  // A rate that was divided by the caller may miss the bound by its rounding.
  const rounding = 4 * Number.EPSILON;
  if (macroGivenMicro < lower - rounding || macroGivenMicro > upper * (1 + rounding)) {
    throw new DomainError(
      "macroGivenMicro",
      macroGivenMicro,
      `must lie between ${lower} and ${upper} at these rates`,
    );
  }
}

const NESTED = "Every macro conversion went through the micro conversion.";
