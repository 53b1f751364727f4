import type { DayArms } from "../../src/experiment/analyze-days.ts";
import type { Random } from "../../src/numerics/random.ts";

/** A test by day of exposure: first conversions among those still without one, of whom few leave each day. */
export interface ExposedWorld {
  /** Units of each arm on the first day. */
  readonly n: number;
  /** Control's rate on each day among those still without a conversion. */
  readonly rate: number;
  readonly days: number;
  readonly logLift: (day: number) => number;
}

/** Share of the units without a conversion that have been in the test for one day more. */
export const STAYING = 0.95;

export function firstConversions({ n, rate, days, logLift }: ExposedWorld, random: Random): DayArms[] {
  let [control, treatment] = [n, n];
  return Array.from({ length: days }, (_, i) => {
    const lifted = rate * Math.exp(logLift(i + 1));
    const arms = {
      day: i + 1,
      control: { n: control, conversions: random.binomial(control, rate) },
      treatment: { n: treatment, conversions: random.binomial(treatment, lifted) },
    };
    control = random.binomial(control - arms.control.conversions, STAYING);
    treatment = random.binomial(treatment - arms.treatment.conversions, STAYING);
    return arms;
  });
}
