import { assessProxy, type ProxyAssessment } from "../proxy/assess-proxy.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { jointCountsOf } from "./arm-results.ts";
import type { ArmData } from "./experiment-data.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import { metricEffects } from "./metric-effects.ts";

/** The verdict on one proxy in one treatment. */
export interface ProxyReadout {
  readonly name: string;
  /** Null where the data do not let one judge it; `reason` says why. */
  readonly assessment: ProxyAssessment | null;
  readonly reason: string | null;
  /** Whether its effect covariance was learned from past experiments. */
  readonly isLearned: boolean;
}

/** Judges every proxy of a document on one treatment. */
export function judgeProxies(terms: AnalysisTerms, arm: ArmData): ProxyReadout[] {
  return terms.metrics.filter((metric) => metric.role === "proxy").map((metric) => judge(metric, terms, arm));
}
