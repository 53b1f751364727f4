import type { MetricReadout } from "../experiment/read-metrics.ts";
import { type Block, table } from "./block.ts";
import { chanceBlocks } from "./chance-blocks.ts";
import { amount, percent, pFigure } from "./figures.ts";
import { liftCells } from "./lift-cells.ts";
import { findingOf } from "./metric-finding.ts";
import { ROLES } from "./roles.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** The tables of one treatment's metrics: all of them, the guardrails, and the chances of a higher value. */
export function metricBlocks(metrics: readonly MetricReadout[]): Block[] {
  return [
    table(["Metric", "Control", "Treatment", "Lift", "Interval", "p"], metrics.map(metricRow)),
    ...guardrailBlocks(metrics),
    ...chanceBlocks(metrics),
  ];
}

/** What either arm showed. */
export function metricValues(
  comparison: NonNullable<MetricReadout["comparison"]>,
): [control: string, treatment: string] {
  switch (comparison.kind) {
    case "proportion-comparison":
      return [percent(comparison.control.rate), percent(comparison.treatment.rate)];
    case "mean-comparison":
      return [amount(comparison.control.mean), amount(comparison.treatment.mean)];
    case "ratio-comparison":
      return [shownRatio(comparison.control.ratio), shownRatio(comparison.treatment.ratio)];
    case "count-comparison":
      return [amount(comparison.control.rate), amount(comparison.treatment.rate)];
  }
}

/** A ratio without denominators is none. */
function shownRatio(ratio: number | null): string {
  return ratio === null ? "unknown" : amount(ratio);
}

function metricRow(metric: MetricReadout): string[] {
  const { name, role, comparison, adjustedPValue } = metric;
  const label = `${name} (${ROLES[role]})`;
  if (comparison === null) return [label, "too few", "too few", "-", "-", "-"];
  const { lift, pValue: p, logPValue } = findingOf(metric)!;
  // Holm's and Benjamini–Hochberg's p is the one that decides, and only where it differs the logarithm is lost.
  const shown =
    adjustedPValue !== null && adjustedPValue !== p ? [adjustedPValue, ln(adjustedPValue)] : [p, logPValue];
  return [
    label,
    ...metricValues(comparison),
    ...liftCells(lift),
    shown[0] === null ? "unknown" : pFigure(shown[0]!, shown[1]!),
  ];
}

const OUTCOMES = { holds: "not harmed", violated: "harmed", open: "harm not ruled out" } as const;

function guardrailBlocks(metrics: readonly MetricReadout[]): Block[] {
  const rows = metrics.flatMap(({ name, guardrail, improvesWhen }) =>
    guardrail === null
      ? []
      : [
          [
            name,
            percent(guardrail.margin),
            worst(guardrail.worstCase, improvesWhen),
            OUTCOMES[guardrail.outcome],
          ],
        ],
  );
  return rows.length === 0 ? [] : [table(["Guardrail", "Tolerated harm", "At worst", "Verdict"], rows)];
}

/** Of a metric that should fall, harm is a rise. */
function worst(harm: number, improvesWhen: MetricReadout["improvesWhen"]): string {
  const [worse, better] = improvesWhen === "increase" ? ["loss", "gain"] : ["rise", "fall"];
  if (harm === Infinity) return `any ${worse}`;
  return harm > 0 ? `a ${worse} of ${percent(harm)}` : `a ${better} of ${percent(-harm)}`;
}
