import { checkCount, checkFinite, checkNonNegative, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";

/** Units of one kind, such as a country or a week, by arm. An arm may be empty here: n = 0. */
export interface ProportionStratum extends TwoArms<Proportion> {
  readonly name?: string | undefined;
}

/** The same with the means of a metric. */
export interface MeanStratum extends TwoArms<Mean> {
  readonly name?: string | undefined;
}

/** A stratum that has a name. */
export interface NamedStratum<Arm> extends TwoArms<Arm> {
  readonly name: string;
}

/** All strata are of one kind; the first tells which. */
export type Strata =
  | { readonly metric: "proportion"; readonly strata: readonly NamedStratum<Proportion>[] }
  | { readonly metric: "mean"; readonly strata: readonly NamedStratum<Mean>[] };

/** Checks strata where they enter, and names those without a name by their place: `stratum 1`. */
export function checkedStrata(strata: readonly ProportionStratum[] | readonly MeanStratum[]): Strata {
  if (!Array.isArray(strata) || strata.length === 0) {
    throw new DomainError("strata", strata, "must be a list of at least one stratum");
  }
  strata.forEach((stratum: ProportionStratum | MeanStratum, i) => {
    checkObject(`strata[${i}]`, stratum);
    checkObject(`strata[${i}].control`, stratum.control);
    checkObject(`strata[${i}].treatment`, stratum.treatment);
    if (stratum.name !== undefined && typeof stratum.name !== "string") {
      throw new DomainError(`strata[${i}].name`, stratum.name, "must be a text");
    }
  });
  if (holdProportions(strata)) {
    return { metric: "proportion", strata: strata.map((stratum, i) => named(stratum, i, checkArmRate)) };
  }
  return {
    metric: "mean",
    strata: (strata as readonly MeanStratum[]).map((stratum, i) => named(stratum, i, checkArmMean)),
  };
}

function holdProportions(
  strata: readonly ProportionStratum[] | readonly MeanStratum[],
): strata is readonly ProportionStratum[] {
  return "conversions" in strata[0]!.control;
}

function named<Arm>(
  { name, control, treatment }: TwoArms<Arm> & { readonly name?: string | undefined },
  place: number,
  check: (field: string, arm: Arm) => void,
): NamedStratum<Arm> {
  check(`strata[${place}].control`, control);
  check(`strata[${place}].treatment`, treatment);
  return { name: name ?? `stratum ${place + 1}`, control, treatment };
}

function checkArmRate(field: string, { n, conversions }: Proportion): void {
  checkCount(`${field}.n`, n);
  checkCount(`${field}.conversions`, conversions);
  if (conversions > n) {
    throw new DomainError(`${field}.conversions`, conversions, `must be at most n = ${n}`);
  }
}

function checkArmMean(field: string, { n, mean, variance }: Mean): void {
  checkCount(`${field}.n`, n);
  checkFinite(`${field}.mean`, mean);
  checkNonNegative(`${field}.variance`, variance);
  if (n < 2 && variance !== 0) {
    throw new DomainError(`${field}.variance`, variance, `must be 0 where n = ${n}`);
  }
}
