import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Count } from "../summaries/count.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { Ratio } from "../summaries/ratio.ts";
import type { MeanTestName } from "./compare-means.ts";
import type { CountTestName } from "./compare-counts.ts";
import type { ProportionTestName } from "./compare-proportions.ts";
import type { Confidence, ConfidenceOptions } from "../core/confidence.ts";
import type { CountComparison } from "./count-comparison.ts";
import { countFamily } from "./count-family.ts";
import type { LevelLiftMethod } from "../models/level-lift-interval.ts";
import type { MeanComparison } from "./mean-comparison.ts";
import { meanFamily } from "./mean-family.ts";
import type { ProportionComparison } from "./proportion-comparison.ts";
import { proportionFamily } from "./proportion-family.ts";
import type { RatioComparison } from "./ratio-comparison.ts";
import { ratioFamily } from "./ratio-family.ts";

/** What was observed in one arm: conversions, a mean, a ratio of means, or events. */
export type Arm = Proportion | Mean | Ratio | Count;

/** The comparison of two of several arms. */
export type ArmsTest = ProportionComparison | MeanComparison | RatioComparison | CountComparison;

/** How each two of several arms are compared. */
export interface ArmFamilyOptions extends ConfidenceOptions {
  /** A test of `compareProportions` (`score` unless said), `compareMeans` (`welch`) or `compareCounts`. */
  readonly test?: ProportionTestName | MeanTestName | CountTestName | undefined;
  /** For means and ratios: `fieller` unless said. */
  readonly liftMethod?: LevelLiftMethod | undefined;
}

/** Arms of one metric, and the test that goes between each two of them. */
export interface ArmFamily {
  /** Name of the test. */
  readonly test: string;
  /** Degrees of freedom of a variance that all the arms share, and so all the statistics; Infinity where none is. */
  readonly jointDegreesOfFreedom: number;
  /** Standard error of each arm's level, up to a common factor: the correlations of the statistics follow from them. */
  readonly errors: readonly number[];
  compare(control: number, treatment: number, confidence: Confidence): ArmsTest;
}

/**
 * Checks the arms of one metric, and finds the test that goes between them.
 *
 * @param fields - path of each arm as the caller wrote it
 * @throws {DomainError} for an arm that is broken or unlike the first, and for options of another metric
 */
export function armFamily(
  arms: readonly Arm[],
  fields: readonly string[],
  options: ArmFamilyOptions,
): ArmFamily {
  arms.forEach((arm, i) => checkObject(fields[i]!, arm));
  const field = MARKS.find((mark) => mark in arms[0]!) ?? "conversions";
  arms.forEach((arm, i) => {
    if (field in arm) return;
    const path = `${fields[i]}.${field}`;
    throw new DomainError(path, undefined, i === 0 ? NO_METRIC : `must be there, as in ${fields[0]}`);
  });
  switch (field) {
    case "conversions":
      return proportionFamily(arms as readonly Proportion[], fields, options);
    case "mean":
      return meanFamily(arms as readonly Mean[], fields, options);
    case "numerator":
      return ratioFamily(arms as readonly Ratio[], fields, options);
    case "events":
      return countFamily(arms as readonly Count[], fields, options);
  }
}

/** The field by which each kind of arm is known. */
const MARKS = ["conversions", "mean", "numerator", "events"] as const;
const NO_METRIC = "must be there, or the fields of a mean, a ratio or a count";
