import { checkBetween, checkCount, checkObject, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { checkedAllocation } from "../models/allocation.ts";
import { normalCdf, normalSf, normalUpperQuantile } from "../numerics/normal.ts";
import { normalLossQuantile } from "../numerics/normal-loss.ts";
import { checkNormalFamily, type NormalPrior } from "./normal-prior.ts";
import { type CheckedCriterion, checkedCriterion, type SuccessCriterion } from "./success-criterion.ts";
import type { SuccessProbability } from "./success-probability.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { ln } from "../numerics/elementary/ln.ts";

export interface AssuranceOptions {
  /** What is held about the effect when the experiment is planned. */
  readonly prior: NormalPrior;
  /** What the posterior at the end starts from: the same prior unless said, or `flat`. */
  readonly analysisPrior?: NormalPrior | "flat" | undefined;
  /** Of the effect's estimate at the planned size, on the scale of the prior; or `baseline` and `n`. */
  readonly standardError?: number | undefined;
  /** Rate of the control arm, in (0, 1). */
  readonly baseline?: number | undefined;
  /** Units of the control arm. */
  readonly n?: number | undefined;
  /** Treatment n over control n, beside `n`; 1 unless said. */
  readonly allocation?: number | undefined;
  /** What the effect is, beside `baseline`: a difference of rates unless said. */
  readonly scale?: "difference" | "log-lift" | undefined;
  /** What makes the end a success; two-sided significance at 5 % unless said. */
  readonly criterion?: SuccessCriterion | undefined;
}

/** How probably an experiment will be a success, before any data. */
export interface Assurance extends Result<"assurance">, SuccessProbability {
  readonly method: "normal";
  readonly criterion: CheckedCriterion;
  readonly prior: NormalPrior;
  readonly analysisPrior: NormalPrior | "flat";
  readonly standardError: number;
  /** P(effect > 0) by the prior: what `sides.greater` tends to as an experiment grows. */
  readonly probabilityOfBenefit: number;
  /** Probability of success for an effect that is the prior's mean: the power at it, for a test. */
  readonly atPriorMean: SuccessProbability;
}

/**
 * The assurance of an experiment: the probability that it will be a success, averaged over what is held about the effect
 * before it.
 *
 * Power takes an effect as given; the effect of a change is not known, and mostly smaller than hoped for. So a power of
 * 80 % is seldom a chance of 80 %: the assurance stays below the probability that the change is any good at all, however
 * large the experiment. Effect and estimate are normal, which gives closed forms. `assuranceForProportions` is another
 * average of the power: over what past data leave open about the control's rate, with the lift as given.
 *
 * @param options.prior - `{ mean, standardDeviation }` of the effect: mean from −1e9 to 1e9, deviation from 1e-9 to 1e9
 * @param options.analysisPrior - what the posterior at the end starts from: the same unless said, another one, or `flat`
 * @param options.standardError - of the estimate at the planned size, from 1e-9 to 1e9; or `baseline` and `n`
 * @param options.baseline - rate of the control, in (0, 1)
 * @param options.n - units of the control arm, a whole number of at least 1
 * @param options.allocation - treatment n over control n, above 0, beside `n`; 1 unless said
 * @param options.scale - what the effect is, beside `baseline`: `difference` (the default) or `log-lift`,
 *   ln(treatment rate / control rate)
 * @param options.criterion - `{ kind: "significance", alpha, alternative }` (z-test; the default, two-sided at 0.05),
 *   `{ kind: "posterior-probability", probability }` from 0.5 to below 1, 0.95 unless said, or
 *   `{ kind: "expected-loss", thresholdOfCaring }` in units of the effect, above 0
 * @returns the probability of success with its sides, `greater` for the treatment and `less` for the control, beside the
 *   one at the prior's mean and the probability of a benefit
 * @throws {DomainError} for numbers out of range, or both or none of `standardError` and `baseline`
 * @example
 * ```ts
 * import { assurance } from "microlift";
 * const hoped = assurance({
 *   prior: { mean: 0.02, standardDeviation: 0.04 },
 *   scale: "log-lift",
 *   baseline: 0.05,
 *   n: 200_000,
 * });
 * hoped.sides.greater; // 0.4341
 * hoped.atPriorMean.sides.greater; // 0.3054
 * ```
 * Source: O'Hagan, Stevens and Campbell (2005), Pharmaceutical Statistics 4, 187–201.
 */
export function assurance(options: AssuranceOptions): Assurance {
  checkObject("options", options);
  const { prior } = options;
  checkNormalPrior("prior", prior);
  const { analysisPrior = prior } = options;
  if (typeof analysisPrior === "string") checkOneOf("analysisPrior", analysisPrior, ["flat"]);
  else checkNormalPrior("analysisPrior", analysisPrior);
  const criterion = checkedCriterion(options.criterion);
  const standardError = plannedError(options);
  checkBetween("standardError", standardError, SMALLEST, LARGEST);
  const bounds = successBounds(criterion, standardError, analysisPrior);
  const { mean, standardDeviation } = prior;
  return {
    kind: "assurance",
    method: "normal",
    ...probabilities(bounds, mean, hypot(standardDeviation, standardError)),
    criterion,
    prior: { mean, standardDeviation },
    analysisPrior:
      analysisPrior === "flat"
        ? analysisPrior
        : { mean: analysisPrior.mean, standardDeviation: analysisPrior.standardDeviation },
    standardError,
    probabilityOfBenefit: normalCdf(mean / standardDeviation),
    atPriorMean: probabilities(bounds, mean, standardError),
    warnings: [],
    assumptions: [
      `Before the data the effect is normal with mean ${mean} and standard deviation ${standardDeviation}.`,
      "The estimate of the effect is normal, with a standard error that does not depend on the effect.",
    ],
  };
}

const SMALLEST = 1e-9;
const LARGEST = 1e9;

function checkNormalPrior(field: string, prior: NormalPrior): void {
  checkObject(field, prior);
  checkNormalFamily(field, prior.family);
  checkBetween(`${field}.mean`, prior.mean, -LARGEST, LARGEST);
  checkBetween(`${field}.standardDeviation`, prior.standardDeviation, SMALLEST, LARGEST);
}

function plannedError(options: AssuranceOptions): number {
  const { standardError, baseline, n, scale = "difference" } = options;
  if (standardError !== undefined) {
    for (const field of ["baseline", "n", "allocation", "scale"] as const) {
      if (options[field] === undefined) continue;
      throw new DomainError(field, options[field], "must be left out where standardError is given");
    }
    return standardError;
  }
  if (baseline === undefined) {
    throw new DomainError("standardError", standardError, "must be given, or baseline and n instead of it");
  }
  checkOpenUnit("baseline", baseline);
  checkCount("n", n as number, 1);
  checkOneOf("scale", scale, ["difference", "log-lift"]);
  const allocation = checkedAllocation(options.allocation);
  const deviation =
    scale === "difference" ? Math.sqrt(baseline * (1 - baseline)) : Math.sqrt((1 - baseline) / baseline);
  return deviation * Math.sqrt((1 + 1 / allocation) / (n as number));
}

/** The estimates from which on either arm has its success. */
interface SuccessBounds {
  readonly greater: number;
  readonly less: number;
}

/**
 * The posterior mean is (estimate + r² m) / (1 + r²) and its standard deviation s / √(1 + r²), with r the standard error
 * over the deviation of the prior; a success is a ratio of the two at or above a critical one.
 */
function successBounds(
  criterion: CheckedCriterion,
  standardError: number,
  prior: NormalPrior | "flat",
): SuccessBounds {
  if (criterion.kind === "significance") {
    const { alpha, alternative } = criterion;
    const critical = normalUpperQuantile(alternative === "two-sided" ? alpha / 2 : alpha) * standardError;
    return {
      greater: alternative === "less" ? Infinity : critical,
      less: alternative === "greater" ? -Infinity : -critical,
    };
  }
  const ratio = prior === "flat" ? 0 : standardError / prior.standardDeviation;
  const pull = prior === "flat" ? 0 : ratio ** 2 * prior.mean;
  const spread = hypot(1, ratio);
  const critical =
    criterion.kind === "posterior-probability"
      ? normalUpperQuantile(1 - criterion.probability)
      : normalLossQuantile(ln(criterion.thresholdOfCaring) - ln(standardError / spread));
  return {
    greater: critical * standardError * spread - pull,
    less: -critical * standardError * spread - pull,
  };
}

function probabilities(
  { greater, less }: SuccessBounds,
  mean: number,
  deviation: number,
): SuccessProbability {
  const sides = {
    greater: normalSf((greater - mean) / deviation),
    less: normalCdf((less - mean) / deviation),
  };
  return { probability: less >= greater ? 1 : sides.greater + sides.less, sides };
}
