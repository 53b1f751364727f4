import type { Alternative } from "../core/alternative.ts";
import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { normalSf } from "../numerics/normal.ts";
import { type CheckedDesign, checkedDesign, type GroupSequentialDesignOptions } from "./design-options.ts";
import { designAssumptions } from "./design-assumptions.ts";
import type { SpendingName } from "./efficacy-options.ts";
import type { FutilityDescription } from "./futility-options.ts";
import { type DesignWalk, expectedInformation, outcomes } from "./design-walk.ts";
import { type SolvedDesign, solveDesign } from "./solve-design.ts";

export type { GroupSequentialDesignOptions } from "./design-options.ts";

/** One look of a group-sequential design. */
export interface GroupSequentialDesignLook {
  /** Share of the maximal information. */
  readonly information: number;
  /** Rejects where z is at or above it; for a two-sided design also at or below its negative. Infinity where nothing is spent. */
  readonly efficacy: number;
  /**
   * Stops for futility where z is at or below it; for a two-sided design where |z| is. At the last look the efficacy
   * boundary; null where there is none.
   */
  readonly futility: number | null;
  /** p-value at the efficacy boundary, of the tail or tails that the alternative looks at. */
  readonly criticalPValue: number;
  /** Type I error of this look, and up to and with it. */
  readonly stageAlpha: number;
  readonly cumulativeAlpha: number;
  /** Probability of rejecting at this look under the planned effect, and up to and with it. */
  readonly stagePower: number;
  readonly cumulativePower: number;
  /** Probability of reaching this look at all. */
  readonly reached: UnderBoth;
  /** Probability of stopping for futility at this look; 0 at the last. */
  readonly futilityProbability: UnderBoth;
}

/** A probability without any effect, and under the planned one. */
export interface UnderBoth {
  readonly null: number;
  readonly alternative: number;
}

/** Expected size, as a share of two others. */
export interface ExpectedSize {
  /** Of the design's own maximal size. */
  readonly ofMaximum: number;
  /** Of the size of the design with one look. */
  readonly ofFixed: number;
}

/** Boundaries of a group-sequential design and what they cost. */
export interface GroupSequentialDesign extends Result<"group-sequential-design"> {
  readonly method: SpendingName;
  readonly spending: SpendingName;
  readonly gamma: number | null;
  readonly delta: number | null;
  readonly alpha: number;
  readonly alternative: Alternative;
  /** Probability of rejecting on the side of the planned effect. */
  readonly power: number;
  readonly futility: FutilityDescription | null;
  /** In order of information, counted towards the alternative: for `less`, z is that of control against treatment. */
  readonly looks: readonly GroupSequentialDesignLook[];
  /** Expected z at the last look under the planned effect, counted towards the alternative. */
  readonly drift: number;
  /** Expected z of the fixed design with the same errors. */
  readonly fixedDrift: number;
  /** Maximal size over the size of the fixed design with the same errors. */
  readonly inflation: number;
  /** Expected size without any effect, under half of the planned one, and under all of it. */
  readonly expectedSize: {
    readonly null: ExpectedSize;
    readonly halfway: ExpectedSize;
    readonly alternative: ExpectedSize;
  };
}

/**
 * Boundaries of an experiment that is read at several looks and may stop at each, with a type I error of `alpha` in all.
 *
 * H0: treatment and control are equal. H1: they differ (`two-sided`), or the treatment is better (`greater`) or worse
 * (`less`). At a look the data so far give z, the estimated effect over its standard error; H0 is rejected, and the
 * experiment may stop, where z passes the efficacy boundary. Any metric whose estimate is close to normal will do, since
 * only the information counts: the inverse of the squared standard error, which grows as the number of units.
 *
 * - `obrien-fleming`, `pocock` and `wang-tsiatis` (c·t^(delta − 1/2)) have a shape of their own, `haybittle-peto` an early
 *   boundary of 3. They hold alpha only at the looks that were planned.
 * - `lan-demets-obrien-fleming`, `lan-demets-pocock`, `kim-demets` (t^gamma), `hwang-shih-decani`
 *   ((1 − e^(−gamma·t)) / (1 − e^(−gamma))) and functions of one's own say how much of alpha is spent by a share t of the
 *   information: looks may come at other times, and in other numbers, than was planned.
 *
 * A two-sided design spends half of alpha on either side, by the function for that half. Its power counts the side of the
 * planned effect only. Boundaries are counted towards the alternative: for `less`, z is that of control against
 * treatment. Futility boundaries spend 1 − power likewise, and end at the efficacy boundary of the last look; of a
 * two-sided design they are an inner wedge around 0.
 *
 * A design of five looks takes well under a millisecond, one of fifty some tens of them.
 *
 * @param options.looks - number of looks at equal steps of information, from 1 to 50; or `informationRates`, and exactly
 *   one of the two
 * @param options.informationRates - shares of the maximal information at which one looks, increasing, the last of them 1
 * @param options.alpha - type I error over all looks, in (0, 1); 0.05 unless said
 * @param options.alternative - two-sided unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.spending - a family, `lan-demets-obrien-fleming` unless said; or a function of the share of information,
 *   or a list by look, of the alpha spent so far, which may not fall and ends at alpha
 * @param options.gamma - of `kim-demets`, above 0, and of `hwang-shih-decani`, where 0 spends evenly
 * @param options.delta - of `wang-tsiatis`, from −0.5 to 1: 0 is O'Brien–Fleming, 0.5 Pocock
 * @param options.futility - none unless said; `{ spending, gamma }` for beta spending or `{ boundaries }` for given ones,
 *   and `binding`, false unless said: efficacy boundaries of a non-binding design hold alpha whoever goes on
 * @returns boundaries, errors and power look by look, and the maximal and the expected size over that of the fixed design
 * @throws {DomainError} for information that does not increase, spending that falls or does not end at alpha, a missing or
 *   surplus parameter, or power that is not above alpha
 * @example
 * ```ts
 * import { groupSequentialDesign } from "microlift";
 * const design = groupSequentialDesign({ looks: 4, spending: "obrien-fleming" });
 * design.looks[0].efficacy; // 4.0486
 * design.looks[3].efficacy; // 2.0243
 * design.inflation; // 1.0238
 * design.expectedSize.alternative.ofFixed; // 0.831
 * ```
 * Jennison and Turnbull (2000), Group Sequential Methods, chapters 2, 4, 7 and 19; Lan and DeMets (1983); Wang and
 * Tsiatis (1987); Kim and DeMets (1987); Hwang, Shih and DeCani (1990); Pampallona, Tsiatis and Kim (2001) for futility.
 */
