import type { SampleRatioCheck } from "../inference/sample-ratio-mismatch.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { maturedN } from "./arm-results.ts";
import type { DecisionReason } from "./decision-reason.ts";
import type { ArmData } from "./experiment-data.ts";
import { percent, pFigure, units } from "./figures.ts";
import { boundaryNotReached } from "./look-reasons.ts";
import { readMacro, type AssistedPosterior } from "./read-macro.ts";
import type { MetricReadout } from "./read-metrics.ts";

/** What to do with a treatment. */
export type DecisionAction = "blocked" | "keep-running" | "ship" | "stop" | "cannot-tell";

/**
 * The steps of a decision, in their order; it stops at the first one that settles it. A test that is watched has looks in
 * the place of the planned n.
 */
export type DecisionStep = "sample-ratio" | "planned-n" | "maturity" | "looks" | "macro" | "guardrails";

/** One treatment's decision: what, at which step it was reached, and why. */
export interface Decision {
  readonly action: DecisionAction;
  readonly step: DecisionStep;
  /** Day of the test on which the planned units, or those of the next look, will have matured; null where no traffic tells. */
  readonly untilDay: number | null;
  readonly reasons: readonly DecisionReason[];
}

/** What a decision is made from. */
export interface Evidence {
  readonly arm: ArmData;
  readonly metrics: readonly MetricReadout[];
  readonly sampleRatio: SampleRatioCheck;
  /** Days since the first unit entered, where the document says. */
  readonly days: number | null;
  /** The posterior of the pre-registered proxy-assisted rule; null under the macro rule, and where it may not decide. */
  readonly assisted: AssistedPosterior | null;
}

/**
 * Decides on one treatment, in a fixed order: the sample ratio, the planned n, the maturity of the macro metric (or, in a
 * test that is watched, its boundaries), the macro metric itself (or the pre-registered rule on macro and proxy together),
 * and every guardrail.
 */
export function decide(terms: AnalysisTerms, evidence: Evidence): Decision {
  const { sampleRatio } = evidence;
  if (sampleRatio.mismatch) {
    const message = `The arms' sizes do not fit the planned split (${pFigure(sampleRatio.pValue)}): assignment or logging is broken, and no effect can be trusted.`;
    return settled("blocked", "sample-ratio", [{ code: "SAMPLE_RATIO_MISMATCH", message }]);
  }
  const open = terms.watch === null ? unfinished(terms, evidence) : undecided(terms, evidence);
  return open ?? verdict(terms, evidence);
}

function settled(
  action: DecisionAction,
  step: DecisionStep,
  reasons: readonly DecisionReason[],
  untilDay: number | null = null,
): Decision {
  return { action, step, untilDay, reasons };
}

/** The decision to go on, while planned units are missing or have not matured; null once they have. */
function unfinished(terms: AnalysisTerms, evidence: Evidence): Decision | null {
  const { control, macro } = terms;
  const arms = [control, evidence.arm];
  const until = lastDay(terms, evidence);
  const short = arms.find((arm) => arm.n < (terms.plannedN(arm) ?? 0));
  if (short !== undefined) {
    const message = `"${short.name}" has ${units(short.n)} of the ${units(terms.plannedN(short)!)} planned units. A test that stops when it looks good finds effects that are not there.`;
    return settled("keep-running", "planned-n", [{ code: "PLANNED_N_NOT_REACHED", message }], until);
  }
  // Under the assisted rule the proxy stands in for sales that have not matured yet.
  if (evidence.assisted !== null) return null;
  const young = arms.find((arm) => maturedN(arm, macro) < (terms.plannedN(arm) ?? 1));
  if (young === undefined) return tooYoung(terms, evidence, until);
  const message = `"${macro.name}" is final for ${units(maturedN(young, macro))} of the ${units(terms.plannedN(young) ?? 1)} planned units of "${young.name}".`;
  return settled("keep-running", "maturity", [{ code: "MACRO_NOT_MATURE", message }], until);
}

