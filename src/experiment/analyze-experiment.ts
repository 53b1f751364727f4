import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { sampleRatioMismatch, type SampleRatioCheck } from "../inference/sample-ratio-mismatch.ts";
import { analysisTerms, type AnalysisTerms } from "./analysis-terms.ts";
import type { DataQualityReadout } from "./data-quality.ts";
import { dataQualityCautions } from "./data-quality-cautions.ts";
import { decide, type Decision } from "./decide.ts";
import { departures } from "./departures.ts";
import type { ExperimentData } from "./experiment-data.ts";
import { experimentDataSchema } from "./experiment-data-schema.ts";
import { judgeProxies, type ProxyReadout } from "./judge-proxies.ts";
import { sharingSentence } from "./multiplicity-policy.ts";
import { readDataQuality } from "./read-data-quality.ts";
import { readoutCautions } from "./readout-cautions.ts";
import { parseDocument } from "./parse-document.ts";
import { posteriorRuleAssumptions } from "./posterior-rule.ts";
import { type FunnelReadout, readFunnels } from "./read-funnels.ts";
import { readSegmentations, type SegmentationReadout } from "./read-segmentations.ts";
import { readSeries, type SeriesReadout } from "./read-series.ts";
import { readMetrics, type MetricReadout } from "./read-metrics.ts";

export type { ProxyReadout } from "./judge-proxies.ts";

/** Everything read of one treatment against control. */
export interface TreatmentReadout {
  readonly name: string;
  readonly n: number;
  readonly decision: Decision;
  readonly metrics: readonly MetricReadout[];
  readonly proxies: readonly ProxyReadout[];
  /** One for each way of previous steps to a last one. */
  readonly funnels: readonly FunnelReadout[];
  /** One for each segmentation of the document. */
  readonly segmentations: readonly SegmentationReadout[];
  /** One for each daily series of the document. */
  readonly dailySeries: readonly SeriesReadout[];
}

/** A test read out: one decision for each treatment, and what it rests on. */
export interface ExperimentReadout extends Result<"experiment-readout"> {
  readonly name: string;
  /** Fingerprint of the plan it was run under; null where there was none. */
  readonly fingerprint: string | null;
  /** How the analysis differs from the plan. */
  readonly departures: readonly Warning[];
  readonly control: { readonly name: string; readonly n: number };
  readonly alpha: number;
  /** Planned units of the control arm; null where nobody planned. */
  readonly plannedN: number | null;
  /** Days since the first unit entered; null where the document does not say. */
  readonly days: number | null;
  readonly sampleRatio: SampleRatioCheck;
  readonly treatments: readonly TreatmentReadout[];
  /** What was counted of the rows behind the document; null where it does not say. */
  readonly dataQuality: readonly DataQualityReadout[] | null;
}

/**
 * Reads a test and decides on each treatment, in a fixed order: the sample ratio, the planned n, the maturity of the
 * macro metric, the macro metric itself (Holm's method across treatments unless the plan says) or the pre-registered rule
 * on macro and proxy together, and the non-inferiority of every guardrail.
 *
 * Under a plan with `monitoring` the macro metric is held against its boundaries in place of the planned n, at this look
 * and at those in `earlierLooks`, on units whose outcome is final: by `analyzeGroupSequential`, or by
 * `alwaysValidPValue`, at alpha over the number of planned treatments. Then its figures are in `sequential`; `comparison`
 * is what a test read once would say. Guardrails and all other metrics are read as if this were the only look.
 *
 * H0 for the macro metric of each treatment: it equals control. H1: it differs (or is greater, or less, as declared).
 *
 * @param document - an `ExperimentData`, as an object or as it came from JSON
 * @returns one decision a treatment (`blocked`, `keep-running`, `ship`, `stop`, `cannot-tell`) with the step that
 *   settled it, every metric's comparison, and the verdict on each proxy
 * @throws {DomainError} naming every field of the document that is wrong
 * @example
 * ```ts
 * import { analyzeExperiment } from "microlift";
 * const readout = analyzeExperiment({
 *   name: "Men's e-mail",
 *   control: "none",
 *   plannedN: 20000,
 *   metrics: [{ name: "conversion", role: "macro", kind: "proportion" }],
 *   arms: [
 *     { name: "none", n: 21306, results: [{ metric: "conversion", conversions: 122 }] },
 *     { name: "e-mail", n: 21307, results: [{ metric: "conversion", conversions: 267 }] },
 *   ],
 * });
 * readout.treatments[0].decision.action; // "ship"
 * ```
 */
