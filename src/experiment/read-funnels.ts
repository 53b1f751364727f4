import { analyzeFunnel } from "./analyze-funnel.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { proportionOf } from "./arm-results.ts";
import type { ArmData } from "./experiment-data.ts";
import type { FunnelAnalysis } from "./funnel-analysis.ts";
import type { FunnelCounts } from "./funnel-counts.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import { funnelTo } from "./metric-index.ts";

/** One funnel of a document, in one treatment. */
export interface FunnelReadout {
  /** Name of its last step. */
  readonly name: string;
  /** Null where it cannot be read; `reason` says why. */
  readonly analysis: FunnelAnalysis | null;
  readonly reason: string | null;
}

/** Reads every funnel of a document: each way of previous steps to a last one, that of the macro metric first. */
export function readFunnels(terms: AnalysisTerms, arm: ArmData): FunnelReadout[] {
  const { index, macro } = terms;
  const passed = new Set(index.all.map(({ previousStep }) => previousStep));
  const last = index.all.filter(({ name, previousStep }) => previousStep !== undefined && !passed.has(name));
  const funnels = last.map((metric) => funnelTo(metric, index.byName));
  const holdsMacro = (steps: readonly MetricDefinition[]): number => (steps.includes(macro) ? 0 : 1);
  return funnels
    .toSorted((a, b) => holdsMacro(a) - holdsMacro(b))
    .map((steps) => readFunnel(steps, terms, arm));
}

function readFunnel(steps: readonly MetricDefinition[], terms: AnalysisTerms, arm: ArmData): FunnelReadout {
  const { name } = steps.at(-1)!;
  const control = funnelCounts(terms.control, steps);
  const treatment = funnelCounts(arm, steps);
  if (control === null || treatment === null) {
    const reason = `The steps to "${name}" are final for different units: a funnel follows the same ones.`;
    return { name, analysis: null, reason };
  }
  if (control.n === 0 || treatment.n === 0) {
    return { name, analysis: null, reason: `No unit of an arm is final at the steps to "${name}".` };
  }
  const names = steps.map((step) => step.name);
  return {
    name,
    analysis: analyzeFunnel({ steps: names, control, treatment, confidenceLevel: 1 - terms.alpha }),
    reason: null,
  };
}

/** Null where the steps are final for different units. */
function funnelCounts(arm: ArmData, steps: readonly MetricDefinition[]): FunnelCounts | null {
  const rates = steps.map((step) => proportionOf(arm, step));
  const { n } = rates[0]!;
  return rates.every((rate) => rate.n === n)
    ? { n, reached: rates.map(({ conversions }) => conversions) }
    : null;
}
