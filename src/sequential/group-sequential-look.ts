import { checkBetween, checkCount, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { Ratio } from "../summaries/ratio.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { checkedScale } from "./arms-scale.ts";
import type { EffectScale } from "./effect-scale.ts";
import { MOST_LOOKS, SMALLEST_STEP } from "./information-rates.ts";
import { unitInformation } from "./unit-information.ts";

/** One look at an experiment: its statistic, or what both arms have gathered since the start. */
export type GroupSequentialLook = StandardizedLook | ArmsLook<Proportion> | ArmsLook<Mean> | ArmsLook<Ratio>;

/** A look whose statistic was standardized elsewhere. */
export interface StandardizedLook {
  /** Share of the planned maximal information, above 0; beyond 1 where the experiment went on for longer. */
  readonly information: number;
  /** Standardized effect of treatment against control over all data so far. */
  readonly z: number;
}

/** Both arms since the start of the experiment, not since the last look. */
export interface ArmsLook<Arm> extends TwoArms<Arm> {
  /** Share of the planned maximal information where it is not to be told from `planned`. */
  readonly information?: number | undefined;
}

/** A look on the scale of the design, with the way to the scales of the effect where the arms are known. */
export interface StandardLook extends StandardizedLook {
  readonly scale: EffectScale | null;
}

export interface LooksOptions {
  /** All looks so far, in order, 1 to 50. */
  readonly looks: readonly GroupSequentialLook[];
  /** Units of each arm at information 1, from which that of looks with arms is told. */
  readonly planned?: TwoArms<number> | undefined;
}

/** No experiment goes on for so much longer than planned, and none has so large a z. */
const LARGEST_INFORMATION = 1e6;
const LARGEST_Z = 1e9;

/** All looks on the scale of the design. */
export function standardLooks({ looks, planned }: LooksOptions): readonly StandardLook[] {
  if (!Array.isArray(looks) || looks.length < 1 || looks.length > MOST_LOOKS) {
    throw new DomainError("looks", looks, `must be a list of 1 to ${MOST_LOOKS} looks`);
  }
  if (planned !== undefined) {
    checkObject("planned", planned);
    checkCount("planned.control", planned.control, 1);
    checkCount("planned.treatment", planned.treatment, 1);
  }
  const standard: StandardLook[] = [];
  looks.forEach((look, i) => {
    const field = `looks[${i}]`;
    standard.push(standardLook(field, look, planned));
    if (i > 0) checkGrowth(field, look, standard[i]!, looks[i - 1]!, standard[i - 1]!);
  });
  return standard;
}

/** A look that follows the others, such as what came in after the stop. */
export function followingLook(
  field: string,
  look: GroupSequentialLook,
  { looks, planned }: LooksOptions,
  last: StandardLook,
): StandardLook {
  const standard = standardLook(field, look, planned);
  checkGrowth(field, look, standard, looks.at(-1)!, last);
  return standard;
}

function standardLook(
  field: string,
  look: GroupSequentialLook,
  planned: TwoArms<number> | undefined,
): StandardLook {
  const standard = standardized(field, look, planned);
  checkBetween(`${field}.information`, standard.information, SMALLEST_STEP, LARGEST_INFORMATION);
  return standard;
}

function standardized(
  field: string,
  look: GroupSequentialLook,
  planned: TwoArms<number> | undefined,
): StandardLook {
  checkObject(field, look);
  if (!("control" in look)) {
    checkBetween(`${field}.z`, look.z, -LARGEST_Z, LARGEST_Z);
    return { information: look.information, z: look.z, scale: null };
  }
  const scale = checkedScale(field, look);
  return { information: informationOf(field, look, planned), z: scale.z, scale };
}

function informationOf(
  field: string,
  { control, treatment, information }: ArmsLook<{ readonly n: number }>,
  planned: TwoArms<number> | undefined,
): number {
  if (information !== undefined) return information;
  if (planned === undefined) {
    throw new DomainError(
      "planned",
      planned,
      `must say the units of each arm at information 1, or ${field}.information its share`,
    );
  }
  return unitInformation({ control: control.n, treatment: treatment.n }, planned);
}

/** Data are those since the start, so that no count may fall, and each look knows more than the one before. */
function checkGrowth(
  field: string,
  look: GroupSequentialLook,
  standard: StandardLook,
  before: GroupSequentialLook,
  standardBefore: StandardLook,
): void {
  if ("control" in look !== "control" in before) {
    throw new DomainError(
      field,
      look,
      "must be given as the look before: by its arms or by information and z",
    );
  }
  if ("control" in look && "control" in before) {
    for (const arm of ["control", "treatment"] as const) {
      checkArmGrowth(`${field}.${arm}`, look[arm], before[arm]);
    }
  }
  if (!(standard.information >= standardBefore.information + SMALLEST_STEP)) {
    throw new DomainError(
      `${field}.information`,
      standard.information,
      `must lie at least ${SMALLEST_STEP} above that of the look before, ${standardBefore.information}`,
    );
  }
}

type LookArm = Proportion | Mean | Ratio;

function checkArmGrowth(field: string, now: LookArm, before: LookArm): void {
  if (MARKS.some((mark) => mark in now !== mark in before)) {
    throw new DomainError(field, now, "must be of the same kind as at the look before");
  }
  checkNotFallen(`${field}.n`, now.n, before.n);
  if ("conversions" in now && "conversions" in before) {
    checkNotFallen(`${field}.conversions`, now.conversions, before.conversions);
    if (now.n - now.conversions < before.n - before.conversions) {
      throw new DomainError(
        `${field}.conversions`,
        now.conversions,
        `must leave at least the ${before.n - before.conversions} units without conversion of the look before`,
      );
    }
  }
}

/** The fields by which each kind of arm is known. */
const MARKS = ["conversions", "mean", "numerator"] as const;

function checkNotFallen(field: string, now: number, before: number): void {
  if (now < before) {
    throw new DomainError(
      field,
      now,
      `must be at least the ${before} of the look before: counts are those since the start`,
    );
  }
}
