import { type Alternative, checkAlternative } from "../core/alternative.ts";
import { checkObject, checkOneOf, checkOpenUnit, checkPositive } from "../core/checks.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import { pooledZ } from "../models/pooled-z.ts";
import { type BetaDensity } from "../numerics/beta-density.ts";
import { besideLine } from "../numerics/beside-line.ts";
import { differenceLine } from "../numerics/line.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { type ArmAhead, armAfter, posteriorAfter } from "./arm-ahead.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** What makes the end of an experiment a success. */
export type SuccessCriterion =
  | {
      /** The pooled z-test of two rates finds a difference: |z| at or above its critical value. */
      readonly kind: "significance";
      /** Type I error, in (0, 1), below one half for a one-sided test; 0.05 unless said. */
      readonly alpha?: number | undefined;
      /** Two-sided unless said. */
      readonly alternative?: Alternative | undefined;
    }
  | {
      /** One arm is believed to be the better one. */
      readonly kind: "posterior-probability";
      /** The posterior probability that is enough, from 0.5 to below 1; 0.95 unless said. */
      readonly probability?: number | undefined;
    }
  | {
      /** Choosing one arm is expected to lose no more than anyone cares about. */
      readonly kind: "expected-loss";
      /** In rates, above 0. */
      readonly thresholdOfCaring: number;
    };

/** A criterion with nothing left open. */
export type CheckedCriterion =
  | { readonly kind: "significance"; readonly alpha: number; readonly alternative: Alternative }
  | { readonly kind: "posterior-probability"; readonly probability: number }
  | { readonly kind: "expected-loss"; readonly thresholdOfCaring: number };

const DEFAULT_PROBABILITY = 0.95;

export function checkedCriterion(criterion: SuccessCriterion = { kind: "significance" }): CheckedCriterion {
  checkObject("criterion", criterion);
  const { kind } = criterion;
  checkOneOf("criterion.kind", kind, ["significance", "posterior-probability", "expected-loss"]);
  if (kind === "expected-loss") {
    const { thresholdOfCaring } = criterion;
    checkPositive("criterion.thresholdOfCaring", thresholdOfCaring);
    return { kind, thresholdOfCaring };
  }
  if (kind === "posterior-probability") {
    const { probability = DEFAULT_PROBABILITY } = criterion;
    if (!(Number.isFinite(probability) && probability >= 0.5 && probability < 1)) {
      throw new DomainError("criterion.probability", probability, "must be at least 0.5 and below 1");
    }
    return { kind, probability };
  }
  const { alpha = DEFAULT_ALPHA, alternative = "two-sided" } = criterion;
  checkOpenUnit("criterion.alpha", alpha);
  checkAlternative("criterion.alternative", alternative);
  if (alternative !== "two-sided" && alpha >= 0.5) {
    throw new DomainError("criterion.alpha", alpha, "must be below 0.5 for a one-sided test");
  }
  return { kind, alpha, alternative };
}

/**
 * By how much an end is a success for the second arm, as a function of both arms' conversions to come: at or above 0 it
 * is one. It grows with the conversions of the second arm and falls with those of the first.
 */
export type SuccessMargin = (firstConversions: number, secondConversions: number) => number;

export function successMargin(criterion: CheckedCriterion, first: ArmAhead, second: ArmAhead): SuccessMargin {
  if (criterion.kind === "significance") {
    const { alpha, alternative } = criterion;
    const critical = normalUpperQuantile(alternative === "two-sided" ? alpha / 2 : alpha);
    return (x1, x2) => pooledZ(armAfter(first, x1), armAfter(second, x2)) - critical;
  }
  const posteriors = (x1: number, x2: number): [BetaDensity, BetaDensity] => [
    posteriorAfter(first, x1),
    posteriorAfter(second, x2),
  ];
  if (criterion.kind === "posterior-probability") {
    const most = ln(1 - criterion.probability);
    return (x1, x2) => most - below(...posteriors(x1, x2)).logProbability;
  }
  const most = ln(criterion.thresholdOfCaring);
  return (x1, x2) => most - below(...posteriors(x1, x2)).logExcess;
}

/** Of the integrals: an edge is then right to about 1e-11 standard deviations. */
const PRECISION = 30;

function below(first: BetaDensity, second: BetaDensity): ReturnType<typeof besideLine> {
  return besideLine(first, second, differenceLine(0), "lower", PRECISION);
}