/** The decision to go on while no unit can have matured; null afterwards. */
function tooYoung({ macro }: AnalysisTerms, { days }: Evidence, until: number | null): Decision | null {
  const { name, attributionDays = 0 } = macro;
  if (days === null || days >= attributionDays) return null;
  const message = `Day ${days} is inside the ${attributionDays} days that "${name}" needs to be final.`;
  return settled("keep-running", "maturity", [{ code: "MACRO_NOT_MATURE", message }], until);
}

/** The decision to go on, while a watched test is between its boundaries; null once it has ended. */
function undecided(terms: AnalysisTerms, evidence: Evidence): Decision | null {
  const { control, macro } = terms;
  const metric = evidence.metrics.find(({ role }) => role === "macro")!;
  const { sequential } = metric;
  const next = sequential?.nextLook?.control ?? terms.plannedN(control);
  const until = dayOf(next, terms, evidence);
  const young = tooYoung(terms, evidence, until);
  if (young !== null) return young;
  if (sequential === null) {
    if ([control, evidence.arm].every((arm) => maturedN(arm, macro) >= (terms.plannedN(arm) ?? 1)))
      return null;
    const message = `"${macro.name}" is final for too few units to be looked at.`;
    return settled("keep-running", "looks", [{ code: "NOTHING_TO_LOOK_AT", message }], until);
  }
  if (sequential.decision !== "continue") return null;
  return settled("keep-running", "looks", [boundaryNotReached(terms, metric, sequential)], until);
}

/** The day on which the last planned unit will have matured, at the planned or the observed traffic. */
function lastDay(terms: AnalysisTerms, evidence: Evidence): number | null {
  return dayOf(terms.plannedN(terms.control), terms, evidence);
}

/** The day on which so many units of control will have matured. */
function dayOf(planned: number | null, terms: AnalysisTerms, { days }: Evidence): number | null {
  const observed = days !== null && days > 0 ? terms.control.n / days : 0;
  const unitsPerDay = observed > 0 ? observed : (terms.planned?.duration?.unitsPerDay ?? 0);
  if (!(unitsPerDay > 0) || planned === null) return null;
  const day = planned / unitsPerDay + (terms.macro.attributionDays ?? 0);
  if (!Number.isFinite(day)) return null;
  // One arm may have its units before the other: to go on until a day that is over says nothing.
  return Math.max(Math.ceil(day), Math.floor(days ?? 0) + 1);
}

function verdict(terms: AnalysisTerms, evidence: Evidence): Decision {
  const macro = readMacro(terms, evidence.metrics, evidence.assisted);
  const guardrails = evidence.metrics.filter((metric) => metric.role === "guardrail");
  const violated = guardrails.filter((metric) => metric.guardrail?.outcome === "violated");
  const open = guardrails.filter(
    (metric) => metric.guardrail?.outcome !== "holds" && !violated.includes(metric),
  );
  if (violated.length > 0) {
    return settled("stop", "guardrails", [
      ...macro.reasons,
      ...violated.map((metric) => ({
        code: "GUARDRAIL_VIOLATED",
        message: `Guardrail "${metric.name}" worsened by more than the tolerated ${percent(metric.guardrail!.margin)}.`,
      })),
    ]);
  }
  if (macro.action === "ship" && open.length > 0) {
    return settled("cannot-tell", "guardrails", [
      ...macro.reasons,
      ...open.map((metric) => ({
        code: "GUARDRAIL_OPEN",
        message: `Guardrail "${metric.name}" may have worsened by ${worst(metric)}, and ${percent(metric.guardrail?.margin ?? 0)} is tolerated: harm is not ruled out.`,
      })),
    ]);
  }
  if (macro.action === "ship" && guardrails.length > 0) {
    return settled("ship", "guardrails", [
      ...macro.reasons,
      {
        code: "GUARDRAILS_HOLD",
        message: `${guardrails.length === 1 ? "The guardrail holds" : `All ${guardrails.length} guardrails hold`}.`,
      },
    ]);
  }
  return settled(macro.action, "macro", macro.reasons);
}

function worst(metric: MetricReadout): string {
  const reading = metric.guardrail;
  return reading === null || reading.worstCase === Infinity
    ? "any amount"
    : `up to ${percent(reading.worstCase)}`;
}
