import { checkObject, checkOneOf } from "../core/checks.ts";
import type { ConfidenceOptions } from "../core/confidence.ts";
import { differenceStandardError, liftStandardError } from "../models/effect-standard-errors.ts";
import { rateDifference, rateLift } from "../models/proportion-effects.ts";
import { normalLogOf, normalPValue } from "./normal-p-value.ts";
import { cautionFlags } from "./proportion-cautions.ts";
import {
  type ArmColumns,
  checkArmColumns,
  checkOut,
  emptyColumns,
  type ProportionColumns,
} from "./proportion-columns.ts";
import type { RowTest } from "./row-test.ts";
import { scoreRows } from "./score-test.ts";
import { checkedNormalConfidence, type NormalConfidence } from "./two-proportions.ts";
import { waldRows } from "./wald-test.ts";

export type { ArmColumns, EffectColumns, NumberColumn, ProportionColumns } from "./proportion-columns.ts";

/** Tests that a batch knows. */
export type BatchTestName = "score" | "wald";

export interface CompareProportionsBatchOptions extends ArmColumns, ConfidenceOptions {
  /** `score` unless said. */
  readonly test?: BatchTestName | undefined;
  /** Columns to write into, of at least as many rows; new ones unless given. */
  readonly out?: ProportionColumns | undefined;
}

const TESTS: Readonly<Record<BatchTestName, () => RowTest>> = { score: scoreRows, wald: waldRows };
const TEST_NAMES = /* @__PURE__ */ Object.keys(TESTS) as readonly BatchTestName[];

/**
 * Compares the conversion rates of two arms row by row, columns in and columns out: what `compareProportions` finds, bit
 * for bit, for platforms that have a million comparisons.
 *
 * H0 of each row: both rates are equal. H1: they differ (`two-sided`), or the treatment's is higher (`greater`) or lower
 * (`less`). No object is made for a row. Rows are checked before anything is written.
 *
 * @param options.controlN - units of the control in each row, whole numbers of at least 1; a typed array or a list
 * @param options.controlConversions - units of the control that converted, from 0 to its n
 * @param options.treatmentN - the same of the treatment
 * @param options.treatmentConversions - the same of the treatment
 * @param options.test - `score` unless said, with the intervals of Mee and Koopman; `wald` with Wald's and Fieller's
 * @param options.alternative - `two-sided` unless said; one-sided alternatives give one-sided intervals
 * @param options.confidenceLevel - coverage of the intervals, in (0, 1); 0.95 unless said
 * @param options.out - columns of an earlier batch to write into again, of as many rows or more: rows beyond this batch
 *   keep what they hold. None may share memory with another one or with the arms
 * @returns the columns: statistic and p-values, difference and lift with standard error and interval, and the warnings as
 *   `flags`. Columns have no null: NaN stands where the single call has one, and the flags say why
 * @throws {DomainError} for a broken row, which it names (`controlN[17]`), columns of unequal length, an unknown test or
 *   alternative, a level outside (0, 1), or columns that cannot be written into
 * @example
 * ```ts
 * import { compareProportionsBatch } from "microlift";
 * const result = compareProportionsBatch({
 *   controlN: Uint32Array.of(21_306, 500),
 *   controlConversions: Uint32Array.of(122, 0),
 *   treatmentN: Uint32Array.of(21_307, 510),
 *   treatmentConversions: Uint32Array.of(267, 7),
 * });
 * result.pValue[0]; // 1.5e-13
 * result.lift.lower[0]; // 0.7688
 * // No conversions in the control (2), and few in all (16).
 * result.flags[1]; // 18
 * ```
 * Mee (1984); Koopman (1984); Fieller (1954).
 */
export function compareProportionsBatch(options: CompareProportionsBatchOptions): ProportionColumns {
  checkObject("options", options);
  const { test = "score" } = options;
  const confidence = checkedNormalConfidence(options);
  checkOneOf("test", test, TEST_NAMES);
  const rows = checkArmColumns(options);
  if (options.out !== undefined) checkOut(options.out, rows, options);
  const out = options.out ?? emptyColumns(rows);
  compareRows(TESTS[test](), options, confidence, rows, out);
  return out;
}

function compareRows(
  { basis, statistic, differenceEnds, liftEnds }: RowTest,
  { controlN, controlConversions, treatmentN, treatmentConversions }: ArmColumns,
  confidence: NormalConfidence,
  rows: number,
  out: ProportionColumns,
): void {
  const { pValue, logPValue, difference, lift, flags } = out;
  // These are written anew for each row, instead of new ones.
  const control = { n: 1, conversions: 0 };
  const treatment = { n: 1, conversions: 0 };
  const ends = { lower: 0, upper: 0 };
  for (let row = 0; row < rows; row++) {
    control.n = controlN[row]!;
    control.conversions = controlConversions[row]!;
    treatment.n = treatmentN[row]!;
    treatment.conversions = treatmentConversions[row]!;

    const z = statistic(control, treatment);
    const p = z === null ? Number.NaN : normalPValue(z, confidence.alternative);
    out.statistic[row] = z ?? Number.NaN;
    pValue[row] = p;
    logPValue[row] = z === null ? Number.NaN : normalLogOf(p, z, confidence.alternative);

    difference.estimate[row] = rateDifference(control, treatment);
    difference.standardError[row] = differenceStandardError(control, treatment);
    differenceEnds(control, treatment, confidence, ends);
    difference.lower[row] = ends.lower;
    difference.upper[row] = ends.upper;

    const change = rateLift(control, treatment);
    lift.estimate[row] = change ?? Number.NaN;
    lift.standardError[row] = change === null ? Number.NaN : liftStandardError(control, treatment);
    liftEnds(control, treatment, confidence, ends);
    lift.lower[row] = ends.lower;
    lift.upper[row] = ends.upper;

    flags[row] = cautionFlags(control, treatment, basis);
  }
}
