import { checkCount, checkFinite, checkNonNegative, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import {
  checkJointCounts,
  jointN,
  macroProportion,
  microProportion,
  type JointCounts,
} from "./joint-counts.ts";
import { checkParts } from "./merge-parts.ts";

/** Means and sample covariances of several metrics over the same units of one arm. */
export interface Moments {
  /** Units of the arm, a whole number of at least 1. */
  readonly n: number;
  /** Names of the metrics, in the order of `mean` and `covariance`. */
  readonly metrics: readonly string[];
  readonly mean: readonly number[];
  /** Sample covariance between units, with n − 1 in the denominator. */
  readonly covariance: readonly (readonly number[])[];
}

// A covariance computed from sums is symmetric and semidefinite up to rounding; what exceeds this is a mistake.
const ROUNDING = 1e-9;

/**
 * Checks moments where they enter a public function.
 *
 * @param field - path of the argument as the caller wrote it, such as `control`
 * @throws {DomainError} for wrong lengths, duplicate names, numbers that are not finite, or a matrix that is no covariance
 */
export function checkMoments(field: string, value: Moments): void {
  checkObject(field, value);
  checkCount(`${field}.n`, value.n, 1);
  checkNames(`${field}.metrics`, value.metrics);
  const size = value.metrics.length;
  if (size === 0) throw new DomainError(`${field}.metrics`, value.metrics, "must name at least one metric");
  checkLength(`${field}.mean`, value.mean, size);
  checkLength(`${field}.covariance`, value.covariance, size);
  checkEachFinite(`${field}.mean`, value.mean);
  value.covariance.forEach((row, i) => {
    const path = `${field}.covariance[${i}]`;
    checkLength(path, row, size);
    checkEachFinite(path, row);
    if (row[i]! < 0) checkNonNegative(`${path}[${i}]`, row[i]!);
  });
  checkCovariance(`${field}.covariance`, value.covariance);
}

/** Writes the path of a number only where that is not finite: there are as many as metrics, squared. */
function checkEachFinite(field: string, values: readonly number[]): void {
  const broken = values.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) checkFinite(`${field}[${broken}]`, values[broken]!);
}

function checkNames(field: string, names: readonly string[]): void {
  if (!Array.isArray(names) || names.some((name) => typeof name !== "string")) {
    throw new DomainError(field, names, "must be a list of names");
  }
  if (new Set(names).size !== names.length)
    throw new DomainError(field, names, "must not name a metric twice");
}

function checkLength(field: string, list: readonly unknown[], size: number): void {
  if (!Array.isArray(list) || list.length !== size) {
    throw new DomainError(field, list, `must have one entry for each of the ${size} metrics`);
  }
}

// Symmetric, and positive semidefinite: Gaussian elimination of the correlation matrix meets no negative pivot.
function checkCovariance(field: string, covariance: readonly (readonly number[])[]): void {
  const scale = covariance.map((row, i) => Math.sqrt(row[i]!));
  const work = covariance.map((row) => [...row]);
  for (let i = 0; i < work.length; i++) {
    for (let j = 0; j < work.length; j++) {
      const entry = work[i]![j]!;
      const mirrored = covariance[j]![i]!;
      const limit = scale[i]! * scale[j]!;
      if (Math.abs(entry - mirrored) > ROUNDING * limit)
        throw new DomainError(`${field}[${i}][${j}]`, entry, `must equal its mirror image ${mirrored}`);
      if (limit === 0 && entry !== 0)
        throw new DomainError(`${field}[${i}][${j}]`, entry, "must be 0 beside a variance of 0");
      work[i]![j] = limit > 0 ? entry / limit : 0;
    }
  }
  for (let k = 0; k < work.length; k++) {
    const pivot = work[k]![k]!;
    if (pivot < -ROUNDING) throw new DomainError(field, covariance, "must be positive semidefinite");
    for (let i = k + 1; i < work.length; i++) {
      const entry = work[i]![k]!;
      if (pivot <= ROUNDING) {
        // A vanished pivot leaves no room for covariance with what comes later.
        if (Math.abs(entry) > Math.sqrt(ROUNDING)) {
          throw new DomainError(field, covariance, "must be positive semidefinite");
        }
        continue;
      }
      for (let j = k + 1; j < work.length; j++) work[i]![j]! -= (entry / pivot) * work[k]![j]!;
    }
  }
}

