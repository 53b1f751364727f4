import { type Alternative, checkAlternative } from "./alternative.ts";
import { checkOpenUnit } from "./checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "./defaults.ts";
import { DomainError } from "./domain-error.ts";

/** How sure an interval must be, and on which sides it ends. */
export interface ConfidenceOptions {
  /** `two-sided` unless said; `greater` gives the interval with a lower limit only, `less` with an upper one only. */
  readonly alternative?: Alternative | undefined;
  /** Coverage aimed at, in (0, 1); 0.95 unless said. The test beside it rejects at alpha = 1 − confidenceLevel. */
  readonly confidenceLevel?: number | undefined;
}

/** The same, checked and complete. */
export interface Confidence {
  readonly alternative: Alternative;
  readonly confidenceLevel: number;
  /** Probability of a miss at each end: alpha, or half of it where there are two ends. */
  readonly tail: number;
}

export function checkedConfidence(
  alternative: Alternative = "two-sided",
  confidenceLevel: number = DEFAULT_CONFIDENCE_LEVEL,
): Confidence {
  checkAlternative("alternative", alternative);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const alpha = 1 - confidenceLevel;
  if (alpha === 1) {
    throw new DomainError(
      "confidenceLevel",
      confidenceLevel,
      "must be large enough for alpha = 1 - confidenceLevel to be below 1",
    );
  }
  return { alternative, confidenceLevel, tail: alternative === "two-sided" ? alpha / 2 : alpha };
}
