import type { SegmentAnalysis, SegmentEffect } from "../experiment/segment-analysis.ts";
import { answers, type Block, details, lead, picture, table, title } from "./block.ts";
import { closing, lookedFor } from "./closing.ts";
import { effectSentence } from "./effect-text.ts";
import {
  change,
  effectFigure,
  frequency,
  LIFT_ENDS,
  percent,
  pFigure,
  pValue,
  REAL_ENDS,
  span,
  units,
} from "./figures.ts";
import { quoted } from "./labels.ts";

/** Effects of segments: whether they differ, and what remains of each beside the others. */
export function describeSegments(result: SegmentAnalysis): Block[] {
  return [
    title(`Effects by ${quoted(result.segmentation)}`),
    ...segmentBlocks(result),
    details([
      ["Coverage of intervals", percent(result.confidenceLevel)],
      ["The tests look for", lookedFor(result.alternative)],
      ["Adjustment over the segments", result.adjustment],
      ["Planned before the data", result.planned ? "yes" : "no"],
      ["Effects are compared as", result.scale],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/**
 * The same as a part of a larger report, which has its own end.
 *
 * @param isSettled - whether the report holds the metric to have moved over all: if not, nothing here says so
 */
export function segmentBlocks(result: SegmentAnalysis, isSettled = true): Block[] {
  return [
    lead(segmentFinding(result)),
    ...(isSettled ? [picture(result)] : []),
    answers([
      ["Do the effects differ", difference(result)],
      ["Signs", signs(result)],
      ["All segments together", isSettled ? pooled(result) : null],
      ["Another such segment", prediction(result)],
    ]),
    table(
      ["Segment", "Units", "Lift", "Its interval", "Adjusted p", "Weighed"],
      result.segments.map((segment) => segmentRow(segment, result)),
    ),
  ];
}

/** The finding in a sentence or two. */
export function segmentFinding(result: SegmentAnalysis): string {
  const { finding, segments, heterogeneity } = result;
  if (heterogeneity === null) return "Whether the effect differs between segments cannot be told.";
  switch (finding.effectsDiffer) {
    case "yes":
      return `The effect differs between ${among(result)}.${bestSentence(segments, result)}`;
    case "no":
      return "The effect is about the same in all segments.";
    case "cannot-tell":
      return `No difference between segments is seen, and a relevant one is not ruled out.${bestSentence(segments, result)}`;
  }
}

/** Of two segments each stands out from the other. */
function among({ segments, finding: { standOut } }: SegmentAnalysis): string {
  const weighed = segments.filter(({ shrunken }) => shrunken !== null).map(({ name }) => quoted(name));
  if (weighed.length === 2) return `${weighed[0]!} and ${weighed[1]!}`;
  if (standOut.length === 0) return "segments, though no single one stands out";
  const names = standOut.map((name) => quoted(name)).join(", ");
  return `segments: ${names} ${standOut.length === 1 ? "stands" : "stand"} out`;
}

/** The best segment was chosen for its estimate, which is therefore exaggerated. */
function bestSentence(segments: readonly SegmentEffect[], result: SegmentAnalysis): string {
  const best = segments.find(({ name }) => name === result.finding.best);
  if (best === undefined || best.effect === null || best.shrunken === null) return "";
  const shown = shownEffect(result);
  return ` The best, ${quoted(best.name)}, shows ${shown(best.effect.estimate)}; weighed against the others ${shown(best.shrunken.estimate)} remain.`;
}

function shownEffect({ scale, crude }: SegmentAnalysis): (effect: number) => string {
  return effectFigure(scale, crude?.kind === "proportion-comparison");
}

function difference({ heterogeneity }: SegmentAnalysis): string | null {
  if (heterogeneity === null) return null;
  const { pValue: p, logPValue, iSquared } = heterogeneity.cochran;
  return `If all segments had one effect, they would differ this much by chance ${frequency(p)} (${pValue(p, logPValue)}); ${percent(iSquared)} of their variation is beyond chance.`;
}

function signs({ heterogeneity }: SegmentAnalysis): string | null {
  if (heterogeneity === null) return null;
  const { pValue: p, logPValue, statistic } = heterogeneity.crossover;
  return statistic > 0
    ? `If no segment gained where another loses, signs this far apart would come by chance ${frequency(p)} (${pValue(p, logPValue)}).`
    : "All segments point the same way.";
}

/** Both arms with the segments in one mix. */
function pooled({ pooled: whole }: SegmentAnalysis): string | null {
  return whole === null ? null : `Lift ${effectSentence(whole.lift, change, LIFT_ENDS)}`;
}

function prediction(result: SegmentAnalysis): string | null {
  if (result.heterogeneity === null) return null;
  return `An effect of ${span(result.heterogeneity.prediction, shownEffect(result), REAL_ENDS)}.`;
}

function segmentRow(segment: SegmentEffect, result: SegmentAnalysis): string[] {
  const { name, controlN, treatmentN, comparison, adjustedPValue, adjustedLogPValue, shrunken } = segment;
  const all = units(controlN + treatmentN);
  if (comparison === null) return [name, all, "too few", "-", "-", "-"];
  const { estimate, interval } = comparison.lift;
  return [
    name,
    all,
    estimate === null ? "unknown" : estimate === Infinity ? "infinite" : change(estimate),
    span(interval, change, LIFT_ENDS),
    adjustedPValue === null ? "none" : pFigure(adjustedPValue, adjustedLogPValue!),
    shrunken === null ? "left out" : shownEffect(result)(shrunken.estimate),
  ];
}
