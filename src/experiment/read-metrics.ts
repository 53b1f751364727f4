import type { MetricRole } from "../core/metric-role.ts";
import type { ArmsTest } from "../inference/arm-family.ts";
import type { MetricArms } from "../inference/effect-under-test.ts";
import { adjustPValues, type AdjustmentMethod } from "../inference/adjust-p-values.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { maturedN, summaryOf } from "./arm-results.ts";
import { compareSummaries } from "./compare-summaries.ts";
import type { ArmData } from "./experiment-data.ts";
import type { MetricChance } from "./metric-chance.ts";
import type { MetricDefinition, MetricKind } from "./metric-definition.ts";
import { modelOfMetric } from "./model-of-metric.ts";
import type { MetricPosterior } from "./posterior-model.ts";
import { readGuardrail, type GuardrailReading } from "./read-guardrail.ts";
import { readSequential } from "./read-sequential.ts";
import type { SequentialReadout } from "./sequential-readout.ts";

/** One metric of one treatment against control. */
export interface MetricReadout {
  readonly name: string;
  readonly role: MetricRole;
  readonly kind: MetricKind;
  readonly improvesWhen: "increase" | "decrease";
  /** Units whose outcome is final. */
  readonly matured: { readonly control: number; readonly treatment: number };
  /**
   * As if the test were read this once: where `sequential` is not null, its p-value and intervals do not hold. Null where
   * an arm has too few matured units to compare.
   */
  readonly comparison: ArmsTest | null;
  /**
   * How probably the metric is higher in the treatment, under its priors or flat ones. Null where the comparison is, and
   * where the arms do not vary. Where `sequential` is not null, who stops by it is fooled often.
   */
  readonly chance: MetricChance | null;
  /** All of the posterior behind the chance, where the views hold `bayesian`; null for ratios without `effectPrior`. */
  readonly posterior: MetricPosterior | null;
  /** The macro metric of a watched test, with all looks accounted for; null otherwise, and where nothing can be read yet. */
  readonly sequential: SequentialReadout | null;
  /**
   * Across treatments by Holm for the macro metric (in a watched test by Bonferroni, as its alpha was shared out), across
   * all secondary metrics by Benjamini–Hochberg; else null.
   */
  readonly adjustedPValue: number | null;
  readonly adjustment: AdjustmentMethod | null;
  readonly guardrail: GuardrailReading | null;
}

const ADJUSTMENT: Readonly<Record<MetricRole, AdjustmentMethod | null>> = {
  macro: "holm",
  proxy: null,
  guardrail: null,
  secondary: "benjamini-hochberg",
};

/** Reads every metric of every treatment: a list of metrics for each treatment in turn. */
export function readMetrics(terms: AnalysisTerms): MetricReadout[][] {
  const readouts = terms.treatments.map((arm) =>
    terms.metrics.map((metric) => readMetric(metric, arm, terms)),
  );
  // A test that is watched has a p-value of its own.
  const macro: Map<MetricReadout, number> =
    terms.watch === null ? adjustedPValues(readouts, "macro") : new Map();
  const secondary = adjustedPValues(readouts, "secondary");
  return readouts.map((metrics) =>
    metrics.map((metric) => ({
      ...metric,
      adjustedPValue: macro.get(metric) ?? secondary.get(metric) ?? watchedPValue(metric, terms),
    })),
  );
}

/** By Bonferroni over the planned treatments, as their alpha was shared out; null but for the macro metric of a watched test. */
function watchedPValue({ sequential }: MetricReadout, { plan }: AnalysisTerms): number | null {
  if (sequential === null || sequential.pValue === null) return null;
  return Math.min(1, sequential.pValue * plan!.treatments.length);
}

function readMetric(metric: MetricDefinition, arm: ArmData, terms: AnalysisTerms): MetricReadout {
  const { alpha, control } = terms;
  const isWatched = metric.role === "macro" && terms.watch !== null;
  const matured = { control: maturedN(control, metric), treatment: maturedN(arm, metric) };
  const isReadable = Math.min(matured.control, matured.treatment) >= FEWEST_UNITS[metric.kind];
  const arms = { control: summaryOf(control, metric), treatment: summaryOf(arm, metric) };
  const confidence = {
    alternative: metric.role === "macro" ? terms.alternative : ("two-sided" as const),
    confidenceLevel: 1 - alpha,
  };
  const comparison = isReadable ? compareSummaries(arms, confidence) : null;
  const model =
    comparison && modelOfMetric(metric, arms, comparison, terms.effectPriors.get(metric.name) ?? null);
  return {
    name: metric.name,
    role: metric.role,
    kind: metric.kind,
    improvesWhen: metric.improvesWhen ?? "increase",
    matured,
    comparison,
    chance: model?.chance() ?? null,
    posterior: terms.views.includes("bayesian")
      ? (model?.posterior(confidence.confidenceLevel) ?? null)
      : null,
    sequential: isWatched ? readSequential(terms, arm) : null,
    adjustedPValue: null,
    adjustment: isWatched ? "bonferroni" : ADJUSTMENT[metric.role],
    guardrail:
      isReadable && metric.role === "guardrail" ? readGuardrail(metric, arms as MetricArms, alpha) : null,
  };
}

/** Fewer have no variance to judge by. */
const FEWEST_UNITS: Readonly<Record<MetricKind, number>> = { proportion: 1, mean: 2, ratio: 2, count: 1 };

/** The adjusted p-values of all metrics of a role, over all treatments; what has no p-value takes no part. */
function adjustedPValues(
  readouts: readonly (readonly MetricReadout[])[],
  role: "macro" | "secondary",
): Map<MetricReadout, number> {
  const family = readouts.flat().flatMap((metric) => {
    const pValue = metric.role === role ? (metric.comparison?.pValue ?? null) : null;
    return pValue === null ? [] : [{ metric, pValue }];
  });
  const adjusted = adjustPValues(
    family.map(({ pValue }) => pValue),
    ADJUSTMENT[role]!,
  );
  return new Map(family.map(({ metric }, i) => [metric, adjusted[i]!]));
}
