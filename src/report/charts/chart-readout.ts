import type { MetricRole } from "../../core/metric-role.ts";
import type { ExperimentReadout, TreatmentReadout } from "../../experiment/analyze-experiment.ts";
import type { MetricReadout } from "../../experiment/read-metrics.ts";
import { headline, VERDICTS } from "../describe-readout.ts";
import { percent } from "../figures.ts";
import { quoted } from "../labels.ts";
import { findingOf } from "../metric-finding.ts";
import { ROLES } from "../roles.ts";
import { effectAxis } from "./effect-axis.ts";
import { firstRows, forest, type ForestLine, type ForestRow } from "./forest.ts";
import { sampleRatioForest } from "./sample-ratio-forest.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** So many verdicts fit a title. */
const MOST_VERDICTS = 3;
const ORDER: readonly MetricRole[] = ["macro", "guardrail", "proxy", "secondary"];

/** The decision on each treatment above the effects that it rests on; behind a broken split only the split is shown. */
export function chartReadout(readout: ExperimentReadout): VegaLiteSpec {
  const { treatments, alpha } = readout;
  const readable = treatments.filter(({ decision }) => decision.action !== "blocked");
  if (readable.length === 0) return sampleRatioOf(readout);
  const axis = effectAxis("lift", false);
  const isOneOfSeveral = treatments.length > 1;
  const [lines, leftOut] = firstRows(readable.flatMap((treatment) => linesOf(treatment, isOneOfSeveral)));
  const isOver = readable.every(({ decision }) => decision.action !== "keep-running");
  const guardrail = treatments[0]!.metrics.find((metric) => metric.guardrail !== null)?.guardrail;
  const margins =
    guardrail === null || guardrail === undefined
      ? ""
      : ` Guardrails have ${percent(guardrail.confidenceLevel)} intervals; shaded: harm that they do not tolerate.`;
  return forest(
    {
      finding: findingIn(treatments),
      detail: `${isOver ? "" : "Nothing is final yet. "}Lift of each metric against ${quoted(readout.control.name)}, with ${percent(1 - alpha)} intervals.${margins}${leftOut}`,
    },
    lines,
    axis,
  );
}

/** The decision with its effect, or all decisions. */
function findingIn(treatments: readonly TreatmentReadout[]): string {
  if (treatments.length === 1) return headline(treatments[0]!);
  const verdicts = treatments.slice(0, MOST_VERDICTS).map((treatment) => verdictOf(treatment));
  const left = treatments.length - verdicts.length;
  return `${verdicts.join(" ")}${left === 0 ? "" : ` And ${left} more.`}`;
}

function verdictOf({ name, decision }: TreatmentReadout): string {
  return `${quoted(name)}: ${VERDICTS[decision.action]}.`;
}

function linesOf(treatment: TreatmentReadout, isOneOfSeveral: boolean): ForestLine[] {
  const rows = ORDER.flatMap((role) =>
    treatment.metrics.filter((metric) => metric.role === role).map((metric) => rowOf(metric)),
  );
  return isOneOfSeveral ? [{ heading: verdictOf(treatment) }, ...rows] : rows;
}

function rowOf(metric: MetricReadout): ForestRow {
  const { name, role, improvesWhen, guardrail, comparison } = metric;
  const direction = improvesWhen === "decrease" ? ", less is better" : "";
  const row = { name, note: ` (${ROLES[role]}${direction})` };
  if (comparison === null || guardrail === null) {
    return { ...row, effect: findingOf(metric)?.lift ?? null };
  }
  // The interval that its verdict rests on, so that picture and verdict agree.
  const { worstCase, bestCase, margin } = guardrail;
  const isLessBetter = improvesWhen === "decrease";
  const [lower, upper] = isLessBetter ? [bestCase, worstCase] : [-worstCase, -bestCase];
  return {
    ...row,
    effect: { estimate: comparison.lift.estimate, interval: { lower, upper, excluded: null } },
    shaded: [isLessBetter ? { from: margin, to: Infinity } : { from: -Infinity, to: -margin }],
  };
}

/** The split that stops every reading. */
function sampleRatioOf({ treatments, control, sampleRatio }: ExperimentReadout): VegaLiteSpec {
  return sampleRatioForest(
    findingIn(treatments),
    [control, ...treatments].map(({ name, n }, i) => ({
      name,
      observed: n,
      expected: sampleRatio.expectedCounts[i]!,
    })),
    sampleRatio.threshold,
  );
}
