import type { ArmsTest } from "../inference/arm-family.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { compareSummaries } from "./compare-summaries.ts";
import type { DecisionReason } from "./decision-reason.ts";
import { percent, pFigure } from "./figures.ts";
import { futilityReason, stoppedEarly } from "./look-reasons.ts";
import type { PosteriorRule } from "./posterior-rule.ts";
import type { MetricReadout } from "./read-metrics.ts";
import type { SequentialEffect, SequentialReadout } from "./sequential-readout.ts";

/** What the macro metric, by the rule of the plan, says of one treatment. */
export interface MacroReading {
  readonly action: "ship" | "stop" | "cannot-tell";
  readonly reasons: readonly DecisionReason[];
}

/** The part of a proxy-assisted decision that the rule reads. */
export interface AssistedPosterior {
  /** Posterior probability that the macro metric rose. */
  readonly probabilityPositive: number;
}

/** Reads the macro metric by the pre-registered rule: with the proxy where that may decide, by its own posterior or test. */
export function readMacro(
  terms: AnalysisTerms,
  metrics: readonly MetricReadout[],
  assisted: AssistedPosterior | null,
): MacroReading {
  const { rule } = terms;
  if (rule.kind === "proxy-assisted" && assisted !== null) return readAssisted(rule.threshold, assisted);
  const macro = metrics.find((metric) => metric.role === "macro")!;
  return rule.kind === "macro-posterior" ? readPosterior(rule, macro) : readMacroTest(terms, macro);
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

function readPosterior(
  { threshold, thresholdOfCaring }: PosteriorRule,
  { name, improvesWhen, chance }: MetricReadout,
): MacroReading {
  if (chance === null) return undetermined(name);
  const { probabilityToBeat, probabilityToLose, expectedLoss } = chance;
  const [probability, loss] =
    improvesWhen === "increase"
      ? [probabilityToBeat, expectedLoss.treatment]
      : [probabilityToLose, expectedLoss.control];
  const shown = `"${name}" improved with a probability of ${share(probability)}, and shipping is expected to lose ${loss.toPrecision(2)} per unit`;
  if (probability < 1 - threshold) {
    return reading("stop", "POSTERIOR_RULE_FAILS", `${shown}: it probably worsened.`);
  }
  if (!(probability > threshold)) {
    const message = `${shown}; the pre-registered rule asks for a probability above ${threshold}.`;
    return reading("cannot-tell", "POSTERIOR_RULE_OPEN", message);
  }
  if (loss > thresholdOfCaring) {
    const message = `${shown}, more than the ${thresholdOfCaring} of the pre-registered rule.`;
    return reading("cannot-tell", "POSTERIOR_RULE_OPEN", message);
  }
  const cared = thresholdOfCaring === Infinity ? "" : ` and at most ${thresholdOfCaring}`;
  const message = `${shown}: above the pre-registered ${threshold}${cared}.`;
  return reading("ship", "POSTERIOR_RULE_PASSES", message);
}

/** A probability in three digits after the point, and never rounded to certainty. */
function share(probability: number): string {
  if (probability > 0.9995) return "more than 0.999";
  return probability < 0.0005 ? "less than 0.001" : probability.toFixed(3);
}

function readMacroTest(terms: AnalysisTerms, macro: MetricReadout): MacroReading {
  if (macro.sequential !== null) return readWatched(terms, macro, macro.sequential);
  const { comparison, adjustedPValue } = macro;
  const difference = comparison?.difference.estimate ?? null;
  if (comparison === null || adjustedPValue === null || difference === null) {
    return undetermined(macro.name);
  }
  const shown = pFigure(adjustedPValue);
  return adjustedPValue < terms.alpha && difference !== 0
    ? moved(macro, difference, shown)
    : unmoved(terms, macro, liftAtEnds(comparison, terms), shown);
}

/** A one-sided interval has no end on the other side, which the interval at 1 − 2 alpha has; alpha is at each end of it. */
function liftAtEnds(comparison: ArmsTest, { alpha, alternative }: AnalysisTerms): SequentialEffect {
  if (alternative === "two-sided" || !(alpha < 0.5)) return comparison.lift;
  const { control, treatment } = comparison;
  return compareSummaries({ control, treatment }, { confidenceLevel: 1 - 2 * alpha }).lift;
}

function readWatched(
  terms: AnalysisTerms,
  macro: MetricReadout,
  sequential: SequentialReadout,
): MacroReading {
  const { decision, stoppedAt, looks, lift } = sequential;
  const p = macro.adjustedPValue;
  const shown = p === null ? "at its boundary" : `${pFigure(p)} over all looks`;
  const early = stoppedEarly(sequential);
  if (decision === "futility")
    return { action: "stop", reasons: [futilityReason(terms, macro, sequential), ...early] };
  // What was seen after a boundary was passed does not turn the finding.
  const { action, reasons } =
    decision === "reject"
      ? moved(macro, looks[stoppedAt! - 1]!.z!, shown)
      : unmoved(terms, macro, lift, shown);
  return { action, reasons: [...reasons, ...early] };
}

/** @param effect - in the direction of the change, on any scale */
function moved({ name, improvesWhen }: MetricReadout, effect: number, shown: string): MacroReading {
  return (improvesWhen === "decrease" ? effect < 0 : effect > 0)
    ? reading("ship", "MACRO_IMPROVED", `"${name}" improved (${shown}).`)
    : reading("stop", "MACRO_WORSENED", `"${name}" worsened (${shown}).`);
}

function unmoved(
  terms: AnalysisTerms,
  { name, improvesWhen }: MetricReadout,
  lift: SequentialEffect,
  shown: string,
): MacroReading {
  const planned = terms.planned?.macroSize.lift ?? null;
  const side = improvesWhen === "increase" ? 1 : -1;
  if (planned !== null && isRuledOut(planned, side, lift)) {
    return reading(
      "stop",
      "PLANNED_LIFT_RULED_OUT",
      `"${name}" shows no significant effect (${shown}), and the planned lift of ${percent(planned)} is ruled out.`,
    );
  }
  // A two-sided test would have called it worse.
  if (terms.alternative !== "two-sided" && isRuledOut(0, side, lift)) {
    const message = `"${name}" shows no gain (${shown}): even the better end of its interval is none.`;
    return reading("stop", "GAIN_RULED_OUT", message);
  }
  return reading(
    "cannot-tell",
    "MACRO_INCONCLUSIVE",
    `"${name}" shows no significant effect (${shown}); a gain and a loss are both still possible.`,
  );
}

function reading(action: MacroReading["action"], code: string, message: string): MacroReading {
  return { action, reasons: [{ code, message }] };
}

function undetermined(name: string): MacroReading {
  return reading(
    "cannot-tell",
    "MACRO_UNDETERMINED",
    `"${name}" cannot be compared: there is too little data, or no variance in it.`,
  );
}

/** Whether the interval of the lift lies wholly short of another one, towards the better. */
function isRuledOut(lift: number, side: 1 | -1, { interval, status }: SequentialEffect): boolean {
  if (status === "undetermined" || interval.excluded !== null) return false;
  return side === 1 ? interval.upper < lift : interval.lower > lift;
}
