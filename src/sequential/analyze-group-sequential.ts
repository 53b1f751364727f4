import { DomainError } from "../core/domain-error.ts";
import type { Warning } from "../core/warning.ts";
import { normalSf } from "../numerics/normal.ts";
import { type DesignRules, spentAlpha, tailsOf } from "./actual-boundaries.ts";
import { conclude } from "./conclude.ts";
import { effectIntervals } from "./effect-intervals.ts";
import type {
  AnalyzedLook,
  GroupSequentialAnalysis,
  GroupSequentialConclusion,
} from "./group-sequential-analysis.ts";
import { followingLook, type GroupSequentialLook } from "./group-sequential-look.ts";
import {
  type GroupSequentialLooksOptions,
  readLooks,
  type ReadLooks,
  towardsAlternative,
} from "./read-looks.ts";
import { repeatedPValues } from "./repeated-p-values.ts";

export type { GroupSequentialAnalysis } from "./group-sequential-analysis.ts";

export interface AnalyzeGroupSequentialOptions extends GroupSequentialLooksOptions {
  /** Both arms with the data that still came in after the stop, if any did. */
  readonly overrun?: GroupSequentialLook | undefined;
}

/**
 * Reads a group-sequential experiment at the looks it really had: boundaries, decision, and what it shows at its end.
 *
 * H0: treatment and control are equal. H1: they differ (`two-sided`), or the treatment is better (`greater`) or worse
 * (`less`), as the design has it.
 *
 * A spending function spends at a look what it would by that share of the information, so that looks may come at other
 * times and in other numbers than was planned. `haybittle-peto` keeps its early boundary. All other designs spend at a
 * look what was planned for the look of that number (Slud and Wei), at whatever information it comes, and have no more
 * looks than planned; a design of one look tests at its end only. The final look spends all of alpha that is left: it is
 * the one with information 1 or more, the last of a design without a spending function, or the one that `final` says.
 *
 * - Repeated p-values and intervals hold at all looks together, whatever the rule by which one stops.
 * - The `conclusion` at the end orders outcomes by the look at which they stopped, and at one look by z. Its interval
 *   leaves out 0 exactly when the design rejects. It has no meaning before the end, and is not corrected for a stop by
 *   another rule.
 *
 * Proportions are judged by the score test, with Mee's limits of the difference and Koopman's of the lift; means by
 * Welch's t, brought to the z scale by its tail probability, and ratios by the delta method, with Fieller's limits of the
 * lift. Intervals of a one-sided
 * design are two-sided at 1 − 2 alpha, so that both ends are seen. Five looks take some milliseconds and twenty tens of
 * them (those of a one-sided design more), mostly for the repeated p-values.
 *
 * @param options.design - what `groupSequentialDesign` returned
 * @param options.looks - all looks so far, 1 to 50: `{ information, z }` with z of treatment against control, or both arms
 *   since the start, `{ control: { n, conversions }, treatment }`, `{ control: { n, mean, variance }, treatment }`, or with
 *   the fields of a ratio
 * @param options.planned - units of each arm at information 1, for looks that give arms and no `information`
 * @param options.final - whether the last look ends the experiment below the planned information, for a reason that does
 *   not depend on the data; false unless said
 * @param options.overrun - a look with the data that came in after the stop: it takes the place of the look that stopped
 *   (Whitehead's deletion)
 * @returns each look with its boundaries, the decision, and the conclusion once the experiment has ended
 * @throws {DomainError} for a design that is none, looks whose information does not increase or whose counts fall, or an
 *   overrun without a stop
 * @example
 * ```ts
 * import { analyzeGroupSequential, groupSequentialDesign } from "microlift";
 * const result = analyzeGroupSequential({
 *   design: groupSequentialDesign({ looks: 3 }),
 *   planned: { control: 9000, treatment: 9000 },
 *   looks: [
 *     { control: { n: 3000, conversions: 150 }, treatment: { n: 3000, conversions: 190 } },
 *     { control: { n: 6100, conversions: 305 }, treatment: { n: 6100, conversions: 400 } },
 *   ],
 * });
 * result.decision; // "reject"
 * result.conclusion.pValue; // 0.000413
 * result.conclusion.effects.lift.interval.lower; // 0.1307
 * ```
 * Armitage (1957); Tsiatis, Rosner and Mehta (1984); Jennison and Turnbull (1984; 2000, chapters 7 to 9); Slud and Wei
 * (1982); Whitehead (1992) for overruns.
 */
