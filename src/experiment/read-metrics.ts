import type { BetterDirection } from "../core/better-direction.ts";
import type { MetricKind } from "../core/metric-kind.ts";
import type { MetricRole } from "../core/metric-role.ts";
import type { Warning } from "../core/warning.ts";
import type { Arm, ArmsTest } from "../inference/arm-family.ts";
import type { MetricArms } from "../inference/effect-under-test.ts";
import type { ArmsAdjustmentMethod } from "../inference/compare-arms.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { adjustedPValues } from "./adjusted-p-values.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { summariesOf } from "./arm-results.ts";
import { compareSummaries } from "./compare-summaries.ts";
import { hasEnoughUnits } from "./enough-units.ts";
import type { ArmData } from "./experiment-data.ts";
import type { MetricChance } from "./metric-chance.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import { metricFlags } from "./metric-flags.ts";
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
  readonly improvesWhen: BetterDirection;
  /** Units whose outcome is final. */
  readonly matured: { readonly control: number; readonly treatment: number };
  /**
   * As if the test were read this once: where `sequential` is not null, its p-value and intervals do not hold. Null where
   * an arm has too few matured units to compare.
   */
  readonly comparison: ArmsTest | null;
  /**
   * How probably the metric is higher in the treatment, under its priors or flat ones. Null where the comparison is,
   * where the arms do not vary, and where numbers leave what a posterior can hold. Where `sequential` is not null, who stops by it is fooled often.
   */
  readonly chance: MetricChance | null;
  /** All of the posterior behind the chance, where the views hold `bayesian`; null for ratios without `effectPrior`. */
  readonly posterior: MetricPosterior | null;
  /** The macro metric of a watched test, with all looks accounted for; null otherwise, and where nothing can be read yet. */
  readonly sequential: SequentialReadout | null;
  /**
   * Of the macro metric as one of all treatments, of a secondary one as one of all those of all treatments; else null. In a
   * watched test over the planned treatments, as they share alpha out.
   */
  readonly adjustedPValue: number | null;
  /** As the plan's `multiplicity` has it. */
  readonly adjustment: ArmsAdjustmentMethod | null;
  readonly guardrail: GuardrailReading | null;
  /** Whether its effect is too good to be true or too small to matter, or the test too small for the planned one. */
  readonly flags: readonly Warning[];
}

/** Reads every metric of every treatment: a list of metrics for each treatment in turn. */
export function readMetrics(terms: AnalysisTerms): MetricReadout[][] {
  const control = summariesOf(terms.control, terms.index);
  const readouts = terms.treatments.map((arm) => {
    const treatment = summariesOf(arm, terms.index);
    return terms.metrics.map((metric) => {
      const arms = { control: control.get(metric.name)!, treatment: treatment.get(metric.name)! };
      return readMetric(metric, arms, arm, terms);
    });
  });
  const adjusted = adjustedPValues(terms, readouts);
  return readouts.map((metrics, i) =>
    metrics.map((metric, k) => {
      const readout = { ...metric, adjustedPValue: adjusted.get(metric) ?? null };
      return { ...readout, flags: metricFlags(terms.metrics[k]!, readout, terms.treatments[i]!, terms) };
    }),
  );
}

function readMetric(
  metric: MetricDefinition,
  arms: TwoArms<Arm>,
  arm: ArmData,
  terms: AnalysisTerms,
): MetricReadout {
  const { alpha } = terms;
  const isWatched = metric.role === "macro" && terms.watch !== null;
  const matured = { control: arms.control.n, treatment: arms.treatment.n };
  const isReadable = hasEnoughUnits(arms.control) && hasEnoughUnits(arms.treatment);
  const confidence = {
    alternative: metric.role === "macro" ? terms.alternative : ("two-sided" as const),
    confidenceLevel: 1 - alpha,
  };
  const comparison = isReadable ? compareSummaries(arms, confidence) : null;
  const model =
    comparison &&
    modelOfMetric(
      metric,
      arms,
      comparison,
      terms.effectPriors.get(metric.name) ?? null,
      confidence.confidenceLevel,
    );
  return {
    name: metric.name,
    role: metric.role,
    kind: metric.kind,
    improvesWhen: metric.improvesWhen ?? "increase",
    matured,
    comparison,
    chance: model?.chance ?? null,
    posterior: terms.views.includes("bayesian") ? (model?.posterior() ?? null) : null,
    sequential: isWatched ? readSequential(terms, arm) : null,
    adjustedPValue: null,
    adjustment: adjustmentOf(metric.role, terms),
    guardrail:
      isReadable && metric.role === "guardrail" ? readGuardrail(metric, arms as MetricArms, alpha) : null,
    flags: [],
  };
}

function adjustmentOf(role: MetricRole, { multiplicity }: AnalysisTerms): ArmsAdjustmentMethod | null {
  if (role === "macro") return multiplicity.treatments;
  return role === "secondary" ? multiplicity.secondary : null;
}
