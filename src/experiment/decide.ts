import type { SampleRatioCheck } from "../inference/sample-ratio-mismatch.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { maturedN } from "./arm-results.ts";
import type { DecisionReason } from "./decision-reason.ts";
import type { ArmData } from "./experiment-data.ts";
import { percent, pFigure, units } from "./figures.ts";
import { boundaryNotReached } from "./look-reasons.ts";
import type { MetricDefinition } from "./metric-definition.ts";
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
  if (open === null) return verdict(terms, evidence);
  return { ...open, reasons: [...open.reasons, ...harmSoFar(terms, evidence)] };
}

/** Guardrails do not end a test before its time, but harm that shows is told at once. */
function harmSoFar(terms: AnalysisTerms, evidence: Evidence): DecisionReason[] {
  return finalGuardrails(terms, evidence)
    .filter(({ guardrail }) => guardrail?.outcome === "violated")
    .map(({ name, guardrail }) => ({
      code: "GUARDRAIL_VIOLATED_SO_FAR",
      message: `So far guardrail "${name}" has worsened by more than the tolerated ${percent(guardrail!.margin)}: look into it now, and end the test if the harm is real.`,
    }));
}

/** Guardrails of which some units are final. */
function finalGuardrails({ index }: AnalysisTerms, evidence: Evidence): MetricReadout[] {
  return evidence.metrics.filter(
    ({ role, name }) => role === "guardrail" && windowOpen(index.byName.get(name)!, evidence) === null,
  );
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
  const until = dayOf(terms.plannedN(control), macro, terms, evidence);
  const short = arms.find((arm) => arm.n < (terms.plannedN(arm) ?? 0));
  if (short !== undefined) {
    const message = `"${short.name}" has ${units(short.n)} of the ${units(terms.plannedN(short)!)} planned units. A test that stops when it looks good finds effects that are not there.`;
    return settled("keep-running", "planned-n", [{ code: "PLANNED_N_NOT_REACHED", message }], until);
  }
  const metric = waitedFor(terms, evidence);
  const young = arms.find((arm) => maturedN(arm, metric) < (terms.plannedN(arm) ?? 1));
  if (young === undefined) return tooYoung(metric, terms, evidence);
  const final = `"${metric.name}" is final for ${units(maturedN(young, metric))}`;
  const of = terms.plannedN(young) === null ? "" : ` of the ${units(terms.plannedN(young)!)} planned`;
  return settled(
    "keep-running",
    "maturity",
    [{ code: NOT_MATURE, message: `${final}${of} units of "${young.name}".` }],
    dayOf(terms.plannedN(control), metric, terms, evidence),
  );
}

const NOT_MATURE = "MACRO_NOT_MATURE";

/** What has to be final before anything is decided: under the assisted rule the proxy stands in for the macro metric. */
function waitedFor({ rule, macro, index }: AnalysisTerms, { assisted }: Evidence): MetricDefinition {
  return rule.kind === "proxy-assisted" && assisted !== null ? index.byName.get(rule.proxy)! : macro;
}

/** The decision to go on while no unit can have matured; null afterwards. */
function tooYoung(metric: MetricDefinition, terms: AnalysisTerms, evidence: Evidence): Decision | null {
  const message = windowOpen(metric, evidence);
  if (message === null) return null;
  return settled(
    "keep-running",
    "maturity",
    [{ code: NOT_MATURE, message }],
    windowDay(metric, terms, evidence),
  );
}

/** While a window is open: the day on which the planned units will be final, or the first one where no traffic tells. */
function windowDay(metric: MetricDefinition, terms: AnalysisTerms, evidence: Evidence): number {
  return dayOf(terms.plannedN(terms.control), metric, terms, evidence) ?? Math.ceil(metric.attributionDays!);
}

/** Says so while not even the first unit can be final; null afterwards. */
function windowOpen({ name, attributionDays = 0 }: MetricDefinition, { days }: Evidence): string | null {
  if (days === null || days >= attributionDays) return null;
  return `Day ${days} is inside the ${attributionDays} days that "${name}" needs to be final.`;
}

/** The decision to go on, while a watched test is between its boundaries; null once it has ended. */
function undecided(terms: AnalysisTerms, evidence: Evidence): Decision | null {
  const { control, macro } = terms;
  const metric = evidence.metrics.find(({ role }) => role === "macro")!;
  const { sequential } = metric;
  const next = sequential?.nextLook?.control ?? terms.plannedN(control);
  const until = dayOf(next, macro, terms, evidence);
  const young = tooYoung(macro, terms, evidence);
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

/** The day on which so many units of control will have matured, at the observed or the planned traffic. */
function dayOf(
  planned: number | null,
  { attributionDays = 0 }: MetricDefinition,
  terms: AnalysisTerms,
  { days }: Evidence,
): number | null {
  const observed = days !== null && days > 0 ? terms.control.n / days : 0;
  const unitsPerDay = observed > 0 ? observed : (terms.planned?.duration?.unitsPerDay ?? 0);
  if (!(unitsPerDay > 0) || planned === null) return null;
  const day = planned / unitsPerDay + attributionDays;
  if (!Number.isFinite(day)) return null;
  // One arm may have its units before the other: to go on until a day that is over says nothing.
  return Math.max(Math.ceil(day), Math.floor(days ?? 0) + 1);
}

function verdict(terms: AnalysisTerms, evidence: Evidence): Decision {
  const macro = readMacro(terms, evidence.metrics, evidence.assisted);
  const guardrails = evidence.metrics.filter((metric) => metric.role === "guardrail");
  const final = finalGuardrails(terms, evidence);
  const violated = final.filter((metric) => metric.guardrail?.outcome === "violated");
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
  const young = guardrails
    .filter((metric) => !final.includes(metric))
    .map(({ name }) => terms.index.byName.get(name)!);
  if (macro.action === "ship" && young.length > 0) {
    const days = young.map((metric) => windowDay(metric, terms, evidence));
    const reasons = young.map((metric) => ({
      code: "GUARDRAIL_NOT_MATURE",
      message: windowOpen(metric, evidence)!,
    }));
    return settled("keep-running", "guardrails", [...macro.reasons, ...reasons], Math.max(...days));
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
