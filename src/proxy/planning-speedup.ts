import { checkFinite, checkObject, checkOpenUnit, checkProbability } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { normalQuantile, normalUpperQuantile } from "../numerics/normal.ts";
import { targetPower, testDesign } from "../planning/test-design.ts";
import { checkJointCounts, type JointCounts, jointN } from "../summaries/joint-counts.ts";
import {
  type DecisionBeside,
  decisionBeside,
  type DecisionBesideResult,
  detectsOnly,
} from "./decision-beside.ts";
import type { EffectCovariance } from "./effect-covariance.ts";
import { unitCovariance } from "./unit-covariance.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** Traffic of one arm, as counts or as rates, and what the decision beside it needs. */
export type PlanningSpeedupInput = PlanningSpeedupOptions &
  (
    | { readonly control: JointCounts }
    | {
        /** Rate of the micro conversion, in (0, 1). */
        readonly microRate: number;
        /** Share of the micro converters that convert in full, in [0, 1]. */
        readonly macroGivenMicro: number;
        /** Share of the others that convert in full, in [0, 1]; 0 in a nested funnel. */
        readonly macroGivenNoMicro: number;
      }
  );

/** A typical lift, the test that is to find it, and how true effects go together. */
export interface PlanningSpeedupOptions {
  /** Coverage of the interval, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
  /** How true effects go together, learned or assumed; without it the decision stays undetermined. */
  readonly effects?: EffectCovariance | undefined;
  /** A typical lift of the micro conversion, above −1 and not 0; the decision is judged at the n that detects it. 0.05 unless said. */
  readonly microLift?: number | undefined;
  /** Type I error of that test, two-sided, in (0, 1); 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** Power of that test, in (0, 1); 0.8 unless said. */
  readonly power?: number | undefined;
}

/** The detection speedup that one arm's traffic lets one plan with, if micro lifts pass on in full. */
export interface PlanningSpeedup extends Result<"planning-speedup"> {
  readonly method: "full-pass-through";
  /** `undetermined` where micro converters buy no more often than others, or a rate is 0 or 1. */
  readonly status: Status;
  /** 1 / phi². */
  readonly speedup: number | null;
  /** Uncertainty of the rates, not of the pass-through; null for rates, which do not say how sure they are. */
  readonly interval: Interval | null;
  /** Correlation of micro and macro conversion between users; null where a rate is 0 or 1. */
  readonly phi: number | null;
  /** Macro lift per micro lift under full pass-through: the share of sales that micro conversion accounts for. */
  readonly elasticity: number | null;
  readonly decision: DecisionBeside;
}

/** A typical lift of a change: 5 % of the baseline. */
const TYPICAL_LIFT = 0.05;

/**
 * The detection speedup to plan with when only past traffic is at hand, under full pass-through: additional micro
 * converters buy as often as the others do.
 *
 * Then the speedup for small lifts is 1 / phi², whatever the lift. A *weaker* correlation gives a *larger* speedup, so
 * it must never rank proxies; the decision speedup, at most rho² times as large, stands beside it.
 *
 * @param input - one arm's joint counts, or its rates; effects and a typical micro lift for the decision
 * @returns speedup with its interval (from counts), phi, elasticity, and the block `decision`
 * @throws {DomainError} for broken counts, a rate outside its range, or an option outside its range
 * @example
 * ```ts
 * import { planningSpeedup } from "microlift";
 * const plan = planningSpeedup({ control: { neither: 18000, macroOnly: 0, microOnly: 1600, both: 400 } });
 * plan.speedup; // 5.444444444444445
 * plan.interval?.lower; // 4.978…
 * ```
 * Source: derived for this library; the interval by the delta method on the multinomial table.
 */