/**
 * Merges moments of disjoint groups of units into one.
 *
 * @param parts - at least one, all with the same metrics in the same order; no unit may be in two of them
 * @returns the moments of all units together
 * @throws {DomainError} for an empty list, broken moments, or metrics that differ
 * @example
 * ```ts
 * import { mergeMoments, proportionMoments } from "microlift";
 * const monday = proportionMoments({ neither: 890, macroOnly: 0, microOnly: 90, both: 20 });
 * const tuesday = proportionMoments({ neither: 870, macroOnly: 0, microOnly: 105, both: 25 });
 * mergeMoments([monday, tuesday]).n; // 2000
 * ```
 * Chan, Golub and LeVeque (1979), in the form for covariances.
 */
export function mergeMoments(parts: readonly Moments[]): Moments {
  if (!Array.isArray(parts) || parts.length === 0) {
    throw new DomainError("parts", parts, "must be a list of at least one");
  }
  const all: readonly Moments[] = parts;
  checkParts(all, checkMoments);
  const first = all[0]!;
  const others = all.slice(1);
  others.forEach(({ metrics }, i) => {
    const same =
      metrics.length === first.metrics.length && metrics.every((name, j) => name === first.metrics[j]);
    if (!same) {
      throw new DomainError(
        `parts[${i + 1}].metrics`,
        metrics,
        "must be the metrics of parts[0], in their order",
      );
    }
  });
  const total: Total = {
    n: first.n,
    metrics: first.metrics,
    mean: [...first.mean],
    covariance: first.covariance.map((row) => [...row]),
  };
  for (const part of others) add(total, part);
  checkCount("total.n", total.n, 1);
  return total;
}

/** Moments that grow in place: a new matrix for each part took longer than its sums. */
interface Total extends Moments {
  n: number;
  readonly mean: number[];
  readonly covariance: number[][];
}

function add(a: Total, b: Moments): void {
  const n = a.n + b.n;
  const share = b.n / n;
  const step = b.mean.map((mean, i) => mean - a.mean[i]!);
  for (let i = 0; i < step.length; i++) {
    a.mean[i]! += step[i]! * share;
    const row = a.covariance[i]!;
    const added = b.covariance[i]!;
    for (let j = 0; j < step.length; j++) {
      const products = row[j]! * (a.n - 1) + added[j]! * (b.n - 1) + step[i]! * step[j]! * (a.n / n) * b.n;
      row[j] = products / (n - 1);
    }
  }
  a.n = n;
}

/**
 * Moments of a micro and a macro conversion from one arm's joint table.
 *
 * @param table - the arm's joint counts
 * @param metrics - names of the two, micro first; `["micro", "macro"]` by default
 * @returns means, variances and covariance of the two indicators over the arm's units
 * @throws {DomainError} for a broken table
 * @example
 * ```ts
 * import { proportionMoments } from "microlift";
 * proportionMoments({ neither: 900, macroOnly: 0, microOnly: 80, both: 20 }).mean; // [0.1, 0.02]
 * ```
 */
export function proportionMoments(
  table: JointCounts,
  metrics: readonly [string, string] = ["micro", "macro"],
): Moments {
  checkJointCounts("table", table);
  checkNames("metrics", metrics);
  if (metrics.length !== 2) throw new DomainError("metrics", metrics, "must be two names, micro first");
  const n = jointN(table);
  const micro = microProportion(table).conversions / n;
  const macro = macroProportion(table).conversions / n;
  const bessel = n > 1 ? n / (n - 1) : 0;
  // The covariance of two indicators, as a product of counts: nothing is lost where both rates are small.
  const covariance =
    bessel * ((table.both / n) * (table.neither / n) - (table.microOnly / n) * (table.macroOnly / n));
  return {
    n,
    metrics,
    mean: [micro, macro],
    covariance: [
      [bessel * micro * (1 - micro), covariance],
      [covariance, bessel * macro * (1 - macro)],
    ],
  };
}
