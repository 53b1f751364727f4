import type { MetricRole } from "../core/metric-role.ts";
import { checkedConfidence } from "../core/confidence.ts";
import { adjustPValues } from "../inference/adjust-p-values.ts";
import { armFamily, type ArmsTest } from "../inference/arm-family.ts";
import { DUNNETT, DUNNETT_STEP_DOWN } from "../inference/dunnett.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { summaryOf } from "./arm-results.ts";
import type { TreatmentsAdjustment } from "./multiplicity-policy.ts";
import type { SequentialReadout } from "./sequential-readout.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** One metric of one treatment, tested on its own. */
interface TestedMetric {
  readonly role: MetricRole;
  readonly comparison: ArmsTest | null;
  readonly sequential: SequentialReadout | null;
}

/**
 * The p-values of the macro metric over all treatments, and of all secondary metrics of all treatments, each as one of
 * several; what has no p-value takes no part.
 *
 * @param readouts - a list of metrics for each treatment in turn
 */
export function adjustedPValues<T extends TestedMetric>(
  terms: AnalysisTerms,
  readouts: readonly (readonly T[])[],
): Map<T, number> {
  const macros = readouts.map((metrics) => metrics.find(({ role }) => role === "macro")!);
  const secondary = readouts.flat().filter(({ role }) => role === "secondary");
  return new Map([
    ...(terms.watch === null ? macroPValues(terms, macros) : watchedPValues(terms, macros)),
    ...familyOf(secondary, (tests) => adjustPValues(tests.map(pValueOf), terms.multiplicity.secondary)),
  ]);
}

/** @param macros - of each treatment in turn */
function macroPValues<T extends TestedMetric>(
  terms: AnalysisTerms,
  macros: readonly T[],
): (readonly [T, number])[] {
  const { treatments: method } = terms.multiplicity;
  return familyOf(macros, (tests, places) =>
    method === "dunnett" || method === "dunnett-step-down"
      ? jointPValues(method, terms, tests, places)
      : adjustPValues(tests.map(pValueOf), method),
  );
}

/** Dunnett's test asks for the arms themselves: through the control that they share the tests depend on each other. */
function jointPValues(
  method: "dunnett" | "dunnett-step-down",
  { control, treatments, macro, alternative, alpha }: AnalysisTerms,
  tests: readonly ArmsTest[],
  places: readonly number[],
): number[] {
  if (tests.length === 0) return [];
  const arms = [control, ...places.map((i) => treatments[i]!)];
  const family = armFamily(
    arms.map((arm) => summaryOf(arm, macro)),
    arms.map(({ name }) => name),
    {},
  );
  const { adjust } = method === "dunnett" ? DUNNETT : DUNNETT_STEP_DOWN;
  const confidence = checkedConfidence(alternative, 1 - alpha);
  return adjust({ arms: family, tests, confidence }).map(({ pValue }) => pValue);
}

/** Over the planned treatments, as their alpha was shared out before the first look. */
function watchedPValues<T extends TestedMetric>(
  { multiplicity, plan }: AnalysisTerms,
  macros: readonly T[],
): (readonly [T, number])[] {
  return macros.flatMap((metric) => {
    const pValue = metric.sequential?.pValue ?? null;
    return pValue === null
      ? []
      : [[metric, watchedPValue(multiplicity.treatments, pValue, plan!.treatments.length)] as const];
  });
}

function watchedPValue(method: TreatmentsAdjustment, pValue: number, treatments: number): number {
  if (method === "none") return pValue;
  return method === "sidak" ? -expm1(treatments * log1p(-pValue)) : Math.min(1, treatments * pValue);
}

/** The metrics that have a p-value, each with its adjusted one. */
function familyOf<T extends TestedMetric>(
  metrics: readonly T[],
  adjust: (tests: readonly ArmsTest[], places: readonly number[]) => readonly number[],
): (readonly [T, number])[] {
  const places = metrics.flatMap(({ comparison }, i) =>
    comparison === null || comparison.pValue === null ? [] : [i],
  );
  const adjusted = adjust(
    places.map((i) => metrics[i]!.comparison!),
    places,
  );
  return places.map((place, i) => [metrics[place]!, adjusted[i]!]);
}

function pValueOf({ pValue }: ArmsTest): number {
  return pValue!;
}
