import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { type DecisionBeside, detectsOnly } from "./decision-beside.ts";
import { type EffectRatioSet, effectRatioSet } from "./effect-ratio-set.ts";
import {
  type EffectStatistics,
  type ObservedCounts,
  type ObservedStatistics,
  statisticsOfCounts,
  statisticsOfInput,
} from "./observed-statistics.ts";

/** One finished test: its joint counts, or the two statistics with their correlation. */
export type ObservedSpeedupInput = ObservedCounts | ObservedStatistics;

/** The detection speedup that one finished test shows, with how little one test can tell of it. */
export interface ObservedSpeedup extends Result<"observed-speedup"> {
  readonly method: "fieller";
  /** `unbounded` where the sale is not significant; `undetermined` where the proxy points the wrong way. */
  readonly status: Status;
  readonly zMicro: number | null;
  readonly zMacro: number | null;
  readonly correlation: number | null;
  /** (zMicro / zMacro)²: how many times more units the macro metric would have needed for the micro one's z. */
  readonly speedup: number | null;
  /** Interval of the speedup; null where the data leave no ratio of the right sign. */
  readonly interval: Interval | null;
  /** Fieller's set for the ratio of the two expected z, which `interval` squares. */
  readonly ratioSet: Interval | null;
  readonly decision: DecisionBeside;
}

/**
 * The detection speedup that one finished test shows, (zMicro / zMacro)², with Fieller's confidence set.
 *
 * Where the sale is not significant the speedup has no upper bound: "add-to-cart won and sales did not" is no evidence
 * of a large speedup.
 *
 * @param input - joint counts of both arms (statistics then are unpooled), or the two z with their correlation
 * @returns the speedup, the set of ratios, the interval that squares its part at or above 0, and the block `decision`
 * @throws {DomainError} for broken counts, statistics that are no numbers, or a correlation outside [−1, 1]
 * @example
 * ```ts
 * import { observedSpeedup } from "microlift";
 * const seen = observedSpeedup({ zMicro: 4, zMacro: 2.5, correlation: 0.4 });
 * seen.speedup; // 2.5600000000000005
 * seen.interval?.upper; // 38.63470005114987
 * ```
 * Source: Fieller (1954); its application to a speedup is derived for this library.
 */
export function observedSpeedup(input: ObservedSpeedupInput): ObservedSpeedup {
  checkObject("input", input);
  const { confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const { statistics, beside } = "control" in input ? statisticsOfCounts(input) : statisticsOfInput(input);
  const reading = statistics === null ? NOT_READABLE : read(statistics, confidenceLevel);
  return {
    kind: "observed-speedup",
    method: "fieller",
    status: reading.status,
    zMicro: statistics?.zMicro ?? null,
    zMacro: statistics?.zMacro ?? null,
    correlation: statistics?.correlation ?? null,
    speedup: reading.speedup,
    interval: reading.interval,
    ratioSet: reading.ratioSet,
    decision: beside.decision,
    warnings: [...reading.warnings, ...detectsOnly(reading.speedup, beside.decision), ...beside.warnings],
    assumptions: [
      "Both statistics are close to normal, and the speedup is that of detecting this change, not of deciding on it.",
    ],
  };
}

type Reading = Pick<ObservedSpeedup, "status" | "speedup" | "interval" | "ratioSet" | "warnings">;

function read({ zMicro, zMacro, correlation }: EffectStatistics, confidenceLevel: number): Reading {
  const criticalValue = normalUpperQuantile((1 - confidenceLevel) / 2);
  const set = effectRatioSet(zMicro, zMacro, correlation, criticalValue);
  const named = (ends: EffectRatioSet): Interval => ({
    ...ends,
    confidenceLevel,
    method: "fieller",
    dualToTest: false,
  });
  const ratioSet = named(set);
  const squared = squareAboveZero(set);
  if (squared === null) {
    return { status: "undetermined", speedup: null, interval: null, ratioSet, warnings: [WRONG_SIGN] };
  }
  const interval = named(squared);
  const unbounded = interval.upper === Infinity ? [SPEEDUP_UNBOUNDED] : [];
  if (zMicro * zMacro < 0) {
    return {
      status: "undetermined",
      speedup: null,
      interval,
      ratioSet,
      warnings: [WRONG_SIGN, ...unbounded],
    };
  }
  if (zMicro === 0 && zMacro === 0) {
    return { status: "undetermined", speedup: null, interval, ratioSet, warnings: [NO_EFFECT, ...unbounded] };
  }
  return {
    status: interval.upper === Infinity ? "unbounded" : "ok",
    speedup: (zMicro / zMacro) ** 2,
    interval,
    ratioSet,
    warnings: unbounded,
  };
}

/** The squares of the ratios at or above 0: a negative ratio is a proxy of the wrong sign and earns no speedup. */
function squareAboveZero({ lower, upper, excluded }: EffectRatioSet): EffectRatioSet | null {
  if (upper < 0) return null;
  if (excluded === null || excluded.upper <= 0) {
    return { lower: Math.max(0, lower) ** 2, upper: upper ** 2, excluded: null };
  }
  return excluded.lower < 0
    ? { lower: excluded.upper ** 2, upper: Infinity, excluded: null }
    : { lower: 0, upper: Infinity, excluded: { lower: excluded.lower ** 2, upper: excluded.upper ** 2 } };
}

const WRONG_SIGN: Warning = {
  code: "WRONG_SIGN",
  message: "The proxy and the sale moved in opposite directions: a proxy of the wrong sign earns no speedup.",
};

const SPEEDUP_UNBOUNDED: Warning = {
  code: "SPEEDUP_UNBOUNDED",
  message:
    "The sale is not significant, so the speedup has no upper bound: a proxy that won while sales did not is no evidence of a large speedup.",
};

const NO_EFFECT: Warning = {
  code: "NO_EFFECT",
  message: "Neither conversion moved at all, so there is no ratio to read.",
};

const NOT_READABLE: Reading = {
  status: "undetermined",
  speedup: null,
  interval: null,
  ratioSet: null,
  warnings: [
    {
      code: "NO_VARIATION",
      message:
        "In both arms all or none of the units converted, so an effect has no standard error to be compared by.",
    },
  ],
};
