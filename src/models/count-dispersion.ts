import { chiSquaredSf } from "../numerics/chi-squared.ts";
import type { Count } from "../summaries/count.ts";

/** A Poisson test at 5 % errs in 6.2 % of cases at this dispersion, and more above it. */
const HARMFUL_DISPERSION = 1.1;
/** Beyond what Poisson counts show by chance. */
const DISPERSION_ALPHA = 0.01;

/** How much more the units' counts vary than Poisson ones. */
export interface Dispersion {
  /** Variance over mean; null where no arm with events has two units, so that nothing is known. */
  readonly dispersion: number | null;
  /** Degrees of freedom of the estimate. */
  readonly degreesOfFreedom: number;
}

/**
 * Dispersion by Pearson's statistic over its degrees of freedom, as R's `glm(family = quasipoisson)` with a rate for each
 * arm; null without the variances. An arm without events says nothing about dispersion and is left out.
 */
export function countDispersion(control: Count, treatment: Count): Dispersion | null {
  if (control.variance === undefined || treatment.variance === undefined) return null;
  const arms = [control, treatment].filter(({ events }) => events > 0);
  const degreesOfFreedom = arms.reduce((sum, { n }) => sum + (n - 1), 0);
  if (degreesOfFreedom === 0) {
    return { dispersion: null, degreesOfFreedom: control.n + treatment.n - 2 };
  }
  const dispersion = arms.reduce(
    (sum, { n, events, variance }) => sum + ((n - 1) / degreesOfFreedom) * (variance! / (events / n)),
    0,
  );
  return { dispersion, degreesOfFreedom };
}

/** Whether the counts vary more than Poisson ones, by Fisher's test of the index of dispersion. */
export function isOverdispersed(known: Dispersion | null): boolean {
  if (known === null || known.dispersion === null) return false;
  const { dispersion, degreesOfFreedom } = known;
  if (dispersion <= HARMFUL_DISPERSION) return false;
  return chiSquaredSf(dispersion * degreesOfFreedom, degreesOfFreedom) < DISPERSION_ALPHA;
}
