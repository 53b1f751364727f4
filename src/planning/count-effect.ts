import { checkBetween, checkFinite } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkExactlyOne } from "./check-exactly-one.ts";

/** How the units of a count metric behave. */
export interface CountMetricOptions {
  /** Events per unit and unit of exposure in the control arm, such as orders per user and week; above 0. */
  readonly baseline: number;
  /** Exposure of each unit, such as weeks, above 0; 1 unless said: then the baseline is events per unit. */
  readonly exposure?: number | undefined;
  /** Variance of a unit's events over their mean, above 0; 1 (Poisson) unless said, above 1 where events come in bunches. */
  readonly dispersion?: number | undefined;
}

/** The planned effect on a rate of events: exactly one of `lift` and `difference`. */
export interface CountEffectOptions extends CountMetricOptions {
  /** Treatment rate / control rate − 1, above −1: a lift of 5 % is 0.05. */
  readonly lift?: number | undefined;
  /** Treatment rate − control rate, instead of `lift`. */
  readonly difference?: number | undefined;
}

/** What is known of a count metric, its defaults filled in. */
export interface CountMetric {
  readonly baseline: number;
  readonly exposure: number;
  readonly dispersion: number;
}

/** The metric, with the rate of the treatment and what it is more than the baseline. */
export interface CountEffect extends CountMetric {
  readonly treatmentRate: number;
  readonly difference: number;
  readonly lift: number;
}

// Rates of no metric, exposures and dispersions lie outside, and squares of all that lie inside are doubles.
const SMALLEST = 1e-60;
const LARGEST = 1e60;

/** What is known of the metric, checked. */
export function checkedCountMetric({
  baseline,
  exposure = 1,
  dispersion = 1,
}: CountMetricOptions): CountMetric {
  checkBetween("baseline", baseline, SMALLEST, LARGEST);
  checkBetween("exposure", exposure, SMALLEST, LARGEST);
  checkBetween("dispersion", dispersion, SMALLEST, LARGEST);
  return { baseline, exposure, dispersion };
}

/** Both rates and both names of the effect, checked. */
export function countEffect(options: CountEffectOptions): CountEffect {
  const metric = checkedCountMetric(options);
  const { baseline } = metric;
  const { lift, difference } = options;
  checkExactlyOne("lift", lift, "difference", difference);
  if (lift !== undefined) {
    checkFinite("lift", lift);
    const treatmentRate = baseline * (1 + lift);
    checkTreatmentRate("lift", lift, treatmentRate);
    return { ...metric, treatmentRate, difference: baseline * lift, lift };
  }
  checkFinite("difference", difference as number);
  const treatmentRate = baseline + (difference as number);
  checkTreatmentRate("difference", difference as number, treatmentRate);
  return {
    ...metric,
    treatmentRate,
    difference: difference as number,
    lift: (difference as number) / baseline,
  };
}

/** Whether a rate of events is one that plans are made for. */
export function isCountRate(rate: number): boolean {
  return rate >= SMALLEST && rate <= LARGEST;
}

function checkTreatmentRate(field: string, value: number, rate: number): void {
  if (!isCountRate(rate)) {
    throw new DomainError(
      field,
      value,
      `must leave the treatment rate between ${SMALLEST} and ${LARGEST}, not at ${rate}`,
    );
  }
}
