import type { Estimate } from "../core/estimate.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { percent, pFigure } from "./figures.ts";
import type { MetricReadout } from "./read-metrics.ts";

/** What the macro metric, by the rule of the plan, says of one treatment. */
export interface MacroReading {
  readonly action: "ship" | "stop" | "cannot-tell";
  readonly reason: { readonly code: string; readonly message: string };
}

/** The part of a proxy-assisted decision that the rule reads. */
export interface AssistedPosterior {
  /** Posterior probability that the macro metric rose. */
  readonly probabilityPositive: number;
}

/** Reads the macro metric by the pre-registered rule: with the proxy where that may decide, by its own test otherwise. */
export function readMacro(
  terms: AnalysisTerms,
  metrics: readonly MetricReadout[],
  assisted: AssistedPosterior | null,
): MacroReading {
  const { rule } = terms;
  if (rule.kind === "proxy-assisted" && assisted !== null) return readAssisted(rule.threshold, assisted);
  return readMacroTest(terms, metrics);
}

function readAssisted(threshold: number, { probabilityPositive }: AssistedPosterior): MacroReading {
  const shown = `Sales and proxy together give a probability of ${probabilityPositive.toFixed(3)} that sales rose`;
  if (probabilityPositive > threshold) {
    return reading("ship", "ASSISTED_RULE_PASSES", `${shown}, above the pre-registered ${threshold}.`);
  }
  if (probabilityPositive < 1 - threshold)
    return reading("stop", "ASSISTED_RULE_FAILS", `${shown}: they probably fell.`);
  return reading(
    "cannot-tell",
    "ASSISTED_RULE_OPEN",
    `${shown}; the pre-registered rule asks for ${threshold}.`,
  );
}

function readMacroTest(terms: AnalysisTerms, metrics: readonly MetricReadout[]): MacroReading {
  const macro = metrics.find((metric) => metric.role === "macro")!;
  const name = `"${macro.name}"`;
  const { comparison, adjustedPValue } = macro;
  const difference = comparison?.difference.estimate ?? null;
  if (comparison === null || adjustedPValue === null || difference === null) {
    return reading(
      "cannot-tell",
      "MACRO_UNDETERMINED",
      `${name} cannot be compared: there is too little data, or no variance in it.`,
    );
  }
  const p = pFigure(adjustedPValue);
  const gain = macro.improvesWhen === "decrease" ? -difference : difference;
  if (adjustedPValue < terms.alpha && gain > 0)
    return reading("ship", "MACRO_IMPROVED", `${name} improved (${p}).`);
  if (adjustedPValue < terms.alpha && gain < 0)
    return reading("stop", "MACRO_WORSENED", `${name} worsened (${p}).`);

  const planned = terms.planned?.metrics.find((metric) => metric.role === "macro")?.lift ?? null;
  if (planned !== null && isRuledOut(planned, comparison.lift)) {
    return reading(
      "stop",
      "PLANNED_LIFT_RULED_OUT",
      `${name} shows no significant effect (${p}), and the planned lift of ${percent(planned)} is ruled out.`,
    );
  }
  return reading(
    "cannot-tell",
    "MACRO_INCONCLUSIVE",
    `${name} shows no significant effect (${p}); a gain and a loss are both still possible.`,
  );
}

function reading(action: MacroReading["action"], code: string, message: string): MacroReading {
  return { action, reason: { code, message } };
}

/** Whether the interval of the lift lies wholly short of the lift that was planned for. */
function isRuledOut(planned: number, { interval, status }: Estimate): boolean {
  if (status === "undetermined" || interval.excluded !== null) return false;
  return planned > 0 ? interval.upper < planned : interval.lower > planned;
}
