import { normalSf } from "../numerics/normal.ts";

/** Which step stands first among all, where the data can tell. */
export interface LeadingStep {
  /** Its name; null where it is undetermined. */
  readonly step: string | null;
  /**
   * Of the step in front: the largest of its two-sided p-values against each other step and against 0. Null where there
   * is nothing to compare.
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
 * The place of the largest figure, and how sure it is: it may be called the largest, and above 0, at level alpha where
 * it is beyond 0 and beyond each other figure by two-sided tests at alpha, whatever the number of figures (Gutmann and
 * Maymin 1987).
 */
function largestOf(figures: readonly StepFigure[]): { place: number; pValue: number } {
  const values = figures.map(({ value }) => value);
  const place = values.indexOf(Math.max(...values));
  const top = figures[place]!;
  const rivals = [NOTHING, ...figures.filter((_, k) => k !== place)];
  const closest = Math.min(
    ...rivals.map(({ value, variance }) => scoreOf(top.value - value, top.variance + variance)),
  );
  return { place, pValue: closest > 0 ? 2 * normalSf(closest) : 1 };
}

const NOTHING: StepFigure = { value: 0, variance: 0 };

function scoreOf(gap: number, variance: number): number {
  return gap === 0 ? 0 : gap / Math.sqrt(variance);
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
  return unknownLeader(`"${steps[place]!}" is in front, but not by more than chance.`, pValue);
}
