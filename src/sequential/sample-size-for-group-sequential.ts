import { checkObject, checkPositive, checkProbability } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import { checkedAllocation } from "../models/allocation.ts";
import { wholeUnits } from "../models/whole-units.ts";
import { checkDesign } from "./check-design.ts";
import { designAssumptions } from "./design-assumptions.ts";
import type { SpendingName } from "./efficacy-options.ts";
import type { GroupSequentialDesign } from "./group-sequential-design.ts";

export interface GroupSequentialSampleSizeOptions {
  /** What `groupSequentialDesign` returned. */
  readonly design: GroupSequentialDesign;
  /** Units of the control arm that a fixed test with the same errors needs, rounded or not. */
  readonly fixedN: number;
  /** Treatment n over control n; 1 unless said. */
  readonly allocation?: number | undefined;
}

/** Units per arm, and all together. */
export interface GroupSequentialSizes {
  readonly control: number;
  readonly treatment: number;
  readonly total: number;
}

/** Units at a look, since the start. */
export interface GroupSequentialSizesAtLook extends GroupSequentialSizes {
  readonly information: number;
}

/** How many units a group-sequential experiment needs at each look, at most and on average. */
export interface GroupSequentialSampleSize
  extends Result<"group-sequential-sample-size">, GroupSequentialSizes {
  readonly method: SpendingName;
  /** The maximal sizes before rounding up to whole units. */
  readonly exact: GroupSequentialSizes;
  readonly allocation: number;
  readonly inflation: number;
  readonly looks: readonly GroupSequentialSizesAtLook[];
  /** Average sizes without any effect, under half of the planned one, and under all of it; not rounded. */
  readonly expected: {
    readonly null: GroupSequentialSizes;
    readonly halfway: GroupSequentialSizes;
    readonly alternative: GroupSequentialSizes;
  };
}

/**
 * Units of a group-sequential experiment at each look, at most and on average, from those of the fixed test.
 *
 * Whatever the metric and the test, information grows as the units do: the fixed size times the design's inflation is the
 * maximal size.
 *
 * @param options.design - what `groupSequentialDesign` returned
 * @param options.fixedN - units of the control arm that the fixed test needs for the same alpha, power and alternative,
 *   above 0: best `exact.control` of `sampleSizeForProportions` or `sampleSizeForMeans`, before rounding
 * @param options.allocation - treatment n over control n, above 0; 1 unless said
 * @returns whole units at each look and in all, and the expected sizes
 * @throws {DomainError} for what is no design, or a size or an allocation that is not above 0
 * @example
 * ```ts
 * import { groupSequentialDesign, sampleSizeForGroupSequential, sampleSizeForProportions } from "microlift";
 * const fixed = sampleSizeForProportions({ baseline: 0.05, lift: 0.2 });
 * const design = groupSequentialDesign({ looks: 4, spending: "obrien-fleming" });
 * const size = sampleSizeForGroupSequential({ design, fixedN: fixed.exact.control });
 * size.control; // 8353
 * size.expected.alternative.control; // 6782.2
 * ```
 * Jennison and Turnbull (2000), section 2.3.
 */
export function sampleSizeForGroupSequential(
  options: GroupSequentialSampleSizeOptions,
): GroupSequentialSampleSize {
  checkObject("options", options);
  const { design, fixedN } = options;
  checkDesign("design", design);
  checkPositive("design.inflation", design.inflation);
  checkPositive("fixedN", fixedN);
  const allocation = checkedAllocation(options.allocation);
  const largest = fixedN * design.inflation;
  const wholeSizes = (share: number): GroupSequentialSizes =>
    sizes(wholeUnits(largest * share), wholeUnits(largest * share * allocation));
  return {
    kind: "group-sequential-sample-size",
    method: design.spending,
    ...wholeSizes(1),
    exact: sizes(largest, largest * allocation),
    allocation,
    inflation: design.inflation,
    looks: design.looks.map(({ information }) => ({ information, ...wholeSizes(information) })),
    expected: {
      null: expectedSizes(design, "null", largest, allocation),
      halfway: expectedSizes(design, "halfway", largest, allocation),
      alternative: expectedSizes(design, "alternative", largest, allocation),
    },
    warnings: [],
    assumptions: [...designAssumptions(design), "Information grows as the number of units."],
  };
}

function expectedSizes(
  { expectedSize }: GroupSequentialDesign,
  under: "null" | "halfway" | "alternative",
  largest: number,
  allocation: number,
): GroupSequentialSizes {
  checkObject("design.expectedSize", expectedSize);
  checkObject(`design.expectedSize.${under}`, expectedSize[under]);
  const share = expectedSize[under].ofMaximum;
  checkProbability(`design.expectedSize.${under}.ofMaximum`, share);
  return sizes(largest * share, largest * share * allocation);
}

function sizes(control: number, treatment: number): GroupSequentialSizes {
  return { control, treatment, total: control + treatment };
}