export function groupSequentialDesign(options: GroupSequentialDesignOptions): GroupSequentialDesign {
  checkObject("options", options);
  const checked = checkedDesign(options);
  const solved = solveDesign(checked.problem);
  checkSoundBoundaries(checked, solved);
  const inflation = (solved.drift / solved.fixedDrift) ** 2;
  return {
    kind: "group-sequential-design",
    method: checked.spending,
    spending: checked.spending,
    gamma: checked.gamma,
    delta: checked.delta,
    alpha: checked.alpha,
    alternative: checked.alternative,
    power: checked.problem.power,
    futility: checked.futility,
    looks: designLooks(checked, solved),
    drift: solved.drift,
    fixedDrift: solved.fixedDrift,
    inflation,
    expectedSize: {
      null: expectedSize(solved.walk, 0, inflation),
      halfway: expectedSize(solved.walk, 0.5 * solved.drift, inflation),
      alternative: expectedSize(solved.walk, solved.drift, inflation),
    },
    warnings: [],
    assumptions: designAssumptions(checked),
  };
}

/** Refuses a type I error that the boundaries cannot share out. */
function checkSoundBoundaries(checked: CheckedDesign, { alphaWalk, walk }: SolvedDesign): void {
  const { problem, alpha, spending } = checked;
  if (alphaWalk.efficacy.at(-1) === Infinity) {
    throw new DomainError("spending", spending, "must leave some of alpha for the last look");
  }
  walk.efficacy.forEach((efficacy, k) => {
    if (efficacy === -Infinity) {
      throw new DomainError("alpha", alpha, "must be small enough to be spent before the walk has stopped");
    }
    const futility = walk.futility[k] ?? null;
    if (futility !== null && futility >= efficacy) throw meetsEfficacy(checked, k, efficacy);
  });
  if (problem.isTwoSided && walk.efficacy.some((z) => z <= 0)) {
    throw new DomainError("alpha", alpha, "must be small enough to keep the boundaries of both sides apart");
  }
}

/** Futility that leaves nothing between it and efficacy, as the caller asked for it. */
function meetsEfficacy({ problem, futility }: CheckedDesign, k: number, efficacy: number): DomainError {
  if (problem.futility?.kind === "given") {
    const expected = `must lie below the efficacy boundary ${efficacy} of that look`;
    return new DomainError(`futility.boundaries[${k}]`, problem.futility.boundaries[k], expected);
  }
  const expected = `must spend less by look ${k + 1}, where it leaves nothing below the efficacy boundary ${efficacy}`;
  return new DomainError("futility.spending", futility?.method, expected);
}

function expectedSize({ looks }: DesignWalk, drift: number, inflation: number): ExpectedSize {
  const ofMaximum = expectedInformation(looks, drift);
  return { ofMaximum, ofFixed: ofMaximum * inflation };
}

function designLooks(
  { problem }: CheckedDesign,
  { walk, alphaWalk, drift }: SolvedDesign,
): GroupSequentialDesignLook[] {
  const tails = problem.isTwoSided ? 2 : 1;
  const underNull = outcomes(walk, 0);
  const underAlternative = outcomes(walk, drift);
  const errors = outcomes(alphaWalk, 0);
  let cumulativeAlpha = 0;
  let cumulativePower = 0;
  return walk.looks.map(({ information }, k) => {
    const efficacy = walk.efficacy[k]!;
    const stageAlpha = errors[k]!.rejection + errors[k]!.wrongSide;
    const stagePower = underAlternative[k]!.rejection;
    cumulativeAlpha += stageAlpha;
    cumulativePower += stagePower;
    const isLast = k === walk.looks.length - 1;
    return {
      information,
      efficacy,
      futility: isLast ? (problem.futility === null ? null : efficacy) : walk.futility[k]!,
      criticalPValue: tails * normalSf(efficacy),
      stageAlpha,
      cumulativeAlpha,
      stagePower,
      cumulativePower,
      reached: { null: underNull[k]!.reached, alternative: underAlternative[k]!.reached },
      futilityProbability: { null: underNull[k]!.futility, alternative: underAlternative[k]!.futility },
    };
  });
}