export function analyzeGroupSequential(options: AnalyzeGroupSequentialOptions): GroupSequentialAnalysis {
  const read = readLooks(options);
  const { design } = options;
  const tails = tailsOf(design);
  if (tails === 1 && !(design.alpha < 0.5)) {
    throw new DomainError("design.alpha", design.alpha, "must be below 0.5 for an interval at 1 - 2 alpha");
  }
  const confidenceLevel = 1 - (2 / tails) * design.alpha;
  const conclusion = concludeAt(options, read, confidenceLevel);
  return {
    kind: "group-sequential-analysis",
    method: design.spending,
    alternative: design.alternative,
    alpha: design.alpha,
    confidenceLevel,
    decision: read.stop?.decision ?? "continue",
    stoppedAt: read.stop === null ? null : read.stop.at + 1,
    looks: analyzedLooks(design, read, confidenceLevel),
    conclusion,
    warnings: cautions(design, read, conclusion),
    assumptions: [...ASSUMPTIONS],
  };
}

const ASSUMPTIONS: readonly string[] = [
  "Units are independent of each other, and the data of each look are those since the start.",
  "The design was fixed before the first look, and when one looked did not depend on the effect seen.",
  "The statistics are close to normal, which fails where few units have converted or carry most of the total.",
];

function analyzedLooks(design: DesignRules, read: ReadLooks, confidenceLevel: number): AnalyzedLook[] {
  const { walk, alphaWalk } = read.walks;
  const spent = spentAlpha(design, read.walks);
  const towards = read.looks.map((look) => towardsAlternative(design, look.z));
  const repeated = repeatedPValues(design, alphaWalk, towards);
  return read.looks.map((look, k) => {
    const efficacy = walk.efficacy[k]!;
    return {
      information: look.information,
      z: look.z,
      efficacy,
      futility: walk.futility[k] ?? null,
      cumulativeAlpha: spent[k]!,
      nominalPValue: tailsOf(design) * normalSf(towards[k]!),
      repeatedPValue: repeated[k]!,
      repeatedIntervals: effectIntervals(
        look,
        { lower: efficacy, upper: -efficacy },
        confidenceLevel,
        "repeated",
      ),
    };
  });
}

function concludeAt(
  { design, overrun, ...seen }: AnalyzeGroupSequentialOptions,
  { looks, walks, stop }: ReadLooks,
  confidenceLevel: number,
): GroupSequentialConclusion | null {
  if (stop === null) {
    if (overrun === undefined) return null;
    throw new DomainError("overrun", overrun, "must be left out while the experiment goes on");
  }
  const end =
    overrun === undefined ? looks[stop.at]! : followingLook("overrun", overrun, seen, looks.at(-1)!);
  if (hasInnerWedge(design)) return null;
  const efficacy = walks.alphaWalk.efficacy.slice(0, stop.at);
  const futility = efficacy.map((_, k) => walks.alphaWalk.futility[k] ?? -Infinity);
  const negative = (values: readonly number[]): number[] => values.map((z) => -z);
  const { lower, upper } = {
    "two-sided": { lower: negative(efficacy), upper: efficacy },
    greater: { lower: futility, upper: efficacy },
    less: { lower: negative(efficacy), upper: negative(futility) },
  }[design.alternative];
  const information = [...looks.slice(0, stop.at), end].map((look) => look.information);
  return conclude(end, { information, lower, upper }, design.alternative, confidenceLevel);
}

/** Outcomes within a binding wedge around 0 have no order among those outside. */
function hasInnerWedge({ alternative, futility }: DesignRules): boolean {
  return alternative === "two-sided" && futility?.binding === true;
}

function cautions(
  design: DesignRules,
  { looks, stop }: ReadLooks,
  conclusion: GroupSequentialConclusion | null,
): Warning[] {
  const warnings: Warning[] = [];
  if (stop !== null && stop.at < looks.length - 1) {
    warnings.push({
      code: "LOOKS_AFTER_STOP",
      message: `Look ${stop.at + 1} had ended the experiment (${stop.decision}); the looks after it are no part of the design, and the conclusion is that of look ${stop.at + 1}.`,
    });
  }
  if (stop !== null && hasInnerWedge(design)) {
    warnings.push({
      code: "NO_STAGE_WISE_ORDER",
      message:
        "With a binding wedge around 0 outcomes have no stage-wise order, so there is no conclusion; read the repeated intervals instead.",
    });
  }
  if (conclusion !== null && conclusion.effects.lift?.status === "undetermined") {
    warnings.push({
      code: "UNDETERMINED_LIFT",
      message:
        "The control's value is not above 0, so a lift over it means nothing; read the difference instead.",
    });
  }
  return warnings;
}