export function analyzeExperiment(document: ExperimentData): ExperimentReadout {
  const data = parseDocument("data", experimentDataSchema, document);
  const terms = analysisTerms(data);
  const days = data.days ?? null;
  const sampleRatio = sampleRatioMismatch({
    observed: data.arms.map((arm) => arm.n),
    expected: data.arms.map(terms.share),
  });
  const metrics = readMetrics(terms);
  const dataQuality = readDataQuality(data, terms.index);
  const treatments = terms.treatments.map((arm, i): TreatmentReadout => {
    const proxies = judgeProxies(terms, arm);
    const assisted = assistedPosterior(terms, proxies);
    return {
      name: arm.name,
      n: arm.n,
      decision: decide(terms, { arm, metrics: metrics[i]!, sampleRatio, days, assisted }),
      metrics: metrics[i]!,
      proxies,
      funnels: readFunnels(terms, arm),
      segmentations: readSegmentations(data.segmentations ?? [], terms, arm),
      dailySeries: readSeries(data.dailySeries ?? [], terms, arm),
    };
  });
  return {
    kind: "experiment-readout",
    method: methodOf(terms),
    name: data.name,
    fingerprint: terms.fingerprint,
    departures: departures(data, terms),
    control: { name: terms.control.name, n: terms.control.n },
    alpha: terms.alpha,
    plannedN: terms.plannedN(terms.control),
    days,
    sampleRatio,
    treatments,
    dataQuality,
    warnings: [...dataQualityCautions(dataQuality ?? []), ...readoutCautions(data, terms)],
    assumptions: assumptions(terms),
  };
}

function methodOf({ watch, rule }: AnalysisTerms): string {
  if (watch !== null) return watch.design === null ? "always-valid" : "group-sequential";
  return rule.kind === "macro" ? "fixed-horizon" : `fixed-horizon, ${rule.kind}`;
}

function assumptions({
  watch,
  macro,
  metrics,
  treatments,
  multiplicity,
  rule,
  planned,
}: AnalysisTerms): string[] {
  const sharing = sharingSentence(multiplicity, treatments.length);
  if (watch === null) {
    return [
      "The test is read once, at the planned number of units; looking at it several times and stopping when it looks good makes false alarms frequent.",
      ...(rule.kind === "macro-posterior"
        ? posteriorRuleAssumptions(rule, planned!, treatments.length)
        : sharing),
    ];
  }
  const others = metrics.length > 1 ? " All other metrics are read as if this were the only look." : "";
  return [
    `The test may be looked at several times and stop early: the p-value and the intervals of "${macro.name}" allow for that.${others}`,
    ...(metrics.some(({ role }) => role === "guardrail")
      ? ["Guardrails decide at the look that ends the test, and at no other."]
      : []),
    ...sharing,
  ];
}

/** The posterior that the plan's rule decides on; null where its covariance was assumed and not learned. */
function assistedPosterior(
  { rule }: AnalysisTerms,
  proxies: readonly ProxyReadout[],
): { readonly probabilityPositive: number } | null {
  if (rule.kind !== "proxy-assisted") return null;
  const proxy = proxies.find((candidate) => candidate.name === rule.proxy);
  return proxy?.isLearned === true ? (proxy.assessment?.assisted?.posterior ?? null) : null;
}
