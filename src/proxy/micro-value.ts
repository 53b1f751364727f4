import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import {
  checkJointCounts,
  type JointCounts,
  jointN,
  macroProportion,
  microProportion,
} from "../summaries/joint-counts.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { CellScores } from "./cell-covariance.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import { effectAssumptions } from "./effect-assumptions.ts";
import { amongConverters, amongOthers, pooledTable } from "./pooled-table.ts";
import { ratioEstimate } from "./ratio-estimate.ts";
import { type ArmScores, MACRO_EFFECT, MICRO_EFFECT, scoreCovariance } from "./scored-estimate.ts";
import { contrastEstimate, rateDifference, shareEstimate } from "./share-estimate.ts";
import {
  checkValueHistory,
  inverseOf,
  slopeAcrossExperiments,
  type ValueHistory,
} from "./value-across-experiments.ts";

export interface MicroValueInput {
  /** Joint counts of micro × macro conversion in both arms of one experiment. */
  readonly control: JointCounts;
  readonly treatment: JointCounts;
  /** What one macro conversion is worth, above 0, in any currency: a margin rather than a revenue. */
  readonly valuePerMacro: number;
  /** What past experiments say of macro effects per proxy effect. */
  readonly history?: ValueHistory | undefined;
  /** Coverage of the intervals, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** What one additional micro conversion is worth, counted in four ways. */
export interface MicroValue extends Result<"micro-value"> {
  readonly method: "wald-ratio";
  readonly valuePerMacro: number;
  /** Margin times the share of micro converters that convert in full: what dashboards show, and no effect of anything. */
  readonly correlational: Estimate;
  /** The same less the share of all others that convert in full: free of sales that need no micro conversion. */
  readonly againstNonConverters: Estimate;
  /** Margin times the macro effect over the micro effect of this change, with Fieller's set. */
  readonly incremental: Estimate;
  /** How many times too much the correlational value says: correlational over incremental, with Fieller's set. */
  readonly inflation: Estimate;
  /** Effect on the micro conversion over its standard error; null where it has none. */
  readonly zMicro: number | null;
  /** From past experiments, at this margin; null without a history. */
  readonly acrossExperiments: {
    /** Margin times the slope of true macro on true proxy effects, with its posterior interval. */
    readonly value: Estimate;
    readonly inflation: Estimate;
  } | null;
}

/** With a squared statistic below it a ratio to the effect is biased, and its set wide (Staiger and Stock 1997). */
const WEAK_SQUARE = 10;

/**
 * What one more micro conversion is worth: by correlation, against those who did not convert, and by what an experiment
 * or many of them moved.
 *
 * Micro converters buy more often than others do in part because they would have bought anyway. The incremental value
 * divides the macro effect of this change by its micro effect (Wald): the additional sales per additional micro
 * conversion that *this change* brought. Only where the change reaches sales through the micro conversion alone
 * (exclusion) and keeps nobody from it (monotonicity) is it what a micro conversion does to those whom the change won
 * over. Across experiments it is the slope of the covariance of true effects.
 *
 * @param input - joint counts of both arms, value of a macro conversion (above 0), a history
 * @returns the values, each with its interval, and the inflation of the correlational one
 * @throws {DomainError} for broken counts, a value that is not above 0, a broken history, or a level outside (0, 1)
 * @example
 * ```ts
 * import { microValue } from "microlift";
 * const value = microValue({
 *   control: { neither: 16600, macroOnly: 40, microOnly: 3000, both: 360 },
 *   treatment: { neither: 16100, macroOnly: 42, microOnly: 3420, both: 438 },
 *   valuePerMacro: 60,
 * });
 * value.correlational.estimate; // 6.633416458852868
 * value.incremental.estimate; // 9.638554216867478
 * value.incremental.interval.lower; // 2.9075…
 * value.inflation.estimate; // 0.6882…
 * ```
 * Source: Wald (1940) for the ratio, Fieller (1954) for its set; Angrist, Imbens and Rubin (1996) for what it means.
 */
export function microValue(input: MicroValueInput): MicroValue {
  checkObject("input", input);
  const { control, treatment, valuePerMacro, history } = input;
  const { confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkJointCounts("control", control);
  checkJointCounts("treatment", treatment);
  checkMagnitude("valuePerMacro", valuePerMacro);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  if (history !== undefined) checkValueHistory("history", history);

  const pooled = pooledTable(input);
  const converters = amongConverters(pooled);
  const others = amongOthers(pooled);
  const share = converters.n === 0 ? null : converters.conversions / converters.n;
  const correlational = valued(shareEstimate(converters, confidenceLevel), valuePerMacro);
  const micro = rateDifference(microProportion(control), microProportion(treatment));
  const moments = {
    denominator: micro,
    denominatorVariance: scoreCovariance(input, MICRO_EFFECT, MICRO_EFFECT),
  };
  const macro = {
    numerator: rateDifference(macroProportion(control), macroProportion(treatment)),
    numeratorVariance: scoreCovariance(input, MACRO_EFFECT, MACRO_EFFECT),
  };
  const incremental = valued(
    ratioEstimate(
      { ...macro, ...moments, covariance: scoreCovariance(input, MACRO_EFFECT, MICRO_EFFECT) },
      confidenceLevel,
    ),
    valuePerMacro,
  );
  const zMicro = moments.denominatorVariance > 0 ? micro / Math.sqrt(moments.denominatorVariance) : null;
  return {
    kind: "micro-value",
    method: "wald-ratio",
    valuePerMacro,
    correlational,
    againstNonConverters: valued(contrastEstimate(others, converters, confidenceLevel), valuePerMacro),
    incremental,
    inflation: inflationOf(input, share, micro, macro.numerator, confidenceLevel),
    zMicro,
    acrossExperiments:
      history === undefined ? null : acrossExperiments(history, input, correlational, confidenceLevel),
    warnings: warnings(converters, zMicro, incremental),
    assumptions: [
      "The incremental value is sales gained per micro conversion gained by this change; it is what a micro conversion does to those won over only if the change reaches sales through it alone and keeps nobody from it.",
      ...(history === undefined
        ? []
        : [
            ...effectAssumptions(history.effects),
            "Macro effects of the next changes follow proxy effects as those of past ones did.",
          ]),
    ],
  };
}

/** An estimate of macro conversions, in money. */
function valued({ estimate, standardError, interval, status }: Estimate, value: number): Estimate {
  const { lower, upper, excluded } = interval;
  const own: Interval = {
    ...interval,
    lower: value * lower,
    upper: value * upper,
    excluded: excluded === null ? null : { lower: value * excluded.lower, upper: value * excluded.upper },
  };
  return {
    estimate: estimate === null ? null : value * estimate,
    standardError: standardError === null ? null : value * standardError,
    interval: own,
    status,
  };
}

/** q₁ Δm / Δy: the share of both arms varies together with the effects, which the linearised scores of a unit carry. */
function inflationOf(
  input: MicroValueInput,
  share: number | null,
  micro: number,
  macro: number,
  confidenceLevel: number,
): Estimate {
  const { control, treatment } = input;
  const q = share ?? 0;
  const converters = microProportion(control).conversions + microProportion(treatment).conversions;
  const scoresOf = (arm: JointCounts, sign: -1 | 1): CellScores => {
    const pull = converters === 0 ? 0 : micro * (jointN(arm) / converters);
    return { neither: 0, macroOnly: 0, microOnly: sign * q - pull * q, both: sign * q + pull * (1 - q) };
  };
  const scores: ArmScores = { control: scoresOf(control, -1), treatment: scoresOf(treatment, 1) };
  return ratioEstimate(
    {
      numerator: q * micro,
      denominator: macro,
      numeratorVariance: scoreCovariance(input, scores, scores),
      denominatorVariance: scoreCovariance(input, MACRO_EFFECT, MACRO_EFFECT),
      covariance: scoreCovariance(input, scores, MACRO_EFFECT),
    },
    confidenceLevel,
  );
}

function acrossExperiments(
  history: ValueHistory,
  { control, valuePerMacro }: MicroValueInput,
  correlational: Estimate,
  confidenceLevel: number,
): MicroValue["acrossExperiments"] {
  const baselines = { micro: microProportion(control), macro: macroProportion(control) };
  const { slope, standardDeviation, interval } = slopeAcrossExperiments(history, baselines, confidenceLevel);
  const value = valued(makeEstimate(slope, standardDeviation, interval, "two-sided"), valuePerMacro);
  return { value, inflation: inverseOf(correlational.estimate, value) };
}

function warnings(converters: Proportion, zMicro: number | null, incremental: Estimate): Warning[] {
  const found: Warning[] = [];
  if (converters.n === 0) {
    found.push({ code: "NO_CONVERTERS", message: "Nobody converted on the micro metric: nothing to value." });
  }
  if (incremental.status === "undetermined") {
    found.push({
      code: "NO_RATIO",
      message:
        "The micro rates are equal, or a metric does not vary: this experiment cannot say what a micro conversion brings.",
    });
  } else if (zMicro !== null && zMicro ** 2 < WEAK_SQUARE) {
    found.push({
      code: "WEAK_MICRO_EFFECT",
      message: `The change hardly moved the micro conversion (z² below ${WEAK_SQUARE}): the incremental value is biased towards the correlational one and its interval is wide.`,
    });
  }
  if (incremental.estimate !== null && incremental.estimate < 0) {
    found.push({
      code: "WRONG_SIGN",
      message:
        "Micro and macro conversion moved in opposite directions: what this change brought of the one cost some of the other.",
    });
  }
  return found;
}
