import type { Warning } from "../core/warning.ts";
import { DEFAULT_POWER } from "../core/defaults.ts";
import { type EffectCovariance, effectScale, isLearned } from "../proxy/effect-covariance.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import type { ArmData } from "./experiment-data.ts";
import { effectFlags, type FlagPrior, type FlagTerms } from "./effect-flags.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import type { MetricReadout } from "./read-metrics.ts";

/**
 * Flags on one metric of one treatment; none where it cannot be compared. Significance is that over all treatments and
 * metrics of its role.
 *
 * Of a test that is watched the p-value and the interval are those that allow for the looks. What an estimate is held
 * against, what effects are like, is the same wherever the test stopped; and whether it has units enough its own
 * boundaries say, since it may stop early by design.
 */
export function metricFlags(
  metric: MetricDefinition,
  readout: Omit<MetricReadout, "flags">,
  arm: ArmData,
  terms: AnalysisTerms,
): Warning[] {
  const { comparison, sequential, matured, improvesWhen } = readout;
  if (comparison === null) return [];
  const { planned, alpha, control } = terms;
  const isMacro = metric.role === "macro";
  const isAtEnd =
    matured.control >= (terms.plannedN(control) ?? 0) && matured.treatment >= (terms.plannedN(arm) ?? 0);
  const seen: FlagTerms["comparison"] =
    sequential === null
      ? { ...comparison, pValue: readout.adjustedPValue ?? comparison.pValue }
      : {
          alternative: sequential.alternative,
          pValue: readout.adjustedPValue,
          lift: { ...comparison.lift, interval: sequential.lift.interval },
        };
  return effectFlags({
    comparison: seen,
    improvesWhen,
    plannedLift: terms.plannedMetrics.get(metric.name)?.lift ?? null,
    plannedPower: sequential === null ? (planned?.levels.powerPerTest ?? DEFAULT_POWER) : null,
    prior: terms.effectPriors.get(metric.name) ?? priorOfProxies(metric, terms),
    worthwhileLift: metric.worthwhileLift ?? null,
    alpha,
    // The others have the units that the macro metric needs, and not those that they would need themselves.
    decides: isMacro && isAtEnd,
  });
}

/** What the covariances of the document's proxies say of effects on this metric; null where none does. */
function priorOfProxies({ role, name }: MetricDefinition, { effects }: AnalysisTerms): FlagPrior | null {
  if (role === "proxy") return partOf(effects.get(name) ?? null, "proxy");
  if (role !== "macro") return null;
  const known = [...effects.values()].filter((covariance) => covariance !== null);
  return partOf(known.find(isLearned) ?? known[0] ?? null, "macro");
}

/** One metric's part of a covariance of log-lifts. */
function partOf(covariance: EffectCovariance | null, metric: "proxy" | "macro"): FlagPrior | null {
  if (covariance === null || effectScale(covariance) !== "log-lift") return null;
  const { tauProxy, tauMacro, meanProxy = 0, meanMacro = 0 } = covariance;
  const source = isLearned(covariance) ? "past tests make likely" : "the belief stated makes likely";
  return metric === "proxy"
    ? { mean: meanProxy, standardDeviation: tauProxy, source }
    : { mean: meanMacro, standardDeviation: tauMacro, source };
}
