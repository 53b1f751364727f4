import { checkModerate, checkObject, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { looksOfWalk } from "../numerics/looks-of-walk.ts";
import { checkDesign } from "./check-design.ts";
import { designAssumptions } from "./design-assumptions.ts";
import { continuation, expectedInformation, type LookOutcome, outcomes } from "./design-walk.ts";
import type { SpendingName } from "./efficacy-options.ts";
import type { ExpectedSize, GroupSequentialDesign } from "./group-sequential-design.ts";

export interface GroupSequentialPowerOptions {
  /** What `groupSequentialDesign` returned. */
  readonly design: GroupSequentialDesign;
  /** Expected z at the last look, counted towards the alternative; or `effectRatio`, and exactly one of the two. */
  readonly drift?: number | undefined;
  /** The true effect as a multiple of the planned one: 0 for none, 1 for just that. */
  readonly effectRatio?: number | undefined;
}

/** What becomes of the experiment at one look. */
export interface GroupSequentialPowerLook extends LookOutcome {
  readonly information: number;
  /** P(rejects on the side of the alternative up to and with this look). */
  readonly cumulativeRejection: number;
}

/** How a group-sequential design fares under any effect. */
export interface GroupSequentialPower extends Result<"group-sequential-power"> {
  readonly method: SpendingName;
  readonly drift: number;
  readonly effectRatio: number;
  /** P(rejects on the side of the alternative). */
  readonly power: number;
  /** P(rejects on the other side); 0 of a one-sided design. */
  readonly farTail: number;
  /** P(stops for futility before the last look). */
  readonly futilityProbability: number;
  readonly expectedSize: ExpectedSize;
  readonly looks: readonly GroupSequentialPowerLook[];
}

/**
 * How a group-sequential design fares under an effect that is not the planned one: power, stops and expected size.
 *
 * Rejections on the side of the alternative (of a two-sided design, the side of a positive drift) are the power; those
 * on the other side are `farTail`. Futility boundaries are obeyed. Tens of microseconds for five looks.
 *
 * @param options.design - what `groupSequentialDesign` returned
 * @param options.drift - expected z at the last look, within ±1e300, counted towards the alternative; the design's own is
 *   `design.drift`
 * @param options.effectRatio - instead of `drift`: the true effect as a multiple of the planned one
 * @returns probabilities look by look, and the expected size
 * @throws {DomainError} for what is no design, or both or neither of `drift` and `effectRatio`
 * @example
 * ```ts
 * import { groupSequentialDesign, groupSequentialPower } from "microlift";
 * const design = groupSequentialDesign({ looks: 4, spending: "obrien-fleming" });
 * const half = groupSequentialPower({ design, effectRatio: 0.5 });
 * half.power; // 0.287
 * half.expectedSize.ofMaximum; // 0.958
 * ```
 * Armitage, McPherson and Rowe (1969); Jennison and Turnbull (2000), chapter 19.
 */
export function groupSequentialPower(options: GroupSequentialPowerOptions): GroupSequentialPower {
  checkObject("options", options);
  const { design } = options;
  checkDesign("design", design);
  checkPositive("design.inflation", design.inflation);
  const drift = driftOf(options);
  const isTwoSided = design.alternative === "two-sided";
  const information = design.looks.map((look) => look.information);
  const efficacy = design.looks.map((look) => look.efficacy);
  const futility = design.looks.slice(0, -1).map((look) => look.futility);
  const walked = looksOfWalk(
    {
      information,
      regions: efficacy.map((boundary, k) => continuation(boundary, futility[k] ?? null, isTwoSided)),
    },
    { drift },
  );
  let power = 0;
  const looks = outcomes({ looks: walked, efficacy, futility, isTwoSided }, drift).map((outcome, k) => {
    power += outcome.rejection;
    return { information: information[k]!, ...outcome, cumulativeRejection: power };
  });
  const ofMaximum = expectedInformation(walked, drift);
  return {
    kind: "group-sequential-power",
    method: design.spending,
    drift,
    effectRatio: drift / design.drift,
    power,
    farTail: looks.reduce((sum, { wrongSide }) => sum + wrongSide, 0),
    futilityProbability: looks.reduce((sum, look) => sum + look.futility, 0),
    expectedSize: { ofMaximum, ofFixed: ofMaximum * design.inflation },
    looks,
    warnings: [],
    assumptions: designAssumptions(design),
  };
}

function driftOf({ design, drift, effectRatio }: GroupSequentialPowerOptions): number {
  if ((drift === undefined) === (effectRatio === undefined)) {
    throw new DomainError("drift", drift, "must be given, or effectRatio, and exactly one of the two");
  }
  if (drift !== undefined) {
    checkModerate("drift", drift);
    return drift;
  }
  checkModerate("effectRatio", effectRatio!);
  checkModerate("effectRatio", effectRatio! * design.drift);
  return effectRatio! * design.drift;
}
