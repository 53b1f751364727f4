import { DomainError } from "../core/domain-error.ts";
import { assessProxy, type ProxyAssessment } from "../proxy/assess-proxy.ts";
import { observedSpeedup, type ObservedSpeedup } from "../proxy/observed-speedup.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { jointCountsOf, proportionOf } from "./arm-results.ts";
import type { ArmData } from "./experiment-data.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import { isNested } from "./metric-index.ts";
import { hasLearnedEffects } from "./metric-effects.ts";

/** The verdict on one proxy in one treatment. */
export interface ProxyReadout {
  readonly name: string;
  /** Null where it cannot be judged; `reason` says why. */
  readonly assessment: ProxyAssessment | null;
  /** How much sooner it showed the change, with what one would have to believe of it; also without an assessment. */
  readonly observed: ObservedSpeedup | null;
  readonly reason: string | null;
  /** Whether its effect covariance was learned from past experiments, and is given with its posterior. */
  readonly isLearned: boolean;
}

/** Judges every proxy of a document on one treatment. */
export function judgeProxies(terms: AnalysisTerms, arm: ArmData): ProxyReadout[] {
  return terms.metrics.filter((metric) => metric.role === "proxy").map((metric) => judge(metric, terms, arm));
}

function judge(proxy: MetricDefinition, terms: AnalysisTerms, arm: ArmData): ProxyReadout {
  const { macro, alpha, rule } = terms;
  const unjudged = (reason: string, observed: ObservedSpeedup | null = null): ProxyReadout => {
    return { name: proxy.name, assessment: null, observed, reason, isLearned: false };
  };
  if (macro.kind !== "proportion") {
    return unjudged(
      `"${macro.name}" is a ${macro.kind}: a micro conversion can be judged as a proxy for a conversion only.`,
    );
  }
  if (macro.improvesWhen === "decrease" || proxy.improvesWhen === "decrease") {
    return unjudged(
      `A proxy is judged only where more of "${proxy.name}" and more of "${macro.name}" are better.`,
    );
  }
  const isFunnel = isNested(proxy, terms.index);
  const control = jointCountsOf(terms.control, proxy, macro, isFunnel);
  const treatment = jointCountsOf(arm, proxy, macro, isFunnel);
  if (control === null || treatment === null) {
    const [step, sale] = [proportionOf(terms.control, proxy), proportionOf(terms.control, macro)];
    if (isFunnel && step.n !== sale.n) {
      return unjudged(
        `"${proxy.name}" and "${macro.name}" are counted on different numbers of units: give jointCounts of every arm, on the units of which both are final.`,
      );
    }
    return unjudged(
      `How many units did both "${proxy.name}" and "${macro.name}" is not known: give jointCounts of every arm, or say that the proxy is nested.`,
    );
  }
  const effects = terms.effects.get(proxy.name)!;
  const counts = { control, treatment };
  try {
    if (effects === null) {
      const reason = `Nothing is known or assumed of how effects on "${proxy.name}" and "${macro.name}" go together: give the proxy effects, learned from past tests or believed.`;
      return unjudged(reason, observedSpeedup({ ...counts, confidenceLevel: 1 - alpha }));
    }
    const planned = terms.plannedN(terms.control);
    const assessment = assessProxy({
      ...counts,
      micro: { control: proportionOf(terms.control, proxy), treatment: proportionOf(arm, proxy) },
      effects,
      alpha,
      ...(rule.kind === "proxy-assisted" && rule.proxy === proxy.name
        ? { shipThreshold: rule.threshold }
        : {}),
      ...(planned === null || planned === Infinity ? {} : { plannedN: planned }),
    });

    return {
      name: proxy.name,
      assessment,
      observed: assessment.detection.observed,
      reason: null,
      isLearned: hasLearnedEffects(proxy),
    };
  } catch (error) {
    // The document is sound, so this is about what its counts can tell: a metric that nobody or everybody did.
    if (error instanceof DomainError) return unjudged(`The counts do not allow it: ${error.message}.`);
    throw error;
  }
}
