import { normalSf } from "../numerics/normal.ts";

/** Which step stands first among all, where the data can tell. */
export interface LeadingStep {
  /** Its name; null where it is undetermined. */
  readonly step: string | null;
  /**
   * Of the test that the step in front is before no other one by more than chance: the largest of its two-sided
   * p-values against each other step. Null where there is nothing to compare.
   */
  readonly pValue: number | null;
  readonly status: "ok" | "undetermined";
  /** Why it is undetermined; null where it is not. */
  readonly reason: string | null;
}

/** A figure of one step, independent of those of other steps. */
export interface StepFigure {
  readonly value: number;
  readonly variance: number;
}

/**
 * The place of the largest figure, and how sure it is: a step may be called the largest at level alpha where it is
 * beyond each other one by a two-sided test at alpha, whatever the number of steps (Gutmann and Maymin 1987).
 */
export function largestOf(figures: readonly StepFigure[]): { place: number; pValue: number } {
  const values = figures.map(({ value }) => value);
  const place = values.indexOf(Math.max(...values));
  const top = figures[place]!;
  let closest = Infinity;
  figures.forEach(({ value, variance }, k) => {
    if (k === place) return;
    const gap = top.value - value;
    closest = Math.min(closest, gap === 0 ? 0 : gap / Math.sqrt(top.variance + variance));
  });
  return { place, pValue: 2 * normalSf(closest) };
}

export function unknownLeader(reason: string, pValue: number | null = null): LeadingStep {
  return { step: null, pValue, status: "undetermined", reason };
}

/** The step with the largest figure by name, or that no step can be named. */
export function leadingStep(
  steps: readonly string[],
  figures: readonly StepFigure[],
  alpha: number,
): LeadingStep {
  const { place, pValue } = largestOf(figures);
  if (pValue < alpha) return { step: steps[place]!, pValue, status: "ok", reason: null };
  return unknownLeader(
    `"${steps[place]!}" is in front, but not by more than chance: another step may be first.`,
    pValue,
  );
}
