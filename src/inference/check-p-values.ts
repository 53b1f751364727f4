import { checkPositive, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { sumOf } from "../numerics/sum.ts";
import type { AdjustmentMethod } from "./adjust-on.ts";

/** Refuses what is no list of p-values. Names of places are made only where one is wrong: a million of them cost. */
export function checkPValues(field: string, pValues: readonly number[]): void {
  if (!Array.isArray(pValues)) throw new DomainError(field, pValues, "must be a list of numbers");
  for (let i = 0; i < pValues.length; i++) {
    const p = pValues[i] as number;
    if (!(typeof p === "number" && p >= 0 && p <= 1)) checkProbability(`${field}[${i}]`, p);
  }
}

/** Refuses what is no list of the logs of p-values. */
export function checkLogPValues(field: string, logPValues: readonly number[]): void {
  if (!Array.isArray(logPValues)) throw new DomainError(field, logPValues, "must be a list of numbers");
  for (let i = 0; i < logPValues.length; i++) {
    const log = logPValues[i] as number;
    if (typeof log === "number" && log <= 0) continue;
    throw new DomainError(`${field}[${i}]`, log, "must be the log of a probability, at or below 0");
  }
}

const WITHOUT_WEIGHTS: ReadonlySet<AdjustmentMethod> = new Set(["none", "hochberg", "hommel"]);

/** Refuses weights that are not one number above 0 for each test, with sum 1, or that a method cannot use. */
export function checkWeights(
  field: string,
  weights: readonly number[],
  length: number,
  method: AdjustmentMethod,
): void {
  if (WITHOUT_WEIGHTS.has(method)) {
    throw new DomainError(field, weights, `must be left out: ${method} has no weights`);
  }
  checkWeightList(field, weights, length, checkPositive);
  const sum = sumOf(weights);
  if (length > 0 && !(Math.abs(sum - 1) <= WEIGHT_TOLERANCE)) {
    throw new DomainError(field, weights, `must add up to 1, not ${sum}`);
  }
}

/** Weights of typed decimals add up to 1 only nearly. */
export const WEIGHT_TOLERANCE = 1e-9;

/** Refuses what is no list of as many weights as tests, each passing a check. */
export function checkWeightList(
  field: string,
  weights: readonly number[],
  length: number,
  check: (field: string, value: number) => void,
): void {
  if (!Array.isArray(weights) || weights.length !== length) {
    throw new DomainError(field, weights, `must be a list of ${length} weights, one for each test`);
  }
  for (let i = 0; i < length; i++) check(`${field}[${i}]`, weights[i] as number);
}