export function planningSpeedup(input: PlanningSpeedupInput): PlanningSpeedup {
  checkObject("input", input);
  const { confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const rates = checkedRates(input);
  const { micro, macro, macroGivenMicro, macroGivenNoMicro } = rates;
  const contrast = macroGivenMicro - macroGivenNoMicro;
  const varies = micro > 0 && micro < 1 && macro > 0 && macro < 1;
  const phi = varies ? contrast * Math.sqrt((micro * (1 - micro)) / (macro * (1 - macro))) : null;
  const elasticity = varies ? (contrast * micro) / macro : null;
  const determined = phi !== null && phi > 0;
  const speedup = determined ? 1 / phi ** 2 : null;
  const beside = judgeDecision(input, rates, elasticity);
  return {
    kind: "planning-speedup",
    method: "full-pass-through",
    status: determined ? "ok" : "undetermined",
    speedup,
    interval:
      speedup === null || rates.n === null ? null : deltaInterval(speedup, rates, rates.n, confidenceLevel),
    phi,
    elasticity,
    decision: beside.decision,
    warnings: [
      ...(determined ? [] : [varies ? NO_PASS_THROUGH : NO_VARIATION]),
      ...detectsOnly(speedup, beside.decision),
      ...beside.warnings,
    ],
    assumptions: [
      "Full pass-through: additional micro converters go on to buy as often as the others did, and the change does nothing else to sales. The interval covers the uncertainty of the rates, not a failure of this.",
      "A weaker correlation between the two conversions gives a larger speedup, so proxies must not be ranked on it.",
    ],
  };
}

/** The four conditional rates of one arm's table, and its n where counted. */
interface PassThroughRates {
  readonly micro: number;
  readonly macro: number;
  readonly macroGivenMicro: number;
  readonly macroGivenNoMicro: number;
  readonly n: number | null;
}

function checkedRates(input: PlanningSpeedupInput): PassThroughRates {
  if ("control" in input) {
    const { control } = input;
    checkJointCounts("control", control);
    const n = jointN(control);
    const microConversions = control.microOnly + control.both;
    return {
      micro: microConversions / n,
      macro: (control.macroOnly + control.both) / n,
      macroGivenMicro: control.both / microConversions,
      macroGivenNoMicro: control.macroOnly / (n - microConversions),
      n,
    };
  }
  const { microRate: micro, macroGivenMicro, macroGivenNoMicro } = input;
  checkOpenUnit("microRate", micro);
  checkProbability("macroGivenMicro", macroGivenMicro);
  checkProbability("macroGivenNoMicro", macroGivenNoMicro);
  const macro = micro * macroGivenMicro + (1 - micro) * macroGivenNoMicro;
  return { micro, macro, macroGivenMicro, macroGivenNoMicro, n: null };
}

/**
 * exp(log R ± z se) with R = m (1 − m) c (1 − c) / Δ², Δ the table's determinant m (1 − m) (q₁ − q₀). As R does not
 * change when all cells grow alike, the variance is Σ p g² / n with g the gradient of log R in the cells.
 */
function deltaInterval(
  speedup: number,
  { micro, macro, macroGivenMicro: q1, macroGivenNoMicro: q0 }: PassThroughRates,
  n: number,
  confidenceLevel: number,
): Interval {
  const contrast = q1 - q0;
  const withMicro = 2 / (micro * contrast);
  const withoutMicro = 2 / ((1 - micro) * contrast);
  const variance =
    (micro * q1 * (1 / micro + 1 / macro - (1 - q0) * withMicro) ** 2 +
      micro * (1 - q1) * (1 / micro + 1 / (1 - macro) + q0 * withMicro) ** 2 +
      (1 - micro) * q0 * (1 / (1 - micro) + 1 / macro + (1 - q1) * withoutMicro) ** 2 +
      (1 - micro) * (1 - q0) * (1 / (1 - micro) + 1 / (1 - macro) - q1 * withoutMicro) ** 2) /
    n;
  const factor = exp(normalUpperQuantile((1 - confidenceLevel) / 2) * Math.sqrt(variance));
  return {
    lower: speedup / factor,
    upper: speedup * factor,
    confidenceLevel,
    method: "multinomial-delta",
    dualToTest: false,
    excluded: null,
  };
}

/** Judges the decision at the n that detects a typical micro lift: the formula for small lifts, so that any rate has one. */
function judgeDecision(
  { effects, microLift = TYPICAL_LIFT, alpha, power }: PlanningSpeedupOptions,
  { micro, macro, macroGivenMicro }: PassThroughRates,
  elasticity: number | null,
): DecisionBesideResult {
  checkFinite("microLift", microLift);
  if (!(microLift > -1 && microLift !== 0)) {
    throw new DomainError("microLift", microLift, "must be above -1 and not 0");
  }
  const design = testDesign({ alpha }, 1);
  const distance = design.criticalValue + normalQuantile(targetPower(power, design));
  if (elasticity === null) return decisionBeside(null, effects, null, null);
  const rates = { microRate: micro, macroRate: macro, macroGivenMicro };
  const proxySize = Math.abs(log1p(microLift));
  return decisionBeside(
    unitCovariance(rates).proxy * (distance / proxySize) ** 2,
    effects,
    unitCovariance({ ...rates, scale: effects?.scale ?? "log-lift" }),
    elasticity > 0 ? { proxy: proxySize, macro: Math.abs(log1p(elasticity * microLift)) } : null,
  );
}

const NO_PASS_THROUGH: Warning = {
  code: "WRONG_SIGN",
  message:
    "Micro converters buy no more often than others do: nothing of a micro lift would pass on to sales.",
};

const NO_VARIATION: Warning = {
  code: "NO_VARIATION",
  message: "The micro or the macro rate is 0 or 1, so the two have no correlation to plan with.",
};
