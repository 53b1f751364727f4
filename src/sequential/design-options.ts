import { type Alternative, checkAlternative } from "../core/alternative.ts";
import { checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA, DEFAULT_POWER } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkedEfficacy, type EfficacyOptions, type SpendingName } from "./efficacy-options.ts";
import { checkedFutility, type FutilityDescription, type FutilityOptions } from "./futility-options.ts";
import { checkedInformationRates, type LookTimesOptions } from "./information-rates.ts";
import type { DesignProblem } from "./solve-design.ts";

/** The looks of a design, its errors, and how they are shared out. */
export interface GroupSequentialDesignOptions extends LookTimesOptions, EfficacyOptions {
  /** Type I error over all looks, in (0, 1); 0.05 unless said. A two-sided design spends half of it on either side. */
  readonly alpha?: number | undefined;
  /** Alternative hypothesis, about treatment against control; two-sided unless said. */
  readonly alternative?: Alternative | undefined;
  /** Probability of rejecting on the side of the planned effect, in (0, 1) and above the type I error there; 0.8 unless said. */
  readonly power?: number | undefined;
  /** None unless said. */
  readonly futility?: FutilityOptions | undefined;
}

/** A design as asked for, with nothing left to check. */
export interface CheckedDesign {
  readonly problem: DesignProblem;
  readonly spending: SpendingName;
  readonly gamma: number | null;
  readonly delta: number | null;
  readonly alpha: number;
  readonly alternative: Alternative;
  readonly futility: FutilityDescription | null;
}

/** Of anything smaller the boundaries lie too far out for the drifts that reach them. */
const SMALLEST_ALPHA = 1e-100;

export function checkedDesign(options: GroupSequentialDesignOptions): CheckedDesign {
  const { alpha = DEFAULT_ALPHA, alternative = "two-sided", power = DEFAULT_POWER } = options;
  checkOpenUnit("alpha", alpha);
  if (alpha < SMALLEST_ALPHA) throw new DomainError("alpha", alpha, `must be at least ${SMALLEST_ALPHA}`);
  checkAlternative("alternative", alternative);
  checkOpenUnit("power", power);
  const isTwoSided = alternative === "two-sided";
  const tailAlpha = isTwoSided ? alpha / 2 : alpha;
  if (!(power > tailAlpha)) {
    throw new DomainError("power", power, `must be above ${tailAlpha}, the type I error in that tail`);
  }
  const information = checkedInformationRates(options);
  const { plan, ...words } = checkedEfficacy(options, information, { alpha, tailAlpha });
  const futility = checkedFutility(options.futility, information, { typeTwoError: 1 - power, isTwoSided });
  return {
    problem: {
      information,
      isTwoSided,
      tailAlpha,
      power,
      efficacy: plan,
      futility: futility?.plan ?? null,
      isBinding: futility?.description.binding ?? false,
    },
    ...words,
    alpha,
    alternative,
    futility: futility?.description ?? null,
  };
}
