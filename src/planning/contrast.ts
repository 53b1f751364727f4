import { restrictedEventRates } from "../models/poisson-score-at.ts";
import { oddsRatioShift } from "../models/restricted-odds-ratio-rates.ts";
import { type Rate, restrictedRates } from "../models/restricted-rates.ts";
import type { CountsMetric, LevelMetric, MarginMetric, ProportionMetric } from "./margin-metric.ts";
import { effectSought } from "./test-design.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/**
 * What a test of an effect at a null value compares with 0, planned: a sum of one term for each arm. Deviations are √n
 * times standard errors, n being the units of the control arm.
 */
export interface Contrast {
  /** Above 0 where the effect lies above the null value. */
  readonly effect: number;
  /** What the test takes for its deviation. */
  readonly nullDeviation: number;
  /** Deviation of the control's term. */
  readonly control: number;
  /** Deviation of the treatment's term. */
  readonly treatment: number;
}

/** The contrast of a test at a null value, which is a difference, a lift or an odds ratio as the metric's scale is. */
export function contrastAt(metric: MarginMetric, nullValue: number, allocation: number): Contrast {
  if (metric.kind === "proportion") return rateContrast(metric, nullValue, allocation);
  if (metric.kind === "count") return eventContrast(metric, nullValue, allocation);
  return levelContrast(metric, nullValue, allocation);
}

/** Deviation of the whole contrast under the planned effect. */
export function contrastDeviation({ control, treatment }: Contrast): number {
  return hypot(control, treatment);
}

/** Whether the planned effect lies on the side of a null value that H1 says. */
export function isWithin(metric: MarginMetric, nullValue: number, alternative: "greater" | "less"): boolean {
  return effectSought(contrastAt(metric, nullValue, 1).effect, alternative) > 0;
}

/** m₂ − m₁ − δ, or m₂ − R m₁ with R = 1 + δ (Fieller 1954). */
function levelContrast(
  { scale, effect, spread }: LevelMetric,
  nullValue: number,
  allocation: number,
): Contrast {
  const { baseline, difference, lift } = effect;
  const isLift = scale === "lift";
  const control = spread.deviations.control * (isLift ? 1 + nullValue : 1);
  const treatment = spread.deviations.treatment / Math.sqrt(allocation);
  return {
    effect: isLift ? baseline! * (lift! - nullValue) : difference - nullValue,
    nullDeviation: hypot(control, treatment),
    control,
    treatment,
  };
}

/** r₂ − r₁ − δ or r₂ − R r₁, with the null variance at the rates of events that are most likely under the null value. */
function eventContrast({ scale, effect }: CountsMetric, nullValue: number, allocation: number): Contrast {
  const { baseline, treatmentRate, difference, lift, dispersion } = effect;
  const controlArm = { n: 1, events: baseline };
  const treatmentArm = { n: allocation, events: treatmentRate * allocation };
  const restricted = restrictedEventRates(scale, controlArm, treatmentArm, nullValue);
  const isLift = scale === "lift";
  const factor = isLift ? 1 + nullValue : 1;
  const deviation = (rate: number, n: number): number => Math.sqrt(dispersion * (rate / n));
  return {
    effect: isLift ? baseline * (lift - nullValue) : difference - nullValue,
    nullDeviation: hypot(
      factor * deviation(restricted.control, 1),
      deviation(restricted.treatment, allocation),
    ),
    control: factor * deviation(baseline, 1),
    treatment: deviation(treatmentRate, allocation),
  };
}

/**
 * p₂ − p₁ − δ, p₂ − R p₁, or for an odds ratio the conversions that would have to move between the arms, with the null
 * variance at the rates that are most likely under the null value: Farrington and Manning (1990).
 */
function rateContrast({ scale, effect }: ProportionMetric, nullValue: number, allocation: number): Contrast {
  const { baseline, treatmentRate, difference, lift } = effect;
  const controlArm = { n: 1, conversions: baseline };
  const treatmentArm = { n: allocation, conversions: treatmentRate * allocation };
  const restricted = restrictedRates(scale, controlArm, treatmentArm, nullValue);
  const controlVariance = baseline * (1 - baseline);
  // Not 1 − treatment, which loses digits where both rates are close to 1.
  const treatmentVariance = treatmentRate * Math.max(0, 1 - baseline - difference);
  const [nullControl, nullTreatment] = [variance(restricted.control), variance(restricted.treatment)];
  if (scale === "odds-ratio") {
    // How the conversions that move follow those of either arm: the score is efficient, so that each counts by the
    // information of the other.
    const total = nullControl + nullTreatment * allocation;
    return {
      effect: oddsRatioShift(controlArm, treatmentArm, nullValue),
      nullDeviation: Math.sqrt(nullControl * ((nullTreatment * allocation) / total)),
      control: ((nullTreatment * allocation) / total) * Math.sqrt(controlVariance),
      treatment: (nullControl / total) * Math.sqrt(treatmentVariance * allocation),
    };
  }
  const factor = scale === "lift" ? 1 + nullValue : 1;
  return {
    effect: scale === "lift" ? baseline * (lift - nullValue) : difference - nullValue,
    nullDeviation: hypot(factor * Math.sqrt(nullControl), Math.sqrt(nullTreatment / allocation)),
    control: factor * Math.sqrt(controlVariance),
    treatment: Math.sqrt(treatmentVariance / allocation),
  };
}

function variance({ rate, rest }: Rate): number {
  return rate * rest;
}
